"""Starts nginx on loopback with the shipped configuration. Used by the tests beside it and by the drills."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.bench.site import free_port

SHIPPED = Path(__file__).resolve().parents[2] / "docs" / "deploy"
HOST = "www.example.org"
ONE_SERVER = "server 127.0.0.1:8000 max_fails=0;\n"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # speaks with a certificate that nobody signed
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE


class Proxy:
    """nginx in front of the site at `ports`, as it ships but for addresses and folders."""

    def __init__(self, folder, ports, names=HOST):
        self.folder, self.ports, self.names = Path(folder), ports, names
        self.http, self.https = free_port(), free_port()

    def __enter__(self):
        self._install()
        self.check()
        self._process = subprocess.Popen(self._command())
        while self._process.poll() is None and not self._listens():
            time.sleep(0.01)
        return self

    def __exit__(self, *error):
        self._process.terminate()
        self._process.wait(20)

    def check(self):
        """Have nginx itself look at the configuration; raise with its words when it refuses."""
        done = subprocess.run([*self._command(), "-t"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def kept(self):
        """Return the files of the page cache."""
        return [file for file in (self.folder / "kept").rglob("*") if file.is_file()]

    def errors(self):
        """Return what nginx said of the site while it could not reach it, without numbers and addresses."""
        lines = (self.folder / "virtual-treatment-center-errors.log").read_text().splitlines()
        return Counter(re.sub(r"^.*?\*\d+ |,.*", "", line) for line in lines)

    def reload(self):
        """Have nginx read its configuration again; return when the new one answers."""
        old = self._workers()
        subprocess.run([*self._command(), "-s", "reload"], check=True)
        while self._workers() & old or not self._workers():
            time.sleep(0.01)

    def _workers(self):
        pid = self._process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def ask(self, path, method="GET", *, host=HOST, port=None, body=None, **headers):
        """Return the answer to one request, read; it has status, headers and body."""
        connection = self._connection(port or self.https)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, path, body, {"Host": host, **named})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def _connection(self, port):
        if port != self.https:
            return http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        return http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=TLS)

    def _listens(self):
        try:
            return self.ask("/", host="nobody", port=self.http).status
        except http.client.RemoteDisconnected:
            return True
        except ConnectionRefusedError:
            return False

    def _command(self):
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        return [nginx, "-e", f"{self.folder}/nginx.log", "-c", f"{self.folder}/nginx.conf"]

    def _install(self):
        shutil.copytree(SHIPPED / "nginx" / "vtc", self.folder / "vtc", dirs_exist_ok=True)
        (self.folder / "vtc" / "pages").mkdir(exist_ok=True)
        for page in SHIPPED.glob("*.html"):
            shutil.copy(page, self.folder / "vtc" / "pages")
        self._make_certificate()
        for file in (self.folder / "vtc").rglob("*.conf"):
            file.write_text(self._here(file.read_text()))
        (self.folder / "nginx.conf").write_text(
            self._whole(self._here((SHIPPED / "nginx/vtc.conf").read_text()))
        )

    def _here(self, text):
        servers = "".join(f"server 127.0.0.1:{port} max_fails=0;\n" for port in self.ports)
        changes = {
            6 * ONE_SERVER: servers,
            "server_name www.example.org example.org;": f"server_name {self.names};",
            "/etc/nginx/vtc": f"{self.folder}/vtc",
            "/etc/letsencrypt/live/www.example.org": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "-errors.log alert": "-errors.log error",
            "/run/vtc-pages": f"{self.folder}/kept",
            "    listen [::]:80": "    # listen [::]:80",
            "    listen [::]:443": "    # listen [::]:443",
            "listen 80": f"listen 127.0.0.1:{self.http}",
            "listen 443": f"listen 127.0.0.1:{self.https}",
        }
        for old, new in changes.items():
            text = text.replace(old, new)
        return text

    def _whole(self, text):
        temporary = "".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in TEMPORARY)
        user = "user root;" if os.geteuid() == 0 else ""  # the folder of a test is its owner's alone
        return (
            f"daemon off; {user} pid {self.folder}/nginx.pid; events {{ worker_connections 1024; }}\n"
            f"http {{ include /etc/nginx/mime.types; {temporary}\n{text}\n}}\n"
        )

    def _make_certificate(self):
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={HOST}"]
        files = ["-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"]
        subprocess.run(["openssl", "req", "-x509", *key, *files], check=True, capture_output=True)
