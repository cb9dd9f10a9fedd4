"""Reads what a public form sent, as it was typed: also what Django refuses, so that it can be shown again.

For views and own_message_views, instead of `request.POST`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from intake import typed_text

MAX_BYTES = 2 * 1024 * 1024  # shown again whole, so the shipped nginx passes on as much
BYTEWISE = "latin-1"  # keeps each byte, whatever it was meant to be
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
TOO_LONG, UNREADABLE, DAMAGED = 413, 415, 400
NOT_KEPT = "too long, and nothing of it could be read"
WORDS = {
    TOO_LONG: _(
        "It is too long, and nothing was stored. Below is only its start. Back may still have the rest."
    ),
    NOT_KEPT: _("It is too long, and nothing was stored. Back may still have your words."),
    UNREADABLE: _("We can’t read this format, and nothing was stored. What we could read is below."),
    DAMAGED: _("It arrived damaged, and nothing was stored. Back may still have your words."),
}


@dataclass(frozen=True)
class Posted:
    """The fields; when they are not all that was sent, `status` is what to answer and `words` say why."""

    fields: QueryDict
    status: int = 200

    @property
    def words(self):
        return WORDS.get(NOT_KEPT if self.status == TOO_LONG and not self.fields else self.status, "")


def read(request):
    """Return what `request` sent, whatever it is."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        return Posted(QueryDict(), DAMAGED)  # packed: no browser does it, and nobody asked for it
    try:
        if request.content_type == MULTIPART:
            request.encoding = BYTEWISE
            return Posted(_as_meant(request.POST)) if _has_its_end(request) else Posted(QueryDict(), DAMAGED)
        body = _body(request)
        if request.content_type != URLENCODED and body:
            return Posted(_as_message(body[:MAX_BYTES]), UNREADABLE)
        start = _start(body)
        fields = QueryDict(start, encoding=BYTEWISE)
        return Posted(_as_meant(fields), TOO_LONG if len(start) < len(body) else 200)
    except (RequestDataTooBig, TooManyFieldsSent):
        return Posted(QueryDict(), TOO_LONG)
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError, ValueError):
        # The last two: a body that ends too early, a length of “x”.
        return Posted(QueryDict(), DAMAGED)


def _has_its_end(request):
    """Whether the last boundary came: Django takes the first half of a form in parts for the whole."""
    return f"--{request.content_params.get('boundary', '')}--".encode() in request.body


def _body(request):
    """Return the body, one byte more than MAX_BYTES at the most; a server may give it in pieces."""
    parts, missing = [], MAX_BYTES + 1
    while missing and (part := request.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _start(body):
    """Return as much of `body` as the site takes: usually all of it."""
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    return b"&".join(body[:MAX_BYTES].split(b"&", most)[:most])


def _as_meant(sent):
    """Return the fields of `sent`, in which each sign is a byte: each text is read by itself."""
    fields = QueryDict(mutable=True)
    for name, texts in sent.lists():
        fields.setlist(_read(name), [_read(text) for text in texts])
    return fields


def _read(text):
    return typed_text.decoded(text.encode(BYTEWISE, "replace"))


def _as_message(body):
    fields = QueryDict(mutable=True)
    fields["message"] = fields["text"] = typed_text.decoded(body)
    return fields
