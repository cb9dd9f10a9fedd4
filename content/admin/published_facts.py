"""Facts that live pages show: a change says which pages it touches, is confirmed, kept and put back.

The mixin stands before the admin of each such fact. The audit trail keeps the values; put_back.py leads back
to them.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from content.admin import in_words, site_words
from content.admin.put_back import PutBack, name_of, plain, said_before
from content.models import AuditEntry, Clinician, Version
from content.publishing import audit, changed_facts

BACK = "Nothing was changed. Visitors still see what they saw before."


def live_pages():
    """Return all pages that visitors see, in their order."""
    return [version.page for version in Version.objects.current().select_related("page").defer("snapshot")]


def _names_a_reviewer():
    """Whether live pages name one, or a clinician publishes: until then a clinic sets its site up."""
    if Version.objects.current().filter(reviewer__isnull=False).exists():
        return True
    clinicians = Clinician.objects.filter(is_active=True, user__is_active=True).select_related("user")
    return any(clinician.user.has_perm("content.publish_page") for clinician in clinicians)


class PublishedForm:
    """Shows again what was typed when somebody comes back; keeps editors from changing live pages."""

    asked_by = ()  # the admin of the fact, and who is signed in

    def clean(self):
        super().clean()
        if "_back" in self.data:
            raise ValidationError(BACK, code="back")
        fact_admin, user = self.asked_by
        if not Clinician.objects.filter(user=user, is_active=True).exists():
            for name in fact_admin.changed_names(self):
                for error in self._unread(fact_admin, name):
                    self.add_error(name, error)

    def _unread(self, fact_admin, name):
        """Return why only a clinician may write this into the field `name`; old words may come back."""
        old, new = str(_before(self, name) or ""), str(self.cleaned_data.get(name) or "")
        if not new or new in said_before(self.instance, name):
            return []
        is_frame = name.startswith(fact_admin.frame_fields(self.instance))
        if is_frame and (fact_admin.is_locked(self.instance) or _names_a_reviewer()):
            return fact_admin.frame_errors(old, new)
        if name.startswith(fact_admin.unsigned_fields):
            may_name = name.startswith(fact_admin.may_name_medicines)
            return site_words.advice_errors(old, new, may_name=may_name)
        return []

    def _post_clean(self):
        super()._post_clean()
        fact_admin, user = self.asked_by
        if user.has_perm("content.publish_page") or not fact_admin.changed_names(self):
            return
        if pages := fact_admin.pages_touched(self):
            names = ", ".join(map(str, pages[:5]))
            self.add_error(None, f"Live pages show this ({names}). Ask a publisher to change it.")


class PublishedFact(PutBack):
    """Asks before a change goes live; `staff_fields` are those that no page shows.

    Into `unsigned_fields`, also in other languages, clinicians alone write advice.
    """

    staff_fields = ()
    unsigned_fields = ()
    may_name_medicines = ()  # fields
    delete_confirmation_template = "admin/content/delete_fact.html"

    frame_errors = staticmethod(site_words.frame_errors)

    def frame_fields(self, fact):
        """Return the fields of `fact` that stand on every page, in every language.

        No page can say that its reviewer has not seen them, so clinicians alone change more than wording.
        """
        return ()

    def is_locked(self, fact):
        """Whether its words are a clinician's from the first day on, as those of 911 are."""
        return False

    def pages_of(self, fact):
        """Return the live pages that show `fact`."""
        raise NotImplementedError

    def pages_of_fields(self, fact, names):
        """Return the live pages that show the fields `names` of `fact`."""
        return self.pages_of(fact)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (PublishedForm, form), {"asked_by": (self, request.user)})

    def changed_names(self, form):
        """Return the fields that `form` changes and pages show."""
        names = [name for name in form.changed_data if name in form.fields and name not in self.staff_fields]
        return [name for name in names if not _is_same(_before(form, name), form.cleaned_data.get(name))]

    def pages_touched(self, form):
        """Return the live pages that show the fact as it was, or as the valid `form` makes it."""
        known = self.model.objects.filter(pk=form.instance.pk).first()  # the form wrote into its own
        facts, names = filter(None, (known, form.instance)), self.changed_names(form)
        return list(dict.fromkeys(page for fact in facts for page in self.pages_of_fields(fact, names)))

    def has_delete_permission(self, request, obj=None):
        """Allow one at a time: the screen that asks names the live pages."""
        return obj is not None and super().has_delete_permission(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        fact = self.get_object(request, unquote(object_id))
        pages = self.pages_of(fact) if fact else []
        return super().delete_view(request, object_id, (extra_context or {}) | {"pages": pages})

    def kept_of(self, fact):
        """Return the values of what goes: pages that show it are flagged, as after any change of it."""
        fields = (field for field in fact._meta.concrete_fields if field.editable and not field.primary_key)
        before = {each.name: plain(getattr(fact, each.name)) for each in fields}
        before = {name: value for name, value in before.items() if name not in self.staff_fields}
        return {"fact": name_of(fact), "before": before, "after": dict.fromkeys(before, "")}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        fact = self.get_object(request, unquote(object_id)) if object_id else None
        may_save = self.has_change_permission(request, fact) if fact else self.has_add_permission(request)
        if may_save and (fact or not object_id):
            data = None
            if request.method == "POST" and not {"_make_live", "_back"} & set(request.POST):
                data = request.POST
            elif request.method == "GET" and self.may_put_back:
                data = self._old_values(request, fact)
            if data and (question := self._question(request, fact, data)):
                return question
            if data and request.method == "GET":
                return HttpResponseRedirect(request.path)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _question(self, request, fact, data):
        """Return the screen that asks, or None if no live page would change or something is wrong.

        An old value is asked about whether a live page shows it or not, or it says why it stays away.
        """
        form = self.get_form(request, fact, change=bool(fact))(data, request.FILES, instance=fact)
        is_old = request.method == "GET"
        if not form.is_valid():
            if is_old:
                messages.error(request, f"Not put back. {_problems(form)}")
            return None
        changed, pages = self.changed_names(form), self.pages_touched(form)
        if is_old and not changed:
            messages.info(request, "It says this already.")
        if not changed or not (pages or is_old):
            return None
        name = f"admin:content_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": "Make it live?",
            "opts": self.opts,
            "fact": self.model.objects.get(pk=fact.pk) if fact else form.instance,
            "pages": pages,
            "is_unread": self._is_unread(form, changed, pages),
            "changes": [_change(form, name) for name in changed],
            "typed": [(name, value) for name, values in data.lists() for value in values],
            "action": reverse(f"{name}_change", args=[fact.pk]) if fact else reverse(f"{name}_add"),
        }
        stored = {f"{name}-kept": form.cleaned_data[name] for name in request.FILES if name in form.fields}
        typed = [pair for pair in context["typed"] if pair[0] != "csrfmiddlewaretoken"]
        context["typed"] = [(name, stored.get(name, value)) for name, value in typed]
        return TemplateResponse(request, "admin/content/make_live.html", context)

    def _is_unread(self, form, names, pages):
        """Whether a signed one of `pages` may show sentences then that its reviewer has not seen."""
        sentences = [name for name in names if name.startswith(getattr(self.model, "SENTENCES", ()))]
        signed = Version.objects.current().filter(page__in=pages, reviewer__isnull=False)
        return signed.exists() and any(
            changed_facts.is_other_sentence(name, _before(form, name), form.cleaned_data.get(name))
            for name in sentences
        )

    def _log_change(self, request, form, *, is_new):
        """Write into the audit trail what changed; old and new value only of what pages show."""
        changed = [name for name in form.changed_data if name in form.fields]
        names = self.changed_names(form)
        lines = [f"{label}: {old} → {new}" for label, old, new in (_change(form, name) for name in names)]
        lines += [str(form.fields[name].label) for name in changed if name in self.staff_fields]
        detail = "added" if is_new else "; ".join(lines)
        before = {} if is_new else {name: plain(_before(form, name)) for name in names}
        fact, subject = form.instance, f"{form.instance._meta.verbose_name}: {form.instance}"
        after = {name: plain(form.cleaned_data.get(name)) for name in names}
        what = {"subject": subject, "detail": detail, "fact": name_of(fact), "before": before, "after": after}
        audit.log(AuditEntry.Action.FACT_CHANGED, author=request.user, **what)

    def save_related(self, request, form, formsets, change):
        form.save_m2m()
        if form.changed_data or not change:
            self._log_change(request, form, is_new=not (change or self.is_always_there))


def _is_same(old, new):
    """Whether a browser only sent other line ends."""
    return str(plain(old)).splitlines() == str(plain(new)).splitlines()


def _problems(form):
    lines = (
        (form[name].label if name in form.fields else "", errors) for name, errors in form.errors.items()
    )
    return " ".join(f"{label}: {' '.join(errors)}" if label else " ".join(errors) for label, errors in lines)


def _before(form, name):
    return form.get_initial_for_field(form.fields[name], name)


def _change(form, name):
    """Return the label of a field, its old value and the new one, in words."""
    field = form.fields[name]
    old, new = _before(form, name), form.cleaned_data.get(name)
    return in_words.label(field, name), in_words.value_of(field, old), in_words.value_of(field, new)


def all_live(fact):
    """Return every live page: for facts in the header or the footer."""
    return live_pages()


def of_uses(uses):
    """Return the pages of `uses` that are live."""
    return list(dict.fromkeys(use.page for use in uses if use.where == "live"))


def of_word(term):
    """Return the live pages that explain `term`."""
    live = Version.objects.current().select_related("page").order_by("page__position", "page__path")
    return [version.page for version in live if changed_facts.says(version, term)]
