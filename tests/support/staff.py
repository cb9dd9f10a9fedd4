"""Staff for tests: an account with a role, the codes of its app, and each step of signing in."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django_otp.oath import TOTP

from content.models import Clinician
from vtc_site.models import AuthenticatorApp
from vtc_site.sign_in import second_factor

EMAIL, PASSWORD, NEW_PASSWORD = "ana@vtc.example", "one-time-password-1", "five quiet words by sea"
KEY = "3132333435363738393031323334353637383930"


def make_staff(role="Intake", email=EMAIL, *, password=PASSWORD, **fields):
    """Return an active member of staff; an empty `role` leaves them without one."""
    user = get_user_model().objects.create_user(
        email or "no-address", email, password, is_staff=True, **fields
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_clinician(user=None, name="A Clinician", credentials="LMFT", **fields):
    """Return the clinician who signs off with the account of `user`, without one with a new account."""
    user = user or make_staff("Reviewer", f"{name.replace(' ', '.').lower()}@vtc.example")
    return Clinician.objects.create(user=user, name=name, credentials=credentials, **fields)


def with_app(user, key=KEY):
    """Give `user` an authenticator app and return their recovery codes."""
    AuthenticatorApp.objects.create(user=user, key=key, name="App")
    return second_factor.new_recovery_codes(user)


def code(key=KEY, *, steps=0):
    """Return what the app shows now, or `steps` times 30 seconds later."""
    clock = TOTP(bytes.fromhex(key))
    clock.time += 30 * steps
    return f"{clock.token():06d}"


def give_password(client, email=EMAIL, password=PASSWORD, *, to="", **extra):
    return client.post("/admin/login/", {"username": email, "password": password, "next": to}, **extra)


def choose_password(client, password=NEW_PASSWORD):
    return client.post("/admin/login/password/", {"new_password1": password, "new_password2": password})


def give_code(client, typed):
    return client.post("/admin/login/", {"code": typed})


def is_signed_in(client):
    return client.get("/admin/").status_code == 200
