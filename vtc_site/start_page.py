"""The admin's start page as tasks: what needs somebody now, one's own work, pages, set-up, records.

Called by admin_site.py. Django's table of everything stands folded below.
"""

from dataclasses import dataclass

from django.urls import reverse

from content import dashboard as pages_start
from intake import dashboard as messages_start
from vtc_site import health, setup_list

MINE = "Claimed by me"  # the title of the list that is nobody else's work


@dataclass(frozen=True)
class Section:
    """Lists of what to do, and links to what belongs to it."""

    title: str
    lists: list
    links: list
    setup: dict | None = None
    links_first: bool = False


# What stands where: (words, name of the address, permission, query)
NOW = [
    ("All messages", "intake_submission_changelist", "intake.view_submission", ""),
    ("Log a call or visit", "intake_submission_add", "intake.add_submission", ""),
]
WORK = [
    ("My messages", "intake_submission_changelist", "intake.view_submission", "?holder=me"),
    ("My email notices", "intake_noticepreference_changelist", "intake.view_noticepreference", ""),
    ("Scripts for calls and texts", "intake_script_changelist", "intake.view_script", ""),
]
PAGES = [
    ("All pages", "content_page_changelist", "content.view_page", ""),
    ("Helplines", "content_helpline_changelist", "content.view_helpline", ""),
    ("Sources", "content_source_changelist", "content.view_source", ""),
    ("Glossary", "content_glossaryterm_changelist", "content.view_glossaryterm", ""),
    ("Search synonyms", "content_synonym_changelist", "content.change_synonym", ""),
    ("Site notice", "content_notice_changelist", "content.view_notice", ""),
    ("Links that lead nowhere", "content_page_dead_links", "content.view_page", ""),
    ("Was this page helpful?", "content_page_helpful", "content.view_page", ""),
    ("Page settings", "content_pagesettings_changelist", "content.change_pagesettings", ""),
    ("Pictures", "content_storedimage_changelist", "content.view_storedimage", ""),
]
SETUP = [
    ("Before you open", "setup", setup_list.MAY_SEE, ""),
    ("Message settings", "intake_intakesettings_changelist", "intake.view_intakesettings", ""),
    ("Office hours", "intake_officehours_changelist", "intake.change_officehours", ""),
    ("Closed days", "intake_closure_changelist", "intake.change_closure", ""),
    ("The clinic", "content_clinic_changelist", "content.change_clinic", ""),
    ("Look and words", "content_sitesettings_changelist", "content.change_sitesettings", ""),
    ("Clinicians", "content_clinician_changelist", "content.change_clinician", ""),
    ("Staff accounts", "auth_user_changelist", "auth.view_user", ""),
]
RECORDS = [
    ("Reports", "intake_submission_reports", "intake.view_submission", ""),
    ("Emails about messages", "intake_notification_changelist", "intake.view_notification", ""),
    ("Suspected spam", "intake_suspectedspam_changelist", "intake.view_suspectedspam", ""),
    ("Access log of messages", "intake_accesslogentry_changelist", "intake.view_accesslogentry", ""),
    ("Changes to pages", "content_auditentry_changelist", "content.view_auditentry", ""),
    ("Sign-ins", "vtc_site_signinevent_changelist", "", ""),
]


def sections(user):
    """Return the sections that `user` has something in."""
    condition = health.state() if user.has_perm(health.MAY_SEE) else None
    messages = [*(health.items(condition) if condition else []), *messages_start.items(user)]
    mine = [each for each in messages if each["title"] == MINE]
    now = [each for each in messages if each["title"] != MINE]
    found = [
        Section("Needs someone now", now, _links(user, NOW)),
        Section("My work", mine, _links(user, WORK)),
        Section("Pages", pages_start.items(user), _links(user, PAGES), links_first=True),
        Section("Setup", [], _links(user, SETUP), _setup(user, condition)),
        Section("Records", [], _links(user, RECORDS)),
    ]
    return [each for each in found if each.lists or each.links]


def _links(user, table):
    return [
        {"text": text, "link": reverse(f"admin:{view}") + query}
        for text, view, permission, query in table
        if not permission or user.has_perm(permission)
    ]


def _setup(user, condition=None):
    """Return how far the set-up is, for owners and while something is open; it comes back when it breaks."""
    if not user.has_perm(setup_list.MAY_SEE):
        return None
    groups = setup_list.groups(condition)
    counts = setup_list.counts(groups)
    missing = [point for group in groups for point in group.points if point.state == setup_list.State.MISSING]
    return {"counts": counts, "missing": missing} if counts["done"] < counts["all"] else None
