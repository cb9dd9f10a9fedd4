"""Browsers that staff signed in with before, known by a signed cookie that only the admin ever gets.

Guessing from everywhere makes an account slow to open for strangers, never for its owner's own browser; and a
browser that is not known yet is reported to the person. Used by throttling.py and views.py.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

LASTS_SECONDS = 365 * 24 * 3600
MAX_ACCOUNTS = 5  # colleagues who share a browser
SALT = "vtc_site.device"


def id_for(request, name):
    """Return the device's id when the account `name` signed in with it before, else an empty text."""
    known = _read(request)
    is_known = any(constant_time_compare(mark, _mark(name)) for mark in known["accounts"])
    return known["id"] if is_known else ""


def remember(request, response, user):
    """Let `response` tell the browser that this account signed in with it."""
    known, mark = _read(request), _mark(user.get_username())
    accounts = [each for each in known["accounts"] if each != mark][-MAX_ACCOUNTS + 1 :]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"id": known["id"], "accounts": [*accounts, mark]}, salt=SALT),
        max_age=LASTS_SECONDS,
        path=reverse("admin:index"),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _read(request):
    try:
        coded = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        return signing.loads(coded, salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return {"id": secrets.token_hex(8), "accounts": []}


def _mark(name):
    """Return what stands for an account in the cookie, which tells nobody its name."""
    return salted_hmac(SALT, name.lower()).hexdigest()[:24]
