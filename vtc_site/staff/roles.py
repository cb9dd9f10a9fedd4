"""What each role of staff may do: the one table. Applied after every migrate (see vtc_site/apps.py).

A role is a Django group that nobody edits in the admin. What is not granted here is refused.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User

from content import models as content
from intake import models as intake
from vtc_site.models import SignInEvent

VIEW = ("view",)
CHANGE = ("view", "change")
EDIT = ("view", "add", "change")
EVERYTHING = ("view", "add", "change", "delete")


@dataclass(frozen=True)
class Role:
    """`group` is the name staff see; `may` maps a model to the verbs that the role may do with it."""

    group: str
    may: dict


def _each(models, verbs):
    return dict.fromkeys(models, verbs)


_READS_PAGES = {
    **_each(content.BLOCKS_BY_KIND.values(), VIEW),
    **_each([content.Page, content.Version, content.AuditEntry, content.StoredImage], VIEW),
    **_each([content.Helpline, content.Clinic, content.Clinician, content.Source], VIEW),
    content.SiteSettings: VIEW,
    content.GlossaryTerm: VIEW,
    **_each([content.Synonym, content.Notice, content.PageSettings], VIEW),
}
_WRITES_DRAFTS = {
    **_READS_PAGES,
    **_each(content.BLOCKS_BY_KIND.values(), EVERYTHING),
    **_each([content.Page, content.Source, content.GlossaryTerm, content.Synonym], EDIT),
    content.PreviewLink: ("view", "add"),
    content.Redirect: VIEW,
}
_PUBLISHES = {
    **_WRITES_DRAFTS,
    content.Page: (*EVERYTHING, "publish", "sign_off"),
    content.AuditEntry: ("view", "export"),
    **_each([content.Clinic, content.SiteSettings], EDIT),
    **_each([content.Helpline, content.Source, content.Redirect], EVERYTHING),
    **_each([content.GlossaryTerm, content.Synonym, content.Notice], EVERYTHING),
    content.PageSettings: EDIT,
    content.StoredImage: ("view", "delete"),
}
_ANSWERS_MESSAGES = {
    intake.Submission: EDIT,
    intake.NoticePreference: EDIT,
    **_each([intake.SuspectedSpam, intake.Notification, intake.Script], CHANGE),
    **_each([intake.OfficeHours, intake.Closure], VIEW),
}
_DECIDES_ABOUT_MESSAGES = {
    **_ANSWERS_MESSAGES,
    intake.Submission: (*EVERYTHING, "export"),
    intake.SuspectedSpam: ("view", "change", "delete"),
    intake.IntakeSettings: EDIT,
    **_each([intake.AccessLogEntry, intake.Deletion], VIEW),
    intake.Script: EVERYTHING,
    **_each([intake.OfficeHours, intake.Closure], EVERYTHING),
}

ROLES = {
    "editor": Role("Editor", _WRITES_DRAFTS),
    "reviewer": Role("Reviewer", {**_READS_PAGES, content.Page: ("view", "sign_off")}),
    "publisher": Role("Publisher", _PUBLISHES),
    "intake": Role("Intake", _ANSWERS_MESSAGES),
    "owner": Role(
        "Owner",
        {
            **_PUBLISHES,
            **_DECIDES_ABOUT_MESSAGES,
            content.Page: (*EVERYTHING, "publish", "sign_off", "require_topics_for", "unlock"),
            content.Clinician: EVERYTHING,
            content.Clinic: (*EDIT, "set_one_person"),
            User: EDIT,
            SignInEvent: VIEW,
        },
    ),
}


def apply(**kwargs):
    """Give every role exactly what the table says. Needs the permissions of all apps; constant queries."""
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in ROLES.values():
        group, _ = Group.objects.get_or_create(name=role.group)
        group.permissions.set(known[name] for name in _names(role))


def _names(role):
    for model, verbs in role.may.items():
        yield from ((model._meta.app_label, f"{verb}_{model._meta.model_name}") for verb in verbs)
