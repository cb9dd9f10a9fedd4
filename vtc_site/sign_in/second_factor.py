"""The second factor: codes of an authenticator app (TOTP) and recovery codes. Used by the sign-in views.

Recovery codes are stored as hashes, so that nobody can read them after they were shown once.
"""

import base64
import hashlib
import re

import qrcode
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice

from vtc_site.models import TOLERANCE_STEPS, AuthenticatorApp
from vtc_site.sign_in import sessions, typed_codes

RECOVERY_CODES = 10


class Refused(Exception):
    """The code was not accepted; the text says why, in words for the person."""


def of(user):
    """Return the authenticator app of `user`, or None before it was set up."""
    return AuthenticatorApp.objects.devices_for_user(user, confirmed=True).first()


def from_id(persistent_id):
    """Return the device that a step of this sign-in noted, or None."""
    return Device.from_persistent_id(persistent_id) if persistent_id else None


def verify(user, code):
    """Return the device that accepts `code`; raise Refused. Every code works once, tries get slower.

    Six digits are a code of the app, anything else is a recovery code: a wrong app code must not slow down
    the recovery codes, nor the other way round.
    """
    code = typed_codes.read(code)
    is_from_app = bool(re.fullmatch(r"\d{6}", code))
    model, value = (AuthenticatorApp, code) if is_from_app else (StaticDevice, _hash(user, code))
    with transaction.atomic():  # the row is locked: two requests cannot spend the same code
        device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
        is_allowed, why = device.verify_is_allowed() if device else (True, None)
        is_right = bool(device) and is_allowed and device.verify_token(value)
    if not is_allowed:
        raise Refused(_wait_text(why["locked_until"]))
    if not is_right:
        raise Refused("This code is wrong or was already used. Wait for the next one and enter it.")
    return device


def _wait_text(until):
    seconds = max(1, round((until - timezone.now()).total_seconds()))
    wait = f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"
    return f"Too many wrong codes. Wait {wait}, then try again."


@transaction.atomic
def enroll(user, key, code):
    """Store the app that was set up with `key` and return it with new recovery codes; raise Refused."""
    clock = TOTP(bytes.fromhex(key))
    code = typed_codes.read(code)
    if not (code.isdecimal() and clock.verify(int(code), tolerance=TOLERANCE_STEPS)):
        raise Refused("This code doesn’t match. Check your phone’s clock, then enter the newest code.")
    forget(user)
    device = AuthenticatorApp.objects.create(
        user=user, name="Authenticator app", key=key, last_step=clock.t(), drift=clock.drift
    )
    return device, new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user):
    """Replace the recovery codes of `user` and return the new ones: they cannot be shown again."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [typed_codes.new() for _ in range(RECOVERY_CODES)]
    device.token_set.bulk_create(
        device.token_set.model(device=device, token=_hash(user, code)) for code in codes
    )
    return [typed_codes.shown(code) for code in codes]


def recovery_codes_left(user):
    """Return how many recovery codes `user` has not used yet."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def _hash(user, code):
    """Return what is stored of a recovery code: 80 bits, the column's width; SECRET_KEY may change."""
    digest = hashlib.sha256(f"recovery code {user.pk} {code}".encode()).digest()
    return base64.b32encode(digest[:10]).decode()


@transaction.atomic
def forget(user):
    """Remove the second factor of `user` and end their sessions: they set it up again at the next sign-in."""
    AuthenticatorApp.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    sessions.end_all(user)


def config_url(user, key):
    """Return what the QR code says: the address an authenticator app reads."""
    return AuthenticatorApp(user=user, key=key).config_url


def qr_path(text):
    """Return the size and the SVG path of a QR code with the quiet border that scanners need."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
