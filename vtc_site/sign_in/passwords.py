"""One-time passwords: made for a new or reset account, replaced by the person at the next sign-in.

Called by the commands add_staff and reset_sign_in, by admin.py and by the sign-in views.
"""

import secrets

from django.db import transaction

from vtc_site.models import SignInState
from vtc_site.sign_in import sessions

ONE_TIME_BYTES = 12  # 96 random bits, 16 characters to type once


@transaction.atomic
def give_one_time_password(user):
    """Give `user` a one-time password, end their sessions, and return it: it is shown once."""
    password = secrets.token_urlsafe(ONE_TIME_BYTES)
    user.set_password(password)
    user.save()
    SignInState.objects.update_or_create(user=user, defaults={"is_password_one_time": True})
    sessions.end_all(user)
    return password


@transaction.atomic
def choose_password(user, password):
    """Store the password that `user` chose. Sessions that know the old one end by its changed hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    SignInState.objects.filter(user=user).update(is_password_one_time=False)


def is_one_time(user):
    """Whether `user` still has to replace a password that somebody else has seen."""
    return SignInState.objects.filter(user=user, is_password_one_time=True).exists()
