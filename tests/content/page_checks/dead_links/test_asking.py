"""Other sites are asked politely, and no address leads into our own network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from content.models import OutsideLink
from content.page_checks.dead_links import asking

pytestmark = pytest.mark.once

State = OutsideLink.State


class Site(BaseHTTPRequestHandler):
    """Answers as its path says: /404, /405-200 (HEAD, GET), /to/… redirects."""

    asked = []

    def do_HEAD(self):
        type(self).asked.append((self.command, self.path, dict(self.headers)))
        head, _, get = self.path.strip("/").partition("-")
        if head == "drip":
            return self._drip()
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
        else:
            self.send_response(int(head if self.command == "HEAD" else get or head))
        return self.end_headers()

    do_GET = do_HEAD

    def _drip(self):
        """Send a letter now and then, and never finish."""
        ended = threading.Event()
        try:
            while not ended.wait(0.05):
                self.wfile.write(b"H")
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture
def site(monkeypatch):
    """A site on loopback that counts as public; its address."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    Site.asked.clear()
    monkeypatch.setattr(asking, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setitem(asking.PORTS, "http", server.server_port)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", State.WORKS),
        ("/405-200", State.WORKS),
        ("/404-200", State.WORKS),
        ("/404", State.DEAD),
        ("/410", State.DEAD),
        ("/403", State.UNSURE),
        ("/503", State.UNSURE),
        ("/to//200", State.WORKS),
        ("/to//404", State.DEAD),
        ("/to//to//to//to//to//to//to//200", State.DEAD),
        ("/to/http://10.0.0.1/", State.DEAD),
        ("/to/file:///etc/passwd", State.DEAD),
    ],
)
def test_an_address_works_is_dead_or_nobody_knows(site, path, state):
    assert asking.ask(site + path)[0] == state


def test_the_site_says_who_asks_and_no_page_of_it(site, settings):
    asking.ask(f"{site}/405-200")
    assert [method for method, _, _ in Site.asked] == ["HEAD", "GET"]
    for _, _, headers in Site.asked:
        assert headers["User-Agent"] == f"LinkCheck/1 (+{settings.SITE_URL})"
        assert not {"Referer", "Cookie", "Origin"} & set(headers)


def test_a_site_that_never_finishes_is_left(site, monkeypatch):
    monkeypatch.setattr(asking, "MAX_SECONDS", 0.3)
    assert asking.ask(f"{site}/drip") == (State.UNSURE, "no answer")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_a_private_address_is_never_called(monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kw: [(0, 0, 0, "", (address, 80))])
    monkeypatch.setattr(socket, "create_connection", lambda *args: pytest.fail("called"))
    assert asking.ask("https://looks-public.example/") == (
        State.DEAD, "an address inside a private network",
    )  # fmt: skip


@pytest.mark.parametrize(
    "url",
    ["http://2130706433/", "http://0x7f.1/", "http://localhost/", "https://a.example:8443/",
     "https://user:word@a.example/", "ftp://a.example/", "https:///x", "https://[::1]/", "http://a..b/"],
)  # fmt: skip
def test_an_odd_address_is_not_called(monkeypatch, url):
    monkeypatch.setattr(socket, "create_connection", lambda *args: pytest.fail("called"))
    assert asking.ask(url)[0] != State.WORKS


def test_a_public_address_may_be_called():
    assert asking.is_public("1.1.1.1")
    assert asking.is_public("2606:4700:4700::1111")
