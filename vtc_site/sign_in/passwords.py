"""One-time passwords: made for a new or reset account, replaced by the person at the next sign-in.

Called by the commands add_staff and reset_sign_in, by admin.py and by the sign-in views.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from vtc_site.models import SignInState
from vtc_site.sign_in import sessions, typed_codes

ONE_TIME_LASTS = timedelta(hours=72)  # it was printed, mailed or read aloud


@transaction.atomic
def give_one_time_password(user):
    """Give `user` a one-time password, end their sessions, and return it: it is shown once."""
    password = typed_codes.new()
    user.set_password(password)
    user.save()
    given = {"is_password_one_time": True, "one_time_given_at": timezone.now()}
    SignInState.objects.update_or_create(user=user, defaults=given)
    sessions.end_all(user)
    return typed_codes.shown(password)


@transaction.atomic
def choose_password(user, password):
    """Store the password that `user` chose. Sessions that know the old one end by its changed hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    SignInState.objects.filter(user=user).update(is_password_one_time=False)


def is_one_time(user):
    """Whether `user` still has to replace a password that somebody else has seen."""
    return SignInState.objects.filter(user=user, is_password_one_time=True).exists()


def is_expired(user):
    """Whether the password of `user` is a one-time password that is too old to be used."""
    given_before = timezone.now() - ONE_TIME_LASTS
    states = SignInState.objects.filter(user=user, is_password_one_time=True)
    return states.filter(one_time_given_at__lt=given_before).exists()


def as_meant(name, typed):
    """Return `typed` as it was given, if it is a one-time password; an own one means every sign of it."""
    is_one_time = SignInState.objects.filter(user__username=name, is_password_one_time=True).exists()
    return typed_codes.read(typed) if is_one_time else typed
