"""Records what happens to a sign-in, and tells the person by email of what they must know about.

Kept is the account, the kind, the time, and “Firefox on Windows”: no address. Used by views and admins.
"""

import re
from datetime import timedelta

from django.utils import timezone

from intake.models import IntakeSettings
from vtc_site.models import SignInEvent
from vtc_site.sign_in import emails

Kind = SignInEvent.Kind
TOLD = {
    Kind.NEW_DEVICE: "new_device",
    Kind.ENROLLED: "enrolled",
    Kind.PASSWORD_CHANGED: "password_changed",
    Kind.PASSWORD_BY_LINK: "password_by_link",
    Kind.ONE_TIME_PASSWORD: "one_time_password",
    Kind.SECOND_STEP_RESET: "second_step_reset",
    Kind.RECOVERY_CODE_USED: "recovery_code_used",
    Kind.RECOVERY_CODES_NEW: "recovery_codes_new",
}
# In this order: each browser also says that it is the ones below it.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone|iPad": "iOS",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def happened(request, user, kind):
    """Record it and tell `user`; return whether an email went out. `request` is of whoever did it."""
    SignInEvent.objects.create(account=user, kind=kind, device=coarse_device(request))
    return kind in TOLD and emails.tell(user, TOLD[kind])


def coarse_device(request):
    """Return browser and system, as far as a person needs it to recognize their own."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "Another browser")
    system = next((name for sign, name in SYSTEMS.items() if re.search(sign, agent)), "another system")
    return f"{browser} on {system}"


def purge():
    """Delete events that are older than the days owners chose for the access log."""
    if days := IntakeSettings.current().keep_access_log_days:
        SignInEvent.objects.filter(at__lt=timezone.now() - timedelta(days=days)).delete()
