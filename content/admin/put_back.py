"""The way back to an old value of a shared fact, and to one that was deleted. A part of published_facts.py.

The audit trail keeps the values; putting one back asks the same question as any change.
"""

from datetime import date

from django.db.models import Model, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join

from content.models import AuditEntry, Clinician

MAX_PUT_BACK = 5  # changes that the form of a fact offers to take back, however often a field changed


class PutBack:
    """Lists the last changes on the form of a fact, and what was deleted above their list."""

    may_put_back = True
    own_field = "slug"  # which no two facts share
    change_list_template = "admin/content/fact_list.html"

    def get_readonly_fields(self, request, obj=None):
        return [
            *super().get_readonly_fields(request, obj),
            *(["put_back"] if obj and self.may_put_back else []),
        ]

    def get_fieldsets(self, request, obj=None):
        shown = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]
        for _, options in shown:
            options["fields"] = [name for name in options["fields"] if name != "put_back"]
        return [*shown, ("Changes", {"fields": ["put_back"]})] if obj and self.may_put_back else shown

    def put_back(self, fact):
        """List the last changes, and of each other field the last one, each with the way back."""
        entries = AuditEntry.objects.filter(fact=name_of(fact)).exclude(before={})
        rows = ((self._said(entry), f"?put_back={entry.pk}") for entry in _last(entries))
        return format_html_join("", '{} – <a href="{}">Put the old value back</a><br>', rows) or "None yet."

    put_back.short_description = "last changes"

    def _said(self, entry):
        """Return what `entry` says; where that was cut, with all fields that it changed."""
        if not entry.detail.endswith("…"):
            return entry.detail
        known = {field.name: str(field.verbose_name) for field in self.opts.fields}
        names = ", ".join(known.get(name, name.replace("_", " ")) for name in entry.before)
        return f"{entry.detail} In all: {names}"

    def deleted(self):
        """Return the entries of the facts that were deleted and are not there again, the last ones first."""
        gone = AuditEntry.objects.filter(fact__startswith=f"{self.opts.label_lower}:", detail="deleted")
        return gone.exclude(before={})

    def changelist_view(self, request, extra_context=None):
        """Offer what was deleted last, each one click from being there again."""
        if self.may_put_back and self.has_add_permission(request):
            add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
            rows = [
                (add, each.pk, each.subject)
                for each in self.deleted()[:MAX_PUT_BACK]
                if not self._is_back(each)
            ]
            link = '<a href="{}?put_back={}">Put back {}</a>'
            extra_context = {"deleted": format_html_join(" · ", link, rows), **(extra_context or {})}
        return super().changelist_view(request, extra_context)

    def _is_back(self, entry):
        """Whether a fact with the name that was deleted is there."""
        return self.model.objects.filter(**{self.own_field: entry.before.get(self.own_field)}).exists()

    def _old_values(self, request, fact):
        """Return what the form would send to put the values of ?put_back=ENTRY back, or None.

        Without a `fact` the entry is of one that was deleted.
        """
        number = request.GET.get("put_back", "")
        rows = AuditEntry.objects.filter(fact=name_of(fact)) if fact else self.deleted()
        entry = rows.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
        if entry is None:
            return None
        form, data = self.get_form(request, fact, change=bool(fact))(instance=fact), QueryDict(mutable=True)
        before = {**entry.before}
        for code, said in before.get("words", {}).items():  # kept so when the record was deleted
            before |= {f"{name}_{code}": word for name, word in said.items()}
        for name in form.fields:
            value = before.get(name, plain(form.get_initial_for_field(form.fields[name], name)))
            data.setlist(name, as_sent(value))
        return data


def _last(entries):
    """Return the last of `entries`, and older ones that alone changed some field."""
    found, names = [], set()
    for place, entry in enumerate(entries):
        if place < MAX_PUT_BACK or entry.before.keys() - names:
            found.append(entry)
            names |= entry.before.keys()
    return found


def said_before(fact, name):
    """Return the texts that the field `name` of `fact` had before, and of facts that were deleted.

    Not what somebody wrote who is no clinician: it may be why it was put back.
    """
    is_deleted = Q(fact__startswith=f"{fact._meta.label_lower}:", detail="deleted")
    clinicians = set(Clinician.objects.values_list("user", flat=True))
    said = {}
    for entry in AuditEntry.objects.filter(Q(fact=name_of(fact)) | is_deleted).order_by("at", "pk"):
        said.setdefault(entry.before.get(name), True)
        said.setdefault(entry.after.get(name), entry.author_id in clinicians)
    return {text for text, may_return in said.items() if may_return and isinstance(text, str)}


def name_of(fact):
    return f"{fact._meta.label_lower}:{fact.pk}"


def plain(value):
    """Return a value of a form as JSON holds it."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, (list, tuple)) or hasattr(value, "all"):
        return [plain(each) for each in (value.all() if hasattr(value, "all") else value)]
    return value.isoformat() if isinstance(value, date) else value


def as_sent(value):
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list):
        return [str(each) for each in value]
    return ["" if value is None else str(value)]
