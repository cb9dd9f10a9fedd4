"""Slows down whoever guesses passwords, with django-axes. Used by message.py; the callables by settings.py.

Counted are pairs of account and network: guessing from one place shuts neither a colleague nor the account's
owner out. Over all networks an account has a slow ceiling a day; then only a browser that it signed in with
before, or a link by email, opens it. axes is told pseudonyms of the day, never a name or an address.
"""

import hmac
import ipaddress
import logging

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.http import HttpRequest
from django.utils import timezone

from intake import client_address, daily_counts
from vtc_site.sign_in import background_mail, devices, emails

logger = logging.getLogger(__name__)

MAX_FAILURES_A_DAY = 100  # for one account, from all networks together
COUNTED = "wrong password"


class TooManyTries(Exception):
    """This account was guessed at too often from this network or this browser."""


class AccountGuessedAt(Exception):
    """This account was guessed at too often from everywhere, and this browser is not known to it."""


def check_password(request, email, password):
    """Return the account with these, or None. Raises the two above, for an unknown one too."""
    attempt = _attempt_without_traces(request, email)
    if not attempt.device and daily_counts.number_today(COUNTED, email.lower()) >= MAX_FAILURES_A_DAY:
        logger.warning("A sign-in was refused: the account was guessed at from many networks today.")
        raise AccountGuessedAt
    user = authenticate(attempt, username=email, password=password)
    if user is None and getattr(attempt, "axes_locked_out", False):
        logger.warning("A sign-in was refused: too many wrong passwords.")
        raise TooManyTries
    if user is None and not attempt.device:
        _count_failure(email.lower())
    return user


def _count_failure(email):
    (failures,) = daily_counts.count_today(COUNTED, [email])
    if failures == MAX_FAILURES_A_DAY:
        background_mail.put(_warn, email)


def _warn(email):
    """Tell the person, if it is somebody: whoever guesses today may know more tomorrow."""
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    if user := users.filter(username__iexact=email).first():
        emails.tell(user, "guessed_at")


def _attempt_without_traces(request, email):
    """Return a request that has nothing but address and device: axes writes down what it finds in it."""
    attempt = HttpRequest()
    attempt.method = "POST"
    kept = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR")
    attempt.META = {name: request.META[name] for name in kept if name in request.META}
    attempt.device = devices.id_for(request, email)
    return attempt


def address_pseudonym(request):
    """Return an IPv6 address made from a keyed hash: the column of axes takes nothing but an address.

    It stands for a network. A browser that is known counts by itself: strangers in its network, or behind the
    same proxy, do not shut it out.
    """
    place = getattr(request, "device", "") or client_address.network(client_address.client_address(request))
    return str(ipaddress.IPv6Address(_digest("address", place)[:16]))


def account_pseudonym(request, credentials):
    """Return a keyed hash of what was typed as email: people type their password there by mistake."""
    return _digest("account", (credentials or {}).get("username") or "").hex()


def _digest(purpose, text):
    message = f"{purpose} {timezone.localdate()} {text.lower()}"
    return hmac.digest(settings.SECRET_KEY.encode(), message.encode(), "sha256")
