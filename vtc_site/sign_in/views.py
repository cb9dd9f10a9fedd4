"""The sign-in screens, one function each. Hung into the admin by urls.py.

Every step asks the unfinished sign-in what comes next, so no address can be used to skip one.
"""

from functools import wraps

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from vtc_site.sign_in import (
    authenticator_key,
    devices,
    events,
    password_reset,
    pending_login,
    second_factor,
    sessions,
)
from vtc_site.sign_in.events import Kind
from vtc_site.sign_in.forms import CodeForm, EnrollForm, ForgottenForm, OwnPasswordForm, PasswordForm
from vtc_site.sign_in.middleware import way_back
from vtc_site.sign_in.passwords import choose_password
from vtc_site.views import method_not_taken

LINK_KEY = "password_link"


def show(request, template, title, **context):
    """Answer with a sign-in screen; 422 when something typed was not accepted, 429 when it was too often."""
    form = context.get("form")
    status = 422 if form is not None and form.errors else context.pop("status", 200)
    if form is not None and form.has_error("__all__", "locked"):
        status = 429
    context = {**admin.site.each_context(request), "title": title, "has_permission": False, **context}
    return TemplateResponse(request, f"registration/{template}.html", context, status=status)


def step(view):
    """Let only those in whose sign-in is at this step; send all others to where they are."""

    @wraps(view)
    def guarded(request):
        started = pending_login.current(request)
        if started is None:
            return redirect("admin:login")
        if started.next_step() != view.__name__:
            return continue_with(started)
        return view(request, started)

    return sensitive_post_parameters()(guarded)


def continue_with(started):
    """Redirect to the next step, or sign the person in and send them where they wanted to go."""
    if name := started.next_step():
        return redirect(f"admin:{name}")
    request = started.request
    is_known = bool(devices.id_for(request, started.user.get_username()))
    answer = HttpResponseRedirect(started.finish())
    events.happened(request, started.user, Kind.SIGNED_IN if is_known else Kind.NEW_DEVICE)
    return devices.remember(request, answer, started.user)


@sensitive_post_parameters()
def login(request, extra_context=None):
    """Take the password, then the code: one address, so that browsers and password managers know it."""
    if admin.site.has_permission(request):
        return HttpResponseRedirect(pending_login.safe_next(request))
    started = None if "password" in request.POST or "again" in request.GET else pending_login.current(request)
    if started is None and "code" in request.POST:
        return HttpResponseRedirect(f"{reverse('admin:login')}?reason=late")
    if started is None:
        return _take_password(request)
    return _take_code(request, started) if started.next_step() == "login" else continue_with(started)


def _take_password(request):
    form = PasswordForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        return continue_with(
            pending_login.begin(request, form.user, next_url=pending_login.safe_next(request))
        )
    return show(
        request,
        "password",
        "Sign in",
        form=form,
        next=pending_login.safe_next(request),
        reason=request.GET.get("reason"),
        idle_minutes=settings.STAFF_IDLE_SECONDS // 60,
        hours=settings.STAFF_SESSION_SECONDS // 3600,
    )


def _take_code(request, started):
    is_recovery = "recovery" in request.GET
    posted = request.POST if request.method == "POST" else None
    form = CodeForm(posted, user=started.user, is_recovery=is_recovery)
    if request.method == "POST" and form.is_valid():
        started.note(device=form.device.persistent_id)
        if form.device != second_factor.of(started.user):
            events.happened(request, started.user, Kind.RECOVERY_CODE_USED)
            _tell_codes_left(request, started.user)
        return continue_with(started)
    title = "Recovery code" if is_recovery else "Code"
    return show(request, "code", title, form=form, is_recovery=is_recovery)


def _tell_codes_left(request, user):
    left = second_factor.recovery_codes_left(user)
    messages.warning(
        request, f"You used a recovery code and have {left} left. Make new ones under “Recovery codes”."
    )


