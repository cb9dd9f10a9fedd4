"""A finished answer in memory: the encoding that a request gets, 304 and HEAD. See page_cache.py.

Nothing here knows Django, the database or time. RFC 9110 is the contract.
"""

import gzip
import hashlib
from functools import lru_cache

import brotli

ENCODINGS = ("br", "gzip", "")  # best first; "" is the answer as it is
LONGEST_WISH = 200  # letters of Accept-Encoding that are looked at, and remembered; browsers send about 25
REPLACED = ("content-length", "etag", "vary")
OF_A_BODY = ("content-length", "content-type", "content-encoding")


class FinishedAnswer:
    """Status 200 with `headers`, and `body` in each encoding, as small as can be (30 ms, once)."""

    def __init__(self, headers, body, earlier=None):
        self._made_of = headers, body
        if earlier and earlier._made_of == self._made_of:
            self._made_of, self._forms = earlier._made_of, earlier._forms
        else:
            # Of the body alone, so that all processes agree; a 304 carries the headers anew anyway.
            digest = hashlib.sha256(body).hexdigest()[:24]
            bodies = {"br": _brotli(body), "gzip": gzip.compress(body, 9, mtime=0), "": body}
            self._forms = {name: _Form(headers, digest, name, data) for name, data in bodies.items()}
        self.bytes_kept = sum(len(form.body) for form in self._forms.values())

    def answer(self, environ, start_response):
        """Answer the GET or HEAD request `environ`."""
        form = self._forms[best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_WISH])]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        held = asked and self._held(asked, form)
        if held:
            start_response("304 Not Modified", held.short_headers)
            return [b""]
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response("200 OK", form.headers)
            return [b""]
        start_response("200 OK", form.headers)
        return [form.body]

    def _held(self, asked, preferred):
        """Return the form that the visitor has a copy of, or None: If-None-Match compares weakly."""
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        if "*" in tags or preferred.tag in tags:
            return preferred
        return next((form for form in self._forms.values() if form.tag in tags), None)


class _Form:
    """The body in one encoding with the headers that go with it."""

    def __init__(self, headers, digest, encoding, body):
        self.body, self.tag = body, f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
        kept = [(name, value) for name, value in headers if name.lower() not in REPLACED]
        kept += [("ETag", self.tag), ("Vary", "Accept-Encoding")]
        if encoding:
            kept.append(("Content-Encoding", encoding))
        self.headers = [*kept, ("Content-Length", str(len(body)))]
        self.short_headers = [(name, value) for name, value in kept if name.lower() not in OF_A_BODY]


def _brotli(body):
    """Return `body` in the smallest of three: which window and mode fit a page best, only trying tells."""
    ways = ((15, brotli.MODE_GENERIC), (22, brotli.MODE_GENERIC), (16, brotli.MODE_FONT))
    return min((brotli.compress(body, lgwin=bits, mode=mode) for bits, mode in ways), key=len)


@lru_cache(maxsize=512)
def best_encoding(accepted):
    """Return the name in ENCODINGS that Accept-Encoding `accepted` likes best; ours among equals."""
    wishes = {}
    for part in accepted.lower().split(","):
        name, _, options = part.strip().partition(";")
        wishes[name.strip()] = _quality(options)
    anything = wishes.get("*", 0.0)
    liked = {"br": wishes.get("br", anything), "gzip": wishes.get("gzip", wishes.get("x-gzip", anything))}
    # As it is, it is always acceptable unless refused by name; but what was asked for comes first.
    liked[""] = wishes.get("identity", 0.001 if "*" not in wishes else anything)
    best = max(ENCODINGS, key=lambda name: liked[name])
    return best if liked[best] else ""


def _quality(options):
    name, _, value = options.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
