"""What the project knows about a staff account beyond Django's own user. Used by sign_in/ and backups/."""

import time
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from content.models import Clinic
from intake.encryption import EncryptedTextField
from vtc_site.sign_in import authenticator_key

TOLERANCE_STEPS = 1  # a code is good for 30 seconds before and after its own


class SignInState(models.Model):
    """How far a member of staff has come with their own sign-in. No row means: nothing special."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_state")
    is_password_one_time = models.BooleanField(default=False)
    one_time_given_at = models.DateTimeField(null=True, blank=True)
    reset_mailed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"sign-in of account {self.user_id}"


class StaffSession(AbstractBaseSession):
    """A session under the hash of its key: who reads the database cannot use it. See session_store.py."""

    account = models.BigIntegerField(null=True, db_index=True)  # so that an account's can be ended together

    def __str__(self):
        return f"session of account {self.account}"


class AuthenticatorApp(ThrottlingMixin, Device):
    """The app that shows a member of staff their codes. Its key is encrypted, unlike django-otp's."""

    key = EncryptedTextField(when_lost=authenticator_key.new)  # no app then shows a code that fits
    drift = models.SmallIntegerField(default=0)  # steps that the phone's clock is off
    last_step = models.BigIntegerField(default=-1)  # of the last code: each works once

    def verify_token(self, token):
        """Whether `token` is a code of now that was not used before. Wrong ones slow down the next."""
        if not self.verify_is_allowed()[0]:
            return False
        clock = self._clock()
        if not clock.verify(int(token), TOLERANCE_STEPS, self.last_step + 1):
            self.throttle_increment(commit=True)
            return False
        self.last_step, self.drift = clock.t(), clock.drift
        self.throttle_reset(commit=False)
        self.save()
        return True

    def _clock(self):
        clock = TOTP(bytes.fromhex(self.key), drift=self.drift)
        clock.time = time.time()
        return clock

    def get_throttle_factor(self):
        return 1

    @property
    def config_url(self):
        """What the QR code says: the address an authenticator app reads."""
        issuer = Clinic.name_now()
        secret = {"secret": authenticator_key.letters(self.key), "issuer": issuer}
        label = quote(f"{issuer}:{self.user.get_username()}")
        return f"otpauth://totp/{label}?{urlencode(secret, quote_via=quote)}"


class SignInEvent(models.Model):
    """Something that happened to a sign-in. Nobody changes or deletes one; purged like the access log."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed-in", "Signed in"
        NEW_DEVICE = "new-device", "Signed in with a new device"
        ENROLLED = "enrolled", "Set up an authenticator app"
        PASSWORD_CHANGED = "password-changed", "Changed the password"
        PASSWORD_BY_LINK = "password-by-link", "Set a password with a link"
        ONE_TIME_PASSWORD = "one-time-password", "Was given a one-time password"
        SECOND_STEP_RESET = "second-step-reset", "Had two-factor sign-in reset"
        RECOVERY_CODE_USED = "recovery-code-used", "Used a recovery code"
        RECOVERY_CODES_NEW = "recovery-codes-new", "Made new recovery codes"
        SIGNED_OUT = "signed-out", "Signed out"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField("time", default=timezone.now, db_index=True)
    device = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "sign-in event"

    def __str__(self):
        return f"{self.get_kind_display()}, account {self.account_id}"


class BackupRecord(models.Model):
    """A backup that was written to its end."""

    finished_at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveBigIntegerField()
    host = models.CharField(max_length=255, blank=True)  # where its file was written; none can be elsewhere
    file = models.TextField(blank=True)

    def __str__(self):
        return f"backup of {self.rows} rows"
