"""Shared facts that changed after a clinician signed off the text that names them.

Nobody takes such a page off the site: the fact was published on its own screen. But clinicians hear of it, on
the start page and on the screens of the page, until the text is signed off again. Until then a page says that
numbers changed since, and names no reviewer at all if sentences did: nobody is named for words unseen.
"""

import re
from datetime import datetime, time

from django.apps import apps
from django.db.models import Max, Min
from django.utils import timezone

from content.caching import site_facts
from content.models import AuditEntry, Clinic, GlossaryTerm, Helpline, Page, Source, Version, languages
from content.page_checks import office_words
from content.publishing import wording
from content.rendering import usage
from content.rendering.clinic_words import FIELDS
from content.rendering.page import RenderedPage

Action = AuditEntry.Action
# What pages show of a fact beside its meaning: an order, a day on which somebody looked.
WITHOUT_MEANING = {"position", "is_in_footer", "checked_on", "verification", "expires_on", "sources"}


SENTENCES = {model._meta.label_lower: model.SENTENCES for model in (Clinic, GlossaryTerm, Helpline, Source)}
COUNTED = (
    "hours",
    "cost",
    "first_session_price",
    "ages_seen",
    "phone_note",
    "sms_note",
)  # here, other digits are no other words
# Here, names and times alone are no sentence: “$120 for 50 minutes”, “English and Spanish”
PLAIN = ("first_session_price", "languages", "insurers")
DIGIT = re.compile(r"\d[\d.,:]*")


def live_pages():
    """Return (live Version, its changed facts) of each page that shows one. Constant queries."""
    signed = Version.objects.current().filter(reviewer__isnull=False)
    first = signed.aggregate(day=Min("reviewed_on"))["day"]
    changes = _changes(first) if first else []
    if not changes:
        return []
    signed = list(signed.select_related("page").order_by("page__position", "page__path"))
    times = _times(signed)
    found = [(version, _of(version, times, changes)) for version in signed]
    return [pair for pair in found if pair[1]]


def since_sign_off(version):
    """Return the entries on facts that `version` names and that changed since its text was signed off."""
    return _of(version, _times([version]), _changes(version.reviewed_on)) if version.reviewer_id else []


def differences(entries):
    """Return what `entries` changed in all, a line for each fact: not each step, there and back."""
    return [f"{entries[-1].subject}: {_net(entries)}" for entries in _by_fact(entries).values()]


def _net(entries):
    if len(entries) == 1 or entries[-1].detail == "deleted":
        return entries[-1].detail
    (first, last), model = _ends(entries), apps.get_model(entries[0].fact.partition(":")[0])
    labels = {field.name: str(field.verbose_name).capitalize() for field in model._meta.fields}
    names = [name for name in last if name in _changed_names(entries)]
    return "; ".join(
        f"{labels.get(name, name.replace('_', ' '))}: {_said(model, name, first[name])} → "
        f"{_said(model, name, last[name])}"
        for name in names
    )


def _said(model, name, value):
    """Return a kept value in words; a source by its title."""
    if name == "source" and value:
        return Source.objects.filter(pk=value).values_list("title", flat=True).first() or "a deleted source"
    return {True: "yes", False: "no", None: "nothing", "": "nothing"}.get(value, value)


def is_unread(version, entries):
    """Whether `entries`, all that changed, brought sentences that the reviewer of `version` never saw."""
    language, by_fact = languages.of_path(version.snapshot["page"]["path"]), _by_fact(entries)
    return any(_says_else(entries, language) for entries in by_fact.values())


def _says_else(entries, language):
    """Whether `entries` on one fact change a sentence that pages of `language` may show."""
    (first, last), label = _ends(entries), entries[0].fact.partition(":")[0]
    names = [each for name in SENTENCES.get(label, ()) for each in (name, f"{name}_{language}")]
    return any(is_other_sentence(name, first.get(name), last.get(name)) for name in names)


