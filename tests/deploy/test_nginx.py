"""The shipped nginx configuration, run for real: what it refuses, what it keeps, and what it never keeps."""

import http.client
import re
import subprocess
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tests.deploy.proxy import HOST, SHIPPED, Proxy
from tests.drills.application_dead import WITHDRAW
from tests.drills.slow_clients import run_python

pytestmark = pytest.mark.once
HEADERS = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
MOST_ADDRESSES = 60
SIGN_IN = """
from django.contrib.auth.models import User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from vtc_site.models import AuthenticatorApp
user = User.objects.create_superuser("owner", "owner@vtc.example")
client = Client()
client.force_login(user)
session = client.session
session[DEVICE_ID_SESSION_KEY] = AuthenticatorApp.objects.create(user=user, confirmed=True).persistent_id
session.save()
print(session.session_key)
"""
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def alone(tmp_path):
    """nginx with no application behind it."""
    with Proxy(tmp_path, [1, 1]) as proxy:
        yield proxy


def assert_own_page(answer, status, words):
    assert (answer.status, answer.headers["Cache-Control"]) == (status, "no-store")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [name for name in HEADERS if name not in answer.headers] == []
    assert answer.headers["Server"] == "nginx"
    text = answer.body.decode()
    assert words in text
    assert 'href="tel:911"' in text and 'href="tel:988"' in text


def test_every_snippet_for_a_cdn_or_a_balancer_is_accepted(tmp_path):
    proxy = Proxy(tmp_path, [1, 1])
    proxy._install()
    snippets = list((tmp_path / "vtc" / "real-ip").iterdir())
    assert len(snippets) == 3
    for snippet in snippets:
        (tmp_path / "vtc" / "local" / "real-ip.conf").write_text(snippet.read_text())
        proxy.check()


def test_the_listen_lines_for_a_balancer_survive_an_upgrade(tmp_path):
    """install.sh puts vtc.conf there anew at each run, and changes it again."""
    [edit] = re.findall(r"sed -i '(s/.*listen.*)' /etc/nginx", (SHIPPED / "install.sh").read_text())
    proxy = Proxy(tmp_path, [1])
    proxy._install()
    file = tmp_path / "nginx.conf"
    changed = subprocess.run(["sed", edit, file], check=True, capture_output=True, text=True).stdout
    assert changed.count(" proxy_protocol;") == changed.count("    listen ") == 4
    file.write_text(changed)
    proxy.check()


def test_an_unknown_name_gets_no_answer_but_health(behind):
    for port in (behind.proxy.http, behind.proxy.https):
        for path in ("/", "/admin/", "/healthzx", "/healthz/x"):
            with pytest.raises(http.client.RemoteDisconnected):
                behind.proxy.ask(path, host="203.0.113.7", port=port)
        for path in ("/healthz/", "/healthz?serve"):
            answer = behind.proxy.ask(path, host="203.0.113.7", port=port)
            assert answer.body in (b"ok\n", b"failing\n")  # of the application


