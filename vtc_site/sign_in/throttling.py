"""Slows down whoever guesses passwords, with django-axes. Used by forms.py; the callables by settings.py.

Counted are pairs of account and network address: guessing from one place shuts neither a colleague nor
the account's owner out. axes is told pseudonyms that change every day, never a name or an address.
"""

import hmac
import ipaddress
import logging

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from intake.client_address import client_address

logger = logging.getLogger(__name__)


class TooManyTries(Exception):
    """This account was guessed at too often from this network address."""


def check_password(request, email, password):
    """Return the account with these, or None; raise TooManyTries. Takes as long for an unknown account."""
    attempt = _attempt_without_traces(request)
    user = authenticate(attempt, username=email, password=password)
    if user is None and getattr(attempt, "axes_locked_out", False):
        logger.warning("A sign-in was refused: too many wrong passwords.")
        raise TooManyTries
    return user


def _attempt_without_traces(request):
    """Return a request that has nothing but the address: axes writes down what it finds in it."""
    attempt = HttpRequest()
    attempt.method = "POST"
    kept = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR")
    attempt.META = {name: request.META[name] for name in kept if name in request.META}
    return attempt


def address_pseudonym(request):
    """Return an IPv6 address made from a keyed hash: the column of axes takes nothing but an address."""
    return str(ipaddress.IPv6Address(_digest("address", client_address(request))[:16]))


def account_pseudonym(request, credentials):
    """Return a keyed hash of what was typed as e-mail: people type their password there by mistake."""
    return _digest("account", (credentials or {}).get("username") or "").hex()


def _digest(purpose, text):
    message = f"{purpose} {timezone.localdate()} {text.lower()}"
    return hmac.digest(settings.SECRET_KEY.encode(), message.encode(), "sha256")
