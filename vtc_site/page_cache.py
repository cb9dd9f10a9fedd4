"""Finished pages in memory, in front of Django: vtc_site/wsgi.py wraps the application in a `PageCache`.

Django says itself what may be kept: an answer 200 with `Cache-Control: public` and no cookie. It is made
once, through the whole of Django, from a request that holds nothing of the visitor's, and given to everybody
while content/caching/public_state.py says that nothing public changed. When the database is down, the last
good copy answers.
"""

import logging
import os
import threading
import time
from collections import OrderedDict
from functools import cache
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import close_old_connections
from django.urls import reverse
from django.utils import translation

from content.caching import public_state, site_facts
from content.visitors import fallback_page, search
from intake.failures import named
from vtc_site.cached_response import FinishedAnswer

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024 * 1024  # about 900 pages in three encodings; beyond it the one made longest ago goes
MOST_WARMED = 300  # pages made again before anybody asks, after a start and after a change
MOST_ADDRESSES = 100
PAUSE_SECONDS = 1  # between two looks at the database
OUTAGE_SECONDS = 12  # how long a failure is believed; longer than a look that fails (10 s) and a pause
OTHERS = ("/admin/", "/preview/", "/healthz", "/static/")  # never from here, whatever they say
FILES = ("/robots.txt", "/sitemap.xml", "/site.webmanifest")
FINAL = ("404", "410", "5")  # an answer like this is the same for the visitor's own request


class PageCache:
    """The WSGI application `application` with its public pages answered from memory."""

    def __init__(self, application, *, most_bytes=MOST_BYTES):
        self._application, self._most_bytes = application, most_bytes
        self._pages = OrderedDict()  # path -> (generation, FinishedAnswer)
        self._bytes = 0
        self._lock = threading.Lock()  # of the two above
        self._makers = [threading.Lock() for _ in range(64)]  # of many that miss a page at once, one makes it
        self._addresses = set(_own_addresses())
        self._outage_ends = 0.0  # monotonic seconds
        self._process = None

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if not _may_be_kept(environ, path):
            return self._application(environ, start_response)
        if _address(environ) not in self._addresses and not self._is_accepted(environ):
            return self._application(environ, start_response)
        kept = self._pages.get(path)
        if kept and (self._is_fresh(kept) or time.monotonic() < self._outage_ends):
            return kept[1].answer(environ, start_response)
        return self._make_and_answer(path, environ, start_response)

    @staticmethod
    def _is_fresh(kept):
        state = public_state.known()
        return state is not None and kept[0] == state.generation and state.holds()

    def _make_and_answer(self, path, environ, start_response):
        close_old_connections()  # a connection that broke while memory answered is not an outage
        status, headers, body = self._make(path)
        kept = self._pages.get(path)
        if kept and (status is None or status.startswith("5")):
            return kept[1].answer(environ, start_response)
        if status and status.startswith(FINAL) and not environ.get("QUERY_STRING"):
            start_response(status, headers)
            return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
        return self._application(environ, start_response)

    # --- Making pages ------------------------------------------------------------------------------------

    def _make(self, path):
        """Make and keep the page at `path`; return what Django said, three times None if it is in memory."""
        maker = self._makers[hash(path) % len(self._makers)]
        if not maker.acquire(timeout=public_state.PATIENCE_SECONDS):
            return None, None, None  # with a database that hangs, an old copy is better than waiting
        try:
            generation = self._generation()
            kept = self._pages.get(path)
            if kept and generation in (kept[0], None):
                return None, None, None
            return self._render(path, generation)
        finally:
            maker.release()

    def _generation(self):
        """Return the generation that a page made from now on belongs to; None while the database is down."""
        try:
            return public_state.state().generation
        except DatabaseFailure as error:
            self._note_outage(error)
            return None

    def _render(self, path, generation):
        status, headers, body = _ask(self._application, _plain_request(path))
        if _is_public(status, headers) and generation is not None:
            self._keep(path, generation, headers, body)
            return None, None, None
        if not status.startswith("5"):
            self._drop(path)
        elif path in self._pages:
            logger.error("A page could not be made again (%s); the last good copy is shown.", status)
        return status, headers, body

    def _keep(self, path, generation, headers, body):
        answer = FinishedAnswer(headers, body, self._pages.get(path, (None, None))[1])
        with self._lock:
            self._drop_unlocked(path)
            self._pages[path] = generation, answer
            self._bytes += answer.bytes_kept
            while self._bytes > self._most_bytes and self._pages:
                self._drop_unlocked(next(iter(self._pages)))

    def _drop(self, path):
        with self._lock:
            self._drop_unlocked(path)

    def _drop_unlocked(self, path):
        gone = self._pages.pop(path, None)
        self._bytes -= gone[1].bytes_kept if gone else 0

    # --- Other addresses ---------------------------------------------------------------------------------

    def _is_accepted(self, environ):
        """Whether Django shows public pages under the address of `environ`, and does not redirect it."""
        address = _address(environ)
        if address not in self._addresses and len(self._addresses) < MOST_ADDRESSES:
            request = _plain_request(environ["PATH_INFO"]) | _address_headers(environ)
            status, headers, _ = _ask(self._application, request)
            if _is_public(status, headers):
                self._addresses.add(address)
        return address in self._addresses

    # --- The thread beside the requests ------------------------------------------------------------------

    def start(self):
        """Start the thread that looks at the database and makes pages before anybody asks for them."""
        if self._process != os.getpid():
            self._process = os.getpid()
            threading.Thread(target=self._watch, name="page-cache", daemon=True).start()

    def _watch(self):
        generation = None
        while True:
            time.sleep(PAUSE_SECONDS)  # first, so that a new process does not keep its first visitor waiting
            close_old_connections()
            try:
                state = public_state.look()
                self._end_outage()
                if state.generation != generation:
                    self.warm()
                    generation = state.generation
            except DatabaseFailure as error:
                self._note_outage(error)
            except Exception as error:
                logger.error("The page cache could not look for changes: %s", named(error))

    def _end_outage(self):
        if self._outage_ends:
            logger.warning("The database answers again.")
        self._outage_ends = 0.0

    def _note_outage(self, error):
        if not self._outage_ends:
            logger.error("The database does not answer: %s. Pages come from memory.", named(error))
        self._outage_ends = time.monotonic() + OUTAGE_SECONDS

    def warm(self):
        """Make every page that is old or missing, so that an outage finds the newest of each."""
        paths = [topic.path for topic in site_facts.current().topics]
        for path in dict.fromkeys([*fallback_page.PATHS, *paths[:MOST_WARMED], *FILES]):
            self._make(path)
        for code, _ in settings.LANGUAGES:
            search.index(code)  # so that no visitor waits for it