def test_what_nginx_refuses_is_told_in_our_words(alone):
    assert_own_page(alone.ask("/", TE="x" * 9000), 431, "did not go through")
    assert_own_page(alone.ask("/" + "x" * 9000), 414, "did not go through")
    assert_own_page(alone.ask("/", "POST", body=b"x", Content_Length="9999999"), 413, "did not go through")
    assert_own_page(alone.ask("/", **{"Content-Length": "none"}), 400, "did not go through")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/contact/", 413, "did not go through"),
        ("/es/contacto/", 413, "Eso no se pudo enviar"),
        ("/admin/", 503, "These numbers never do"),  # it may be as large there
    ],
)
def test_what_is_too_long_over_http_2_is_told_in_our_words_too(alone, path, status, words):
    """Browsers speak it, and nginx then measures once more what it has refused."""
    command = [
        "curl",
        "--silent",
        "--insecure",
        "--http2",
        "--header",
        f"Host: {HOST}",
        "--data-binary",
        "@-",
    ]
    url = f"https://127.0.0.1:{alone.https}{path}"
    told = subprocess.run(
        [*command, "--write-out", "%{http_version} %{http_code}", url],
        input="x" * 3_000_000,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.endswith(f"2 {status}") and words in told and 'href="tel:988"' in told


def test_a_dead_application_is_told_in_our_words(alone):
    for path in ("/", "/contact/", "/admin/"):
        answer = alone.ask(path)
        assert_own_page(answer, 503, "These numbers never do")
        assert answer.headers["Retry-After"] == "60"


def test_its_own_pages_speak_the_language_of_the_address(alone):
    assert_own_page(alone.ask("/es/sobredosis/"), 503, "Estos números, nunca")
    sent = alone.ask("/es/contacto/", "POST", body=b"x", Content_Length="9999999")
    assert_own_page(sent, 413, "Eso no se pudo enviar")


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/forgotten-password/", "/admin/new-password/"])
def test_who_signs_in_too_often_is_slowed_down_and_may_still_read(alone, path):
    statuses = [alone.ask(path, "POST", body=b"x=1", **FORM).status for _ in range(20)]
    assert statuses[:6] == [503] * 6
    assert_own_page(alone.ask(path, "POST", body=b"x=1", **FORM), 429, "did not go through")
    assert alone.ask(path).status == 503
    assert alone.ask("/contact/", "POST", body=b"x=1", **FORM).status == 503


def test_networks_are_counted_apart_and_one_line_of_ipv6_as_one(alone):
    def send(address):
        sent = alone.ask("/admin/forgotten-password/", "POST", body=b"x=1", X_Forwarded_For=address, **FORM)
        return sent.status

    trusted = alone.folder / "vtc" / "local" / "real-ip.conf"
    trusted.write_text("real_ip_header X-Forwarded-For; set_real_ip_from 127.0.0.1;")
    alone.reload()
    while send("2001:db8:0:1::1") != 429:
        pass
    assert send("2001:db8:0:1:ffff::2") == 429
    assert send("2001:db8:0:2::1") == 503
    assert send("192.0.2.1") == 503


def test_messages_wait_their_turn_and_are_not_refused(alone):
    paths = ["/contact/", "/es/contacto/"] * 8
    statuses = [alone.ask(path, "POST", body=b"x=1", **FORM).status for path in paths]
    assert statuses == [503] * 16


def test_the_form_is_slowed_down_in_each_language():
    limited = re.search(
        r"location ~ (\S+) \{\s+limit_req zone=messages", (SHIPPED / "nginx/vtc/site.conf").read_text()
    )
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            for name in ("send_message", "message_status", "delete_message", "add_to_message"):
                path = reverse(f"intake:{name}")
                assert re.match(limited[1], path) and re.match(limited[1], path.rstrip("/")), path


def test_pages_are_there_while_the_application_is_dead(behind):
    pages = ("/", "/overdose-help/", "/robots.txt", "/static/css/site.css")
    before = {path: behind.proxy.ask(path, Accept_Encoding="gzip, br").body for path in pages}
    behind.stop_the_application()
    for path in pages:
        answer = behind.proxy.ask(path, Accept_Encoding="br;q=1.0, gzip;q=0.8")
        assert (path, answer.status, answer.body) == (path, 200, before[path])
    query = behind.proxy.ask("/?utm_source=x", Accept_Encoding="br", Cookie="_ga=of-an-old-site")
    assert (query.status, query.body) == (200, before["/"])
    assert behind.proxy.ask("/contact/").status == 503
    staff = behind.proxy.ask("/overdose-help/", Accept_Encoding="br", Cookie="__Host-session=x")
    assert (staff.status, staff.body) == (200, before["/overdose-help/"])
    for path in ("/no-such-page/", "/admin/", "/contact/", "/preview/x/"):
        assert_own_page(behind.proxy.ask(path, Cookie="__Host-session=x"), 503, "These numbers never do")
    assert_own_page(behind.proxy.ask("/", "POST", body=b"x=1", **FORM), 503, "These numbers never do")


def test_a_page_that_was_withdrawn_does_not_come_back_with_an_outage(behind):
    assert behind.proxy.ask("/faq/").status == 200
    behind.site.manage("shell", "-c", WITHDRAW)
    while behind.proxy.ask("/faq/").status == 200:
        time.sleep(0.1)  # for as long as the site said that the proxy may keep it
    behind.stop_the_application()
    assert behind.proxy.ask("/faq/").status != 200


def test_a_browser_without_compression_reads_the_page_too(behind):
    for wish in ("", "identity", "br;q=0", "gzip;q=0, br; q=0.00", "br ;q=0,identity"):
        answer = behind.proxy.ask("/", Accept_Encoding=wish)
        assert (wish, answer.status) == (wish, 200)
        assert b"</html>" in answer.body


@pytest.fixture
def half_broken(tmp_path):
    """nginx in front of two processes: one cannot load its code and says so, the other answers."""
    with (
        closing(_answering(502)) as broken,
        closing(_answering(303)) as whole,
        Proxy(tmp_path, 3 * [broken.server_port, whole.server_port]) as proxy,
    ):
        yield proxy


def _answering(status):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    server.close = lambda: (server.shutdown(), server.server_close())
    return server


def test_a_process_that_cannot_load_its_code_refuses_nobody(half_broken):
    for method, path in [("GET", "/"), ("POST", "/contact/"), ("POST", "/es/contacto/"), ("GET", "/admin/")]:
        statuses = [half_broken.ask(path, method, body=b"x=1", **FORM).status for _ in range(4)]
        assert statuses == [303] * 4, path
    seen = {half_broken.ask("/healthz/").status for _ in range(12)}
    assert seen == {502, 303}  # a monitor hears of it


def test_copies_lie_in_memory():
    """On a full disk nginx breaks off each page whose copy it cannot renew, while the site is well."""
    assert "proxy_cache_path /run/" in (SHIPPED / "nginx/vtc.conf").read_text()
    compose = (SHIPPED / "compose/compose.yaml").read_text()
    assert 'tmpfs: ["/run/vtc-pages' in compose


def test_private_answers_are_never_kept(behind):
    answers = [
        behind.proxy.ask(path, Cookie="__Host-session=x")
        for path in ("/admin/login/", "/contact/", "/contact/sent/", "/healthz/", "/preview/x/", "/")
    ]
    assert all(answer.status < 500 for answer in answers)
    assert behind.proxy.kept() == []


def test_nothing_of_a_walk_through_the_admin_is_kept(behind):
    cookie = "__Host-session=" + run_python(behind.site, SIGN_IN).split()[-1]
    waiting, seen = ["/admin/"], {}
    while waiting and len(seen) < MOST_ADDRESSES:
        path = waiting.pop(0)
        answer = behind.proxy.ask(path, Cookie=cookie)
        seen[path] = answer.status
        found = re.findall(r'href="(/admin/[^"?#]*)', answer.body.decode(errors="replace"))
        waiting += [each for each in dict.fromkeys(found) if each not in seen and each not in waiting]
    assert len(seen) > 20 and set(seen.values()) <= {200, 302, 404, 405}
    assert behind.proxy.kept() == []


def test_what_nobody_has_written_fills_nothing(behind):
    assert [behind.proxy.ask(f"/no-such-page-{number}/").status for number in range(3)] == [404] * 3
    odd = ("/?only-with-a-query", "/%61bout/", "/about/#1")
    assert [behind.proxy.ask(path).status for path in odd] == [200] * 3
    assert behind.proxy.kept() == []


def test_security_txt_names_whom_to_tell(alone):
    answer = alone.ask("/.well-known/security.txt")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert b"Contact: mailto:" in answer.body
    assert b"Expires: " in answer.body
