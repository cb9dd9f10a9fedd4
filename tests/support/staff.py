"""How a member of staff signs in, for tests: accounts, codes of the app, and each step."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from vtc_site.sign_in import second_factor

EMAIL, PASSWORD, NEW_PASSWORD = "ana@vtc.example", "one-time-password-1", "five quiet words by sea"
KEY = "3132333435363738393031323334353637383930"


def staff(email=EMAIL, *roles, password=PASSWORD, **changes):
    """Return an active member of staff with `roles`."""
    user = get_user_model().objects.create_user(email, email, password, is_staff=True, **changes)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def with_app(user, key=KEY):
    """Give `user` an authenticator app and return their recovery codes."""
    TOTPDevice.objects.create(user=user, key=key, name="App")
    return second_factor.new_recovery_codes(user)


def code(key=KEY, *, steps=0):
    """Return what the app shows now, or `steps` times 30 seconds later."""
    clock = TOTP(bytes.fromhex(key))
    clock.time += 30 * steps
    return f"{clock.token():06d}"


def give_password(client, email=EMAIL, password=PASSWORD, *, to="", **extra):
    return client.post("/admin/login/", {"username": email, "password": password, "next": to}, **extra)


def give_code(client, typed):
    return client.post("/admin/login/", {"code": typed})


def is_signed_in(client):
    return client.get("/admin/").status_code == 200
