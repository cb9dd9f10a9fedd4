"""A finished answer in memory: the encoding that a request gets, 304, HEAD and Range. See page_cache.py.

Nothing here knows Django, the database or time. RFC 9110 is the contract.
"""

import gzip
import hashlib
import re
from functools import lru_cache

import brotli

ENCODINGS = ("br", "gzip", "")  # best first; "" is the answer as it is
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")  # longer numbers Python would refuse to read
LONGEST_WISH = 200  # letters of Accept-Encoding that are looked at, and remembered; browsers send about 25
REPLACED = ("content-length", "etag", "vary")
OF_A_BODY = ("content-length", "content-type", "content-encoding", "accept-ranges")


class FinishedAnswer:
    """Status 200 with `headers`, and `body` in each encoding, as small as can be (15 ms, once)."""

    def __init__(self, headers, body, earlier=None):
        self._made_of = headers, body
        if earlier and earlier._made_of == self._made_of:
            self._made_of, self._forms = earlier._made_of, earlier._forms
        else:
            # Of the body alone, so that all processes agree; a 304 carries the headers anew anyway.
            digest = hashlib.sha256(body).hexdigest()[:24]
            bodies = {"br": brotli.compress(body), "gzip": gzip.compress(body, 9, mtime=0), "": body}
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
        if "HTTP_RANGE" in environ:
            return form.answer_range(environ, start_response)
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
        kept += [("ETag", self.tag), ("Vary", "Accept-Encoding"), ("Accept-Ranges", "bytes")]
        if encoding:
            kept.append(("Content-Encoding", encoding))
        self._headers = kept
        self.headers = [*kept, ("Content-Length", str(len(body)))]
        self.short_headers = [(name, value) for name, value in kept if name.lower() not in OF_A_BODY]

    def answer_range(self, environ, start_response):
        """Answer one range of bytes; anything else that is asked for gets the whole, as RFC 9110 allows."""
        span = self._span(environ["HTTP_RANGE"])
        if span is None or environ.get("HTTP_IF_RANGE", self.tag) != self.tag:
            start_response("200 OK", self.headers)
            return [self.body]
        start, end = span
        if start >= end:
            headers = [("Content-Range", f"bytes */{len(self.body)}"), ("Content-Length", "0")]
            start_response("416 Range Not Satisfiable", self.short_headers + headers)
            return [b""]
        part = self.body[start:end]
        where = f"bytes {start}-{end - 1}/{len(self.body)}"
        start_response(
            "206 Partial Content",
            [*self._headers, ("Content-Range", where), ("Content-Length", str(len(part)))],
        )
        return [part]

    def _span(self, text):
        """Return start and end of what `text` asks for; start >= end: there is none; None: not understood."""
        match = RANGE.match(text.replace(" ", ""))
        if not match or match[0] == "bytes=-":
            return None
        size = len(self.body)
        if not match[1]:
            return max(0, size - int(match[2])), size
        if match[2] and int(match[2]) < int(match[1]):
            return None
        return int(match[1]), min(size, int(match[2]) + 1) if match[2] else size


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
