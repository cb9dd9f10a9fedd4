"""Starts what is measured, on loopback: our site, a bare Django view, nginx with the same page as a file."""

import gzip
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATH = "/withdrawal/"  # the longest page but one, with the chart
NGINX = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; types {{ text/html html; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/www; index index.html; gzip_static on; }} }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """An installation of its own in `folder`, with the starting pages; servers stop with it.

    With `is_collected=False` it has pages only, no static files: it is there ten seconds earlier.
    """

    def __init__(self, folder, *, database_url=None, is_collected=True):
        self.is_collected = is_collected
        self.folder, self.port = Path(folder), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "BENCH_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": database_url or f"sqlite:///{folder}/db.sqlite3",
            "SECRET_KEY": "only-to-measure-" + "x" * 50,
            "FIELD_ENCRYPTION_KEYS": "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdDA=",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "DEFAULT_FROM_EMAIL": "website@vtc.example",
            "ENV_FILE": os.devnull,
            "DEBUG": "False",
            "BENCH_STATIC": "hashed" if is_collected else "plain",
        }
        self._servers = ExitStack()

    def __enter__(self):
        self.manage("migrate")
        self.manage("load_starter_pages")
        if self.is_collected:
            self.manage("collectstatic", "--noinput")
        return self

    def __exit__(self, *error):
        self._servers.close()

    def manage(self, *command):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, check=True, **quiet
        )

    def serve(self, application="vtc_site.wsgi:application", *, port=None, workers=1):
        """Start granian as `make serve` does; return its process and the seconds until its first answer."""
        options = ["--interface", "wsgi", "--http", "1", "--no-ws", "--blocking-threads", "16"]
        options += ["--workers", str(workers)]
        port = port or self.port
        command = [
            sys.executable,
            "-m",
            "granian",
            *options,
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            application,
        ]
        return self._start(command, port)

    def serve_with_gunicorn(self, application, port):
        options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "16", "--log-level", "error"]
        return self._start([sys.executable, "-m", "gunicorn", *options, application], port)

    def serve_file(self, html, port):
        """Start nginx with `html` as a static file, compressed beforehand as ours is; None without nginx."""
        nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if not nginx:
            return None
        www = self.folder / "www" / PATH.strip("/")
        www.mkdir(parents=True, exist_ok=True)
        (www / "index.html").write_bytes(html)
        (www / "index.html.gz").write_bytes(gzip.compress(html, 9))
        config = self.folder / "nginx.conf"
        config.write_text(NGINX.format(folder=self.folder, port=port))
        self.folder.chmod(0o755)  # nginx reads as another user
        return self._start([nginx, "-c", str(config)], port)

    def _start(self, command, port):
        begun = time.monotonic()
        with (self.folder / "server.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self._servers.callback(stop, process)
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - begun > 60:
                raise RuntimeError((self.folder / "server.log").read_text()[-2000:])
            time.sleep(0.01)
        return process, time.monotonic() - begun


def stop(process):
    """End `process`; one that does not want to is killed with its children, and waited for all the same."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        for each in family(process):
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(each, signal.SIGKILL)
        process.wait()


def _answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", PATH)
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def fetch(url, **headers):
    """Return status, headers and body of a GET, not decoded."""
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def memory(process):
    """Return the number of `process` and its children, and the megabytes that each holds for itself (PSS)."""
    return [(pid, _pss(pid)) for pid in family(process)]


def family(process):
    """Return the numbers of `process` and of all its children."""
    return [process.pid, *_children(process.pid)]


def _children(pid):
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has just ended
        return []
    return children + [grandchild for child in children for grandchild in _children(child)]


def _pss(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
