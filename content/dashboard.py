"""What the admin's start page asks of people who own pages. Called by vtc_site/admin_site.py.

Another app's provider is alike: `items(user)` returns a list of dicts with `title`, `count`, `rows`
(dicts with `text`, `link`, `note`, `is_late`), and if wanted `intro`, `rest` (rows that are folded), and a
`template` of its own.
"""

from datetime import timedelta

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content import publishing
from content.models import Clinic, HandOver, Version
from content.page_checks.dead_links import dead_links
from content.publishing import changed_facts, hand_over, translations
from content.reminders import expiring_facts, license, page_reviews

MAX_ROWS = 15
ANY_EDITOR = "Whoever wrote it has no account now, so any editor may take it."
Step = HandOver.Step


def items(user):
    """Return the lists that `user` may see; an empty one is left out. Constant queries."""
    lists = []
    if user.has_perm("content.view_page"):
        lists += [*_turns(user), _pages_to_review(), _expiring_facts(), _pages_without_sign_off(user)]
        lists += [_planned(), _changed_facts(), _dead_links(), _translations_behind()]
    if user.has_perm("content.view_clinic"):
        lists.append(_license())
    return [each for each in lists if each["rows"]]


def _list(title, rows, intro=""):
    """Return a list of the start page; what is beyond its first rows stays folded, one click away."""
    return {
        "title": title,
        "intro": intro,
        "rows": rows[:MAX_ROWS],
        "rest": rows[MAX_ROWS:],
        "count": len(rows),
    }


def _pages_to_review():
    rows = []
    for version in page_reviews.due():
        when = "overdue since" if version.is_review_overdue else "due by"
        note = f"{when} {_day(version.next_review_on)}"
        rows.append(_page_row(version, note=note, is_late=version.is_review_overdue))
    return _list("Pages to review", rows)


def _expiring_facts():
    rows = []
    for fact in expiring_facts.due():
        verb = "ended" if fact.is_over else "ends"
        pages = ", ".join(str(page) for page in fact.pages)
        note = f"{verb} on {_day(fact.source.expires_on)}; stands on {pages}"
        link = reverse("admin:content_source_change", args=[fact.source.pk])
        rows.append({"text": fact.source.title, "link": link, "note": note, "is_late": fact.is_over})
    return _list("Facts that expire", rows)


def _pages_without_sign_off(user):
    screen, rows = "publish" if user.has_perm("content.publish_page") else "review", []
    for version in publishing.asking_for_sign_off():
        is_urgent = version.unchecked_since is not None
        row = _page_row(version, note="urgent fix" if is_urgent else "", is_late=is_urgent)
        link = reverse(f"admin:content_page_{screen}", args=[version.page_id])
        rows.append(row | {"link": f"{link}?version={version.number}"})
    intro = "These pages are live, but no clinician has signed them off yet."
    return _list("Pages without sign-off", rows, intro)


def _turns(user):
    """Return what waits for `user`: to be signed off, to be changed, to be published."""
    steps = {
        Step.ASKED: ("Waiting for your sign-off", "review"),
        Step.SENT_BACK: ("Sent back to you", "review"),
        Step.SIGNED: ("Signed off, waiting to be published", "publish"),
    }
    turns = hand_over.waiting_for(user)
    return [
        _list(title, [_turn_row(turn, screen) for turn in turns if turn.step == step])
        for step, (title, screen) in steps.items()
    ]


def _turn_row(turn, screen):
    link = reverse(f"admin:content_page_{screen}", args=[turn.page_id])
    link, note = f"{link}?version={turn.version.number}", turn.note or f"version {turn.version.number}"
    note += f"; version {turn.newer} is newer" if turn.newer else ""
    note += f". {ANY_EDITOR}" if turn.is_for_any_editor else ""
    return {"text": str(turn.page), "link": link, "note": note, "is_late": False}


def _changed_facts():
    """List live pages whose text a clinician signed before a fact in it changed."""
    rows = []
    for version, entries in changed_facts.live_pages():
        link = reverse("admin:content_page_review", args=[version.page_id])
        note = "; ".join(changed_facts.differences(entries))
        row = {"text": str(version.page), "link": f"{link}?version={version.number}", "note": note}
        rows.append(row | {"is_late": False})
    intro = (
        "A helpline, a source, a word or a fact of the clinic changed after a clinician signed these pages."
        " Where sentences changed, the page names no reviewer until it is signed off again."
    )
    return _list("Changed since the sign-off", rows, intro)


def _dead_links():
    """Say how many links of live pages lead nowhere."""
    count = sum(link.is_sure for link in dead_links())
    text = f"{count} link{pluralize(count)} on live pages"
    row = {"text": text, "link": reverse("admin:content_page_dead_links"), "note": "", "is_late": False}
    return _list("Links that lead nowhere", [row] if count else []) | {"count": count}


def _planned():
    """List what starts or ends by itself, the next first."""
    now = timezone.now()
    starts = Version.objects.filter(live_from__gt=now).select_related("page").defer("snapshot")
    ends = Version.objects.current().filter(live_until__gt=now).select_related("page").defer("snapshot")
    found = [(version.live_from, version, "goes live") for version in starts]
    found += [(version.live_until, version, "ends") for version in ends]
    rows = []
    for moment, version, what in sorted(found, key=lambda each: each[0]):
        when = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
        rows.append(_page_row(version, note=f"version {version.number} {what} on {when}", is_late=False))
    return _list("Planned", rows)


def _translations_behind():
    """Live translations whose original got a clinical change or an urgent fix since."""
    rows = []
    for version in translations.behind():
        original = version.page.translation_of
        has_moved = translations.safety_moved(version)
        note = "a safety box changed: its page tells readers" if has_moved else ""
        compare = reverse("admin:content_page_change", args=[version.page_id]) + "#original-changed"
        text = f"{version.page}: “{original}” has changed"
        rows.append({"text": text, "link": compare, "note": note, "is_late": has_moved})
    intro = "Compare what changed in the original, then change the translation and publish it."
    return _list("Translations to update", rows, intro)


def _license():
    """List a license that expires soon, has expired, or has no expiration date."""
    clinic, rows = Clinic.objects.first(), []
    if clinic and clinic.license_number:
        ends = clinic.license_expires_on
        if ends is None:
            rows = [_clinic_row("Add its expiration date", "to get a reminder in time")]
        elif not clinic.shows_license:
            note = f"on {_day(ends)}; no page shows it now"
            rows = [_clinic_row("It has expired", note, is_late=True)]
        elif ends <= timezone.localdate() + timedelta(days=license.NOTICE_DAYS):
            rows = [_clinic_row("It expires soon", f"on {_day(ends)}; after that day, no page shows it")]
    return _list("The clinic's license", rows)


def _page_row(version, *, note, is_late):
    link = reverse("admin:content_page_change", args=[version.page_id])
    return {"text": str(version.page), "link": link, "note": note, "is_late": is_late}


def _clinic_row(text, note, *, is_late=False):
    link = reverse("admin:content_clinic_change", args=[1])
    return {"text": text, "link": link, "note": note, "is_late": is_late}


def _day(date):
    return date_format(date)
