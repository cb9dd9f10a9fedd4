"""A new password by email, without telling a stranger who works here. Used by views.py.

The answer is the same, and takes as long, whether the account exists or not: see background_mail.py.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from vtc_site.models import SignInState
from vtc_site.sign_in import background_mail, emails, second_factor

PAUSE = timedelta(minutes=5)  # between two mails to the same person: nobody's mailbox is flooded


def ask(email):
    """Have a link sent to `email` if a member of staff signs in with it. Returns at once, in every case."""
    background_mail.put(send_link, email)


def send_link(email):
    """Send the link, at most once in PAUSE, and nothing else: mailboxes are read on the bus.

    A mailbox alone must not open messages: until two-factor sign-in is set up, only an owner can help.
    """
    users = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    user = users.filter(username__iexact=email.strip()).first()
    if user is None or not _is_first_in_pause(user):
        return
    if may_use_links(user):
        emails.mail("password_link", user.email, link=link(user)).send()
    else:
        emails.mail("not_set_up", user.email).send()


def may_use_links(user):
    """Whether something besides the mailbox guards the account."""
    return not settings.STAFF_SECOND_FACTOR or second_factor.of(user) is not None


def _is_first_in_pause(user):
    SignInState.objects.get_or_create(user=user)
    now = timezone.now()
    is_over = Q(reset_mailed_at=None) | Q(reset_mailed_at__lt=now - PAUSE) | Q(reset_mailed_at__gt=now)
    return bool(SignInState.objects.filter(is_over, user=user).update(reset_mailed_at=now))


def link(user):
    """Return the link: its secret stands behind the question mark, which no access log of ours has."""
    secret = f"{urlsafe_base64_encode(str(user.pk).encode())}.{default_token_generator.make_token(user)}"
    return f"{settings.SITE_URL}{reverse('admin:new_password')}?link={secret}"


def user_of(secret):
    """Return whom the secret of a link belongs to, or None when it is wrong, old or used."""
    coded, _, token = (secret or "").partition(".")
    try:
        pk = int(urlsafe_base64_decode(coded))
    except (ValueError, OverflowError):
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    is_right = user and default_token_generator.check_token(user, token) and may_use_links(user)
    return user if is_right else None
