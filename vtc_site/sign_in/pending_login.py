"""A sign-in between the right password and the last step, kept in the session. Used by views.py alone.

Until then the person is not signed in: `login()` is called once, by `finish()`, when nothing is left to do.
"""

import time

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from vtc_site.sign_in import passwords, second_factor, sessions

KEY = "unfinished_sign_in"
LONGEST_SECONDS = 15 * 60  # enough to install an authenticator app
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Unfinished:
    """What the steps know of each other: who, where to, what is done, what is shown once."""

    def __init__(self, request, user, state):
        self.request, self.user, self.state = request, user, state

    def note(self, **changes):
        """Remember `changes` for the next step."""
        self.state.update(changes)
        self.request.session[KEY] = self.state

    def next_step(self):
        """Return the name of the address of the next step, or None when nothing is left."""
        if settings.STAFF_SECOND_FACTOR and not self.state.get("device") and second_factor.of(self.user):
            return "login"
        if passwords.is_one_time(self.user):
            return "first_password"
        if settings.STAFF_SECOND_FACTOR and not self.state.get("device"):
            return "set_up_second_factor"
        return "keep_recovery_codes" if self.state.get("codes") else None

    def choose_password(self, password):
        """Replace the password and stay in this sign-in."""
        passwords.choose_password(self.user, password)
        self.note(hash=self.user.get_session_auth_hash())

    def finish(self):
        """Sign the person in and return where they wanted to go."""
        target = self.state["next"]
        del self.request.session[KEY]
        self.user.otp_device = second_factor.from_id(self.state.get("device"))
        login(self.request, self.user, backend=BACKEND)
        sessions.start_clocks(self.request.session)
        if self.state.get("device"):
            sessions.note_code(self.request.session)
        return target


def begin(request, user, *, next_url):
    """Remember that `user` gave the right password. The session gets a new key: an old one may be known."""
    request.session.flush()
    state = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": int(time.time())}
    unfinished = Unfinished(request, user, state)
    unfinished.note(next=next_url)
    return unfinished


def current(request):
    """Return the sign-in that this session is in the middle of; None if there is none or it took too long."""
    state = request.session.get(KEY)
    if not state or not 0 <= time.time() - state["at"] <= LONGEST_SECONDS:
        return None
    user = get_user_model().objects.filter(pk=state["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(state["hash"], user.get_session_auth_hash()):
        return None
    return Unfinished(request, user, state)


def forget(request):
    """Start over."""
    request.session.pop(KEY, None)


def safe_next(request):
    """Return the address to go to after sign-in: one of this site, else the admin's start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    leads_back = wanted.startswith((reverse("admin:login"), reverse("admin:logout")))
    return wanted if is_ours and wanted.startswith("/") and not leads_back else reverse("admin:index")
