"""Staff accounts in the admin: owners make them, give roles, switch them off, help with a lost sign-in.

Nobody gets more than a role here: no superuser, no single permission, no group is edited. Imported by apps.py
once Django's own admin has registered what this replaces.
"""

from copy import copy

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django_otp.plugins.otp_static.models import StaticDevice

from intake.staff import claims
from vtc_site.models import SignInEvent
from vtc_site.sign_in import emails, events, passwords, second_factor, sessions
from vtc_site.staff.forms import StaffForm

User = get_user_model()


class StaffList(ChangeList):
    """Django's list with the names that StaffAdmin gives."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.opts = self.model_admin.opts


class StaffAdmin(admin.ModelAdmin):
    """One form for adding and changing; passwords are never typed by somebody else."""

    form = StaffForm
    list_display = ["email", "full_name", "roles", "is_on", "has_second_factor", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["email"]
    change_form_template = "admin/auth/user/change_form.html"

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def __init__(self, model, admin_site):
        """Say “staff account”, in a copy: in the model itself it would be a migration of Django's."""
        super().__init__(model, admin_site)
        self.opts = copy(model._meta)
        self.opts.verbose_name, self.opts.verbose_name_plural = "staff account", "staff accounts"

    def get_changelist(self, request, **kwargs):
        return StaffList

    def get_queryset(self, request):
        rows = (
            super()
            .get_queryset(request)
            .filter(is_staff=True)
            .prefetch_related("groups", "authenticatorapp_set")
        )
        return rows if request.user.is_superuser else rows.filter(is_superuser=False)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type("StaffFormOfRequest", (form,), {"signed_in": request.user})

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Staff accounts", **(extra_context or {})})

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        """Nobody guesses a password's hash letter by letter through a filter in the address."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    @admin.display(description="name")
    def full_name(self, user):
        return user.get_full_name() or "–"

    @admin.display
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "none"

    @admin.display(description="account", ordering="is_active")
    def is_on(self, user):
        return "Active" if user.is_active else "Switched off"

    @admin.display(description="two-factor")
    def has_second_factor(self, user):
        is_set_up = any(device.confirmed for device in user.authenticatorapp_set.all())
        return "Set up" if is_set_up else "Not set up yet"

    def save_model(self, request, obj, form, change):
        obj.username, obj.is_staff = obj.email, True
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.end_all(obj)
        if change and "email" in form.changed_data:
            old = form.initial["email"]
            transaction.on_commit(
                lambda: self._say(request, obj, emails.tell(obj, "address_changed", also_to=old))
            )

    def save_related(self, request, form, formsets, change):
        """Whoever cannot answer any more, without the role or the account, holds no message either."""
        super().save_related(request, form, formsets, change)
        account = User.objects.get(pk=form.instance.pk)  # with no permission remembered
        if not account.has_perm("intake.change_submission"):
            claims.release_all_of(account)

    def response_add(self, request, obj, post_url_continue=None):
        return self._show_once(request, obj)

    def get_urls(self):
        def own(route, view):
            name = f"auth_user_{view.__name__}"
            return path(f"<int:user_id>/{route}/", self.admin_site.admin_view(view), name=name)

        ask = [own("one-time-password", self.one_time_password), own("forget-phone", self.forget_phone)]
        return [*ask, *super().get_urls()]

    def one_time_password(self, request, user_id):
        """Replace the password of a colleague by a one-time password."""
        user = self._colleague(request, user_id)
        if request.method != "POST":
            return self._ask(request, user, "New one-time password", "one_time_password_ask")
        self.log_change(request, user, "Gave a new one-time password.")
        answer = self._show_once(request, user)
        self._tell(request, user, events.Kind.ONE_TIME_PASSWORD)
        return answer

    def forget_phone(self, request, user_id):
        """Let a colleague who lost phone and recovery codes set up two-factor sign-in again."""
        user = self._colleague(request, user_id)
        if request.method != "POST":
            return self._ask(request, user, "Reset two-factor sign-in", "forget_phone_ask")
        with transaction.atomic():
            second_factor.forget(user)
            self.log_change(request, user, "Reset two-factor sign-in.")
        messages.success(request, f"{user.email} sets up two-factor sign-in at the next sign-in.")
        self._tell(request, user, events.Kind.SECOND_STEP_RESET)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))

    def _colleague(self, request, user_id):
        """Return another account that this person may change: own passwords have their own screens."""
        user = self.get_object(request, str(user_id))
        if user is None:
            raise Http404("no such account")
        if not self.has_change_permission(request, user) or user.pk == request.user.pk:
            raise PermissionDenied
        return user

    def _tell(self, request, user, kind):
        """Notify the person: an owner must not be able to act in their name unnoticed."""
        self._say(request, user, events.happened(request, user, kind))

    def _tell_address(self, request, user, *, old):
        self._say(request, user, emails.tell(user, "address_changed", also_to=old))

    def _say(self, request, user, was_told):
        if was_told:
            messages.info(request, f"Notified by email: {user.email}.")
        else:
            messages.warning(request, f"No email could be sent to {user.email}: tell them yourself.")

    def _ask(self, request, user, title, template):
        context = {**self.admin_site.each_context(request), "title": title, "colleague": user}
        return TemplateResponse(request, f"admin/auth/user/{template}.html", context)

    def _show_once(self, request, user):
        """Show a fresh one-time password in the answer itself: a message would carry it in a cookie."""
        password = passwords.give_one_time_password(user)
        context = {"title": "One-time password", "colleague": user, "password": password}
        context = {**self.admin_site.each_context(request), **context}
        return TemplateResponse(request, "admin/auth/user/one_time_password.html", context)


class SignInEventAdmin(admin.ModelAdmin):
    """What happened to sign-ins: owners see everybody's, others their own. Nobody changes a row."""

    list_display = fields = readonly_fields = ["at", "account", "kind", "device"]
    list_filter = ["kind", "at"]
    list_per_page = 100
    show_full_result_count = False
    actions = None

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("account")
        return (
            rows if request.user.has_perm("vtc_site.view_signinevent") else rows.filter(account=request.user)
        )

    def get_object(self, request, object_id, from_field=None):
        """Refuse somebody else's row, whether it exists or not."""
        event = super().get_object(request, object_id, from_field)
        if event is None:
            raise PermissionDenied
        return event

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def replace_registrations(site):
    """Put our accounts in the place of Django's, and take away what nobody may edit here."""
    for model in (User, Group, StaticDevice):
        if site.is_registered(model):
            site.unregister(model)
    site.register(User, StaffAdmin)
    site.register(SignInEvent, SignInEventAdmin)