@cache
def _never_kept():
    """Return how addresses begin that are never answered from here: OTHERS, the form in each language."""
    forms = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            forms.append(reverse("intake:send_message"))
    return (*OTHERS, *forms)


def _may_be_kept(environ, path):
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and (path.endswith("/") or path in FILES)
        and not path.startswith(_never_kept())
    )


def _is_public(status, headers):
    """Whether Django says that everybody gets this answer."""
    if not status.startswith("200"):
        return False
    named = {name.lower(): value.lower() for name, value in headers}
    varies = {name.strip() for name in named.get("vary", "").split(",")} - {"", "accept-encoding"}
    return "public" in named.get("cache-control", "") and "set-cookie" not in named and not varies


def _address(environ):
    """Return what decides whether Django answers or redirects: host and scheme, as the proxy tells them."""
    return environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_PROTO"), environ.get("wsgi.url_scheme")


def _address_headers(environ):
    """Return the part of `environ` that `_address` reads."""
    names = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")
    return {name: environ.get(name, "") for name in names}


def _own_addresses():
    site = urlsplit(settings.SITE_URL)
    behind_proxy = {(site.netloc, site.scheme, scheme) for scheme in ("http", "https")}
    return {(site.netloc, None, site.scheme), *behind_proxy}


def _plain_request(path):
    """Return the WSGI environment of a GET of `path` that holds nothing of a visitor's."""
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _ask(application, environ):
    """Return status, headers and body of the answer of `application`."""
    told = []
    answer = application(environ, lambda status, headers, exc_info=None: told.append((status, headers)))
    try:
        body = b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    return *told[-1], body