def is_other_sentence(name, old, new):
    """Whether a sentence in the field `name` of a fact says more than wording else, or is new."""
    old, new = (str(text or "") for text in (old, new))
    if name in PLAIN and office_words.names_and_hours_alone(new):
        return False
    if name.startswith(COUNTED):
        old, new = DIGIT.sub("", old), DIGIT.sub("", new)
    return bool(new and wording.changed_words(old, new))


def _changes(first):
    """Return the entries since the day `first` that tell what pages show now, the oldest first."""
    entries = AuditEntry.objects.filter(action=Action.FACT_CHANGED, at__gte=_start(first))
    return list(entries.exclude(after={}).order_by("at", "pk"))


def _start(day):
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _times(versions):
    """Return when the text of each of `versions` was signed off last, by the key of the Version read."""
    read = {version.reviewed_version_id or version.pk for version in versions}
    entries = AuditEntry.objects.filter(action=Action.SIGNED_OFF, version__in=read).order_by()
    return dict(entries.values_list("version").annotate(Max("at")))


def _of(version, times, changes):
    signed_at = times.get(version.reviewed_version_id or version.pk, _start(version.reviewed_on))
    by_fact = _by_fact(entry for entry in changes if entry.at > signed_at)
    lists = [entries for entries in by_fact.values() if _shows(version, entries)]
    return [entry for entries in lists for entry in entries]


def _by_fact(entries):
    found = {}
    for entry in entries:
        found.setdefault(entry.fact, []).append(entry)
    return found


def _shows(version, entries):
    """Whether the text of `version` says something of the one fact that `entries` changed."""
    label, _, key = entries[0].fact.partition(":")
    names, known = _changed_names(entries), site_facts.current()
    codes, lines = usage.named(version.snapshot)
    if not names:
        return False
    if label == Clinic._meta.label_lower:
        return any(code in lines and names & set(fields) for code, fields in FIELDS.items())
    if label == Source._meta.label_lower:
        is_cited = any(code in known.sources and str(known.sources[code].pk) == key for code in codes)
        return is_cited or any(str(term.source_id) == key and says(version, term) for term in known.glossary)
    if label == Helpline._meta.label_lower:
        return any(key in _keys(known.helplines[code]) for code in lines if code in known.helplines)
    was = [
        GlossaryTerm(term=each.before.get("term", ""), other_forms=each.before.get("other_forms", ""))
        for each in entries
    ]
    now = [term for term in known.glossary if str(term.pk) == key]
    return any(says(version, term) for term in (*was, *now))


def _keys(line):
    """Return the key of `line`, and of the one that is hidden and shows it instead."""
    return {str(line.pk), str(getattr(line, "stands_for", ""))}


def _changed_names(entries):
    """Return the fields that differ between before the first of `entries` and after the last."""
    first, last = _ends(entries)
    return {name for name in last if last[name] != first[name]} - WITHOUT_MEANING


def _ends(entries):
    """Return the values before the first of `entries` on one fact, and those after the last."""
    first, last = {}, {}
    for entry in entries:
        first = {name: entry.before.get(name) for name in entry.after} | first
        last |= entry.after
    return first, last


def says(version, term):
    """Whether the page explains `term` of the glossary; one that is gone has no language of its own."""
    page = version.snapshot["page"]
    is_here = term.pk is None or term.language == languages.of_path(page["path"])
    if page["layout"] != Page.Layout.ARTICLE or not is_here or not term.forms:
        return False
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, term.forms))})\b", re.IGNORECASE)
    is_said = any(words.search(text) for text in usage.texts(*version.snapshot["blocks"]))
    return is_said and _explains(version.snapshot, term)


def _explains(snapshot, term):
    """Whether the page explains `term`: not where it stands in a heading or a link alone."""
    rendered = RenderedPage(snapshot, sources={}, helplines={}, glossary=[term])
    return any(block["kind"] == "glossary" for block in rendered.blocks)