@step
def first_password(request, started):
    """Replace the one-time password."""
    form = OwnPasswordForm(started.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        started.choose_password(form.cleaned_data["new_password1"])
        events.happened(request, started.user, Kind.PASSWORD_CHANGED)
        return continue_with(started)
    return show(request, "first_password", "Choose your password", form=form)


@step
def set_up_second_factor(request, started):
    """Set up the authenticator app; the key stays the same until a code of it was right."""
    if "key" not in started.state:
        started.note(key=authenticator_key.new())
    key = started.state["key"]
    posted = request.POST if request.method == "POST" else None
    form = EnrollForm(posted, user=started.user, key=key)
    if request.method == "POST" and form.is_valid():
        started.note(device=form.device.persistent_id, codes=form.codes, key="")
        events.happened(request, started.user, Kind.ENROLLED)
        return continue_with(started)
    size, path = second_factor.qr_path(second_factor.config_url(started.user, key))
    context = {"qr_size": size, "qr_path": path, "typed_key": authenticator_key.typed(key)}
    return show(request, "second_factor", "Set up two-factor sign-in", form=form, **context)


@step
def keep_recovery_codes(request, started):
    """Show the recovery codes; after “I saved my codes” nothing can show them again."""
    if request.method == "POST":
        started.note(codes=[])
        return continue_with(started)
    return show(request, "recovery_codes", "Your recovery codes", codes=started.state["codes"])


@sensitive_variables("codes")
def renew_recovery_codes(request):
    """Make new recovery codes, against a code of the app (wrapped in admin_view by urls.py)."""
    form = CodeForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.new_recovery_codes(request.user)
        events.happened(request, request.user, Kind.RECOVERY_CODES_NEW)
        return show(
            request,
            "recovery_codes",
            "Your recovery codes",
            codes=codes,
            is_renewed=True,
            has_permission=True,
        )
    left = second_factor.recovery_codes_left(request.user)
    has_app = second_factor.of(request.user) is not None
    return show(
        request, "renew_codes", "Recovery codes", form=form, left=left, has_app=has_app, has_permission=True
    )


@sensitive_post_parameters()
def confirm_code(request):
    """Ask someone who is signed in for a code again (wrapped in admin_view by urls.py)."""
    form = CodeForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        sessions.note_code(request.session)
        return HttpResponseRedirect(pending_login.safe_next(request))
    context = {"form": form, "next": pending_login.safe_next(request), "has_permission": True}
    has_app = second_factor.of(request.user) is not None
    return show(request, "confirm_code", "Code", has_app=has_app, **context)


def forgotten_password(request):
    """Have a link sent. The answer never tells whether the address belongs to anybody."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password_reset.ask(form.cleaned_data["email"])
        return show(request, "forgotten_sent", "Check your email")
    return show(request, "forgotten", "Reset your password", form=form)


@sensitive_post_parameters()
def new_password(request):
    """Set a new password with the link of a mail. Its secret leaves the address bar at once."""
    link = request.GET.get("link")
    user = password_reset.user_of(link or request.session.get(LINK_KEY))
    if user is None:
        return show(request, "link_over", "This link has expired")
    if link:  # a right one: only those reach the database
        request.session[LINK_KEY] = link
        return redirect("admin:new_password")
    form = OwnPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_password(user, form.cleaned_data["new_password1"])
        sessions.end_all(user)
        events.happened(request, user, Kind.PASSWORD_BY_LINK)
        request.session.flush()
        answer = HttpResponseRedirect(f"{reverse('admin:login')}?reason=new-password")
        return devices.remember(request, answer, user)  # the mailbox vouches for this browser
    return show(request, "first_password", "Choose a new password", form=form)


def stale_page(request, reason=""):
    """Answer a form whose page is older than the sign-in. What was typed is offered again on its page.

    Visitors get here only with a POST to a page that takes none.
    """
    if not request.path.startswith(reverse("admin:index")):
        return method_not_taken(request)
    return show(request, "stale_page", "This page was open too long", back=way_back(request), status=403)


def still_here(request):
    """Tell the page how long the sign-in lasts (GET); POST: the person is there, start again."""
    if not admin.site.has_permission(request):
        return JsonResponse({"seconds": 0})
    if request.method == "POST":
        sessions.note_activity(request.session)
    return JsonResponse({"seconds": sessions.seconds_left(request.session)})
