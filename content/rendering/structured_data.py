"""What a page says to search engines about itself (schema.org), never more than it shows. Called by views.py.

It stands in the page as a data block, which no browser runs and the content security policy lets pass.
"""

import json
from html import unescape

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext

from content.rendering import site_words

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}  # as Django's json_script does


def data_block(page, version, known, *, is_medical, **dates):
    """Return the JSON of the block, safe inside a script element; `page` is what the templates get, `known`
    the shared facts; `dates` are those of `_dates`."""
    facts = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage" if is_medical else "WebPage",
        "name": unescape(page["heading"]),
        "url": settings.SITE_URL + page["path"],
        "inLanguage": pgettext("html lang", "en-US"),
        **_dates(version, **dates),
        "publisher": _organization(known.clinic),
    }
    if is_medical and (about := _condition(site_words.said(known, get_language()))):
        facts["about"] = about
    if page["layout"] == "home":
        facts["mainEntity"] = facts["publisher"]
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - nothing in it can end the element


def _dates(version, *, names_reviewer, facts_changed_at, changed_at):
    """Return the dates and the reviewer as templates/components/page_dates.html shows them."""
    changed = {"dateModified": timezone.localdate(changed_at).isoformat()} if changed_at else {}
    if not names_reviewer:
        return changed
    reviewed = {"lastReviewed": str(version.reviewed_on), "reviewedBy": _reviewer(version)}
    return reviewed | (changed if version.reviewed_version_id or facts_changed_at else {})


def _reviewer(version):
    shown = {"name": version.reviewer_name, "jobTitle": version.reviewer_credentials}
    return {"@type": "Person"} | _filled(shown | {"url": version.reviewer_url})


def _condition(site):
    """Return what the site is about, by its medical name; {} while nobody has said it in this language."""
    names = _filled({"name": site.condition, "alternateName": capfirst(site.topic)})
    return {"@type": "MedicalCondition", **names} if site.condition else {}


def _organization(clinic):
    known = {"name": clinic.name, "telephone": clinic.phone, "address": clinic.address}
    return {"@type": "MedicalOrganization", "url": f"{settings.SITE_URL}/"} | _filled(known)


def _filled(values):
    return {name: value for name, value in values.items() if value}
