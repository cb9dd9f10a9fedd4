"""Reads what a public form sent, as it was typed: also what Django refuses, so that it can be shown again.

For views and own_message_views, instead of `request.POST`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from intake.forms import charsets

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


def read(request, names):
    """Return what `request` sent to a form whose fields have these `names`, whatever it is."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        return Posted(QueryDict(), DAMAGED)  # packed: no browser does it, and nobody asked for it
    try:
        sent = _in_parts(request) if request.content_type == MULTIPART else _in_one(request, names)
    except (RequestDataTooBig, TooManyFieldsSent):
        return Posted(QueryDict(), TOO_LONG)
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError, ValueError):
        # The last two: a body that ends too early, a length of “x”.
        return Posted(QueryDict(), DAMAGED)
    # A browser sends the texts of a form even when they are empty: what has none is no form, or lost them.
    return sent if names & sent.fields.keys() else Posted(QueryDict(), DAMAGED)


def _in_parts(request):
    charset = charsets.named(request)
    request.encoding = BYTEWISE
    if f"--{request.content_params.get('boundary', '')}--".encode() not in request.body:
        return Posted(QueryDict(), DAMAGED)  # Django takes the first half for the whole
    # What a program sends as a file is no text for Django.
    return Posted(_as_meant(request.POST, charset), UNREADABLE if request.FILES else 200)


def _in_one(request, names):
    charset = charsets.named(request)
    body = charsets.in_utf_8(_body(request), charset)
    if request.content_type == URLENCODED:
        start = _start(body)
        fields = _as_meant(QueryDict(start, encoding=BYTEWISE), charset)
        if names & fields.keys():
            return Posted(fields, TOO_LONG if len(start) < len(body) else 200)
    if not body:
        return Posted(QueryDict(), DAMAGED)
    return Posted(_as_message(body[:MAX_BYTES], charset), UNREADABLE)


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


def _as_meant(sent, charset):
    """Return the fields of `sent`, in which each sign is a byte: each text is read by itself."""
    fields = QueryDict(mutable=True)
    for name, texts in sent.lists():
        fields.setlist(_read(name, ""), [_read(text, charset) for text in texts])
    return fields


def _read(text, charset):
    return charsets.decoded(text.encode(BYTEWISE, "replace"), charset)


def _as_message(body, charset):
    fields = QueryDict(mutable=True)
    fields["message"] = fields["text"] = charsets.decoded(body, charset)
    return fields
