"""What several admins share: records to read only, the one record, audited and protected facts."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.utils import ErrorList
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from content.models import AuditEntry
from content.publishing import audit


class QuietErrors(ErrorList):
    """Draws nothing where nothing is wrong; Django renders a template for each of a thousand fields."""

    def render(self, *args, **kwargs):
        return super().render(*args, **kwargs) if self else mark_safe("")

    __str__ = __html__ = render


class UncutForm(forms.ModelForm):
    """Refuses in words what is too long: left to themselves, browsers cut it while it is typed or pasted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"error_class": QuietErrors})
        self.uncut()

    def uncut(self):
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


PASTING = [f"js/admin/{name}.js" for name in ("pasted-links", "pasted-html", "pasted-text", "paste")]


class ReadOnlyAdmin(admin.ModelAdmin):
    """For records that staff only read."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AuditedAdmin(admin.ModelAdmin):
    """For a shared fact: each addition, change and deletion is recorded in the audit trail.

    The entry names the fields that changed, never their contents.
    """

    is_always_there = False  # whether its first save is a change of what it said before

    class Media:
        js = PASTING

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.changed_data or not change:
            fields = {field.name: field for field in form.instance._meta.get_fields()}
            labels = [str(fields[name].verbose_name) for name in form.changed_data if name in fields]
            is_change = change or self.is_always_there
            self._log(request, form.instance, f"changed: {', '.join(labels)}" if is_change else "added")

    def delete_model(self, request, obj):
        with transaction.atomic():
            self._log(request, obj, "deleted", **self.kept_of(obj))
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for fact in queryset:
                self._log(request, fact, "deleted", **self.kept_of(fact))
            super().delete_queryset(request, queryset)

    def kept_of(self, fact):
        """Return what the audit trail keeps of a `fact` that goes, as audit.log() takes it."""
        return {}

    def _log(self, request, record, detail, **kept):
        what = {"subject": f"{record._meta.verbose_name}: {record}", "detail": detail, **kept}
        audit.log(AuditEntry.Action.FACT_CHANGED, author=request.user, **what)


class SingletonAdmin(AuditedAdmin):
    """For a model with one record: its list leads straight to it."""

    is_always_there = True

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        name, only = f"admin:{self.opts.app_label}_{self.opts.model_name}", self.model.objects.first()
        if only:
            return HttpResponseRedirect(reverse(f"{name}_change", args=[only.pk]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse(f"{name}_add"))
        return super().changelist_view(request, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        """Call it a change: to staff the record was always there, and there is never another one."""
        only = {"title": f"Change {self.opts.verbose_name}", "show_save_and_add_another": False}
        return super().add_view(request, form_url, only | (extra_context or {}))

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not self.model.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def get_model_perms(self, request):
        """Say for the list of all models who may look, without asking whether the record is there."""
        return {"view": self.has_view_permission(request), "change": self.has_change_permission(request)}


class UsedFactAdmin(AuditedAdmin):
    """For facts that pages use: shows where, and keeps code and record while they are used."""

    fixed_field = "slug"
    code_signs = "{}"  # around the code where a page names it

    class Media:
        css = {"all": ["css/admin/lists.css"]}
        js = ["js/admin/copy-code.js"]

    @admin.display(description="code", ordering="slug")
    def code(self, fact):
        """Return the code as a page names it, with a button that copies it."""
        code = f"{self.code_signs[0]}{fact.slug}{self.code_signs[1]}"
        button = '<button type="button" class="button" data-copy="{0}" aria-label="Copy {0}">Copy</button>'
        return format_html(f"<code>{{0}}</code> {button}", code)

    def uses_of(self, fact):
        """Return (address, text) of everything that uses `fact`."""
        raise NotImplementedError

    def get_readonly_fields(self, request, obj=None):
        fixed = [self.fixed_field] if obj and self.fixed_field and self._uses(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed, "used_by"]

    def get_fieldsets(self, request, obj=None):
        shown = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]
        for _, options in shown:
            options["fields"] = [name for name in options["fields"] if name != "used_by"]
        return [*shown, ("Where it is used", {"fields": ["used_by"]})] if obj else shown

    def has_delete_permission(self, request, obj=None):
        """Allow one at a time, and only what nothing uses."""
        return obj is not None and super().has_delete_permission(request, obj) and not self._uses(obj)

    @admin.display(description="used by")
    def used_by(self, fact):
        rows = self._uses(fact)
        return format_html_join("", '<a href="{}">{}</a><br>', rows) if rows else "Not used anywhere."

    def _uses(self, fact):
        if not hasattr(fact, "known_uses"):  # asked several times for one screen
            fact.known_uses = self.uses_of(fact)
        return fact.known_uses


def page_links(uses):
    """Return (address, text) of the pages in `uses`, as `uses_of` gives them."""
    return [
        (reverse("admin:content_page_change", args=[use.page.pk]), f"{use.page.short_name} ({use.where})")
        for use in uses
    ]
