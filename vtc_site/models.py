"""What the project knows about a staff account beyond Django's own user. Used by sign_in/."""

from django.conf import settings
from django.db import models


class SignInState(models.Model):
    """How far a member of staff has come with their own sign-in. No row means: nothing special."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_in_state")
    is_password_one_time = models.BooleanField(default=False)
    reset_mailed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"sign-in of account {self.user_id}"
