"""Before you open: everything an owner sets up, with its state and what happens while it is missing.

Shown by setup_screen.py and, while something is open, on the start page. Constant queries.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from content.models import Clinic
from content.publishing import launch
from intake.models import Canary, IntakeSettings, OfficeHours
from intake.outbox import canary, emails
from intake.reply_times import in_words
from vtc_site import health, named_people
from vtc_site.backups import last_backup
from vtc_site.models import AuthenticatorApp, BackupRecord

MAY_SEE = "intake.change_intakesettings"


class State(StrEnum):
    """How a point stands; MISSING is a reason not to open."""

    MISSING = "Missing"
    LOOK = "Look again"
    DONE = "Done"


@dataclass(frozen=True)
class Point:
    """One thing to set up: what happens while it is missing, or what people get once it is there."""

    title: str
    state: State
    text: str
    link: str
    action: str

    @property
    def mark(self):
        """The last part of the CSS class."""
        return {State.MISSING: "no", State.LOOK: "look", State.DONE: "done"}[self.state]


@dataclass(frozen=True)
class Group:
    title: str
    points: list

    @property
    def missing(self):
        return sum(point.state == State.MISSING for point in self.points)


def groups(condition=None):
    """Return the groups of points, in the order in which to work on them; `condition` is `health.state()`."""
    owner_settings, clinic = IntakeSettings.read(), Clinic.objects.first() or Clinic()
    warnings = _warnings(condition or health.state())
    return [
        Group("So that nobody is missed", [*_missed(owner_settings), *_people(), *_proofs()]),
        Group("So that people can trust you", [_phone(clinic), *_pages()]),
        Group(
            "So that it stays safe",
            [*_deletion(owner_settings), _backup(), *warnings],
        ),
    ]


def counts(found):
    """Return how many points there are, how many are done, and how many stop you from opening."""
    points = [point for group in found for point in group.points]
    done = sum(point.state == State.DONE for point in points)
    return {"all": len(points), "done": done, "missing": sum(group.missing for group in found)}


def _point(title, is_done, text, done_text, view, action, *, otherwise=State.MISSING):
    state = State.DONE if is_done else otherwise
    link = reverse(f"admin:{view}")
    return Point(title, state, done_text if is_done else text, link, action)


def _settings_point(title, is_done, text, done_text, **more):
    return _point(title, is_done, text, done_text, "intake_intakesettings_changelist", "Change", **more)


def _missed(chosen):
    yield _point(
        "Office hours",
        OfficeHours.objects.exists(),
        "People are promised no time, and alarms go by Monday to Friday, 9 to 5.",
        "Promises and alarms count in them.",
        "intake_officehours_changelist",
        "Set hours",
    )
    yield _settings_point(
        "Time until you answer",
        bool(chosen.reply_text),
        "The form and the thank-you page say nothing about when you answer.",
        f"People read: “{chosen.reply_text}”",
    )
    yield _second_person(chosen.second_person)
    yield _settings_point(
        "How often you try, and what a phone shows",
        bool(chosen.tries and chosen.caller_id),
        "People who don’t pick up unknown numbers don’t know that it is you.",
        f"People read: you try {chosen.tries} times, and their phone shows {chosen.caller_id}.",
        otherwise=State.LOOK,
    )
    yield _settings_point(
        "Rules for messages that speak of danger",
        chosen.is_danger_guide_confirmed,
        "The guide calls itself a draft: your lawyer has not confirmed it, nor who is called at night.",
        "Your lawyer has confirmed them. The flag of a message leads to them.",
    )


def _second_person(person):
    trouble = person and named_people.trouble(person, emails.GROUPS_NOTIFIED)
    return _settings_point(
        "A second person for alarms",
        person and not trouble,
        f"{person} is chosen and gets no alarm: {trouble}. Every owner gets it, so nobody in particular does."
        if trouble
        else "When a message is late, every owner gets the alarm, so nobody in particular does.",
        f"When a message is late, {person} gets an email.",
        otherwise=State.MISSING if trouble else State.LOOK,
    )


def _people():
    told = len(emails.recipients())
    yield _point(
        "Someone to notify",
        told > 0,
        "Nobody gets an email when a message arrives.",
        f"{told} of your staff get an email when a message arrives.",
        "auth_user_changelist",
        "See staff",
    )
    troubles = named_people.troubles()
    yield _point(
        "People who are named can do it",
        not troubles,
        " ".join(troubles),
        "Owners, those who get notices, and clinicians have accounts that work.",
        "auth_user_changelist",
        "See staff",
    )
    yield _second_factor()


def _second_factor():
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    enrolled = AuthenticatorApp.objects.filter(user__in=staff, confirmed=True).values("user")
    without = staff.exclude(pk__in=enrolled).count()
    return _point(
        "Two-factor sign-in for everyone",
        settings.STAFF_SECOND_FACTOR and not without,
        f"{without} of your staff have no authenticator app yet."
        if settings.STAFF_SECOND_FACTOR
        else "It is turned off: one stolen password opens every message.",
        "Each of your staff has an authenticator app.",
        "auth_user_changelist",
        "See staff",
        otherwise=State.LOOK if settings.STAFF_SECOND_FACTOR else State.MISSING,
    )


def _proofs():
    proof, trouble = Canary.objects.exclude(mailed_at=None).first(), canary.problem()
    when = in_words(proof.mailed_at, timezone.now()) if proof else ""
    yield _point(
        "A test message came through",
        proof and not trouble,
        trouble or "Nobody has tried whether a message reaches you.",
        f"The last one came through {when}. One is sent every day.",
        "setup",
        "Try it",
    )


def _phone(clinic):
    return _point(
        "Clinic phone",
        bool(clinic.phone),
        "People who write get no number to call, not even when the form fails.",
        "Shown on the form, the thank-you page and every error page.",
        "content_clinic_changelist",
        "Fill in",
    )


# The kind of point in content/publishing/launch.py: title with the number, what it means, where to look
PAGE_POINTS = {
    "page": ("{} without a clinician’s sign-off", "They say: not yet checked by a clinician.", "page"),
    "source": ("{} nobody has opened", "Nobody knows whether they say what our pages say.", "source"),
    "fact": ("{} to look at again", "After their day, pages say what is no longer true.", "source"),
    "helpline": ("{} to call and check", "Nobody has called and checked them.", "helpline"),
}


def _pages():
    """Sum up what publishing.launch finds: one point a kind, and one for each gap of the clinic's record."""
    found = launch.open_points()
    for kind, (title, text, model) in PAGE_POINTS.items():
        number = sum(point.kind == kind for point in found)
        words = f"{number} {kind}{'' if number == 1 else 's'}"
        if number:
            link = reverse(f"admin:content_{model}_changelist")
            yield Point(title.format(words), State.LOOK, text, link, "See them")
    link = reverse("admin:content_clinic_changelist")
    for point in found:
        if point.kind == "clinic":
            yield Point("About the clinic", State.LOOK, point.text, link, "Fill in")


def _deletion(chosen):
    yield _settings_point(
        "How long messages are kept",
        chosen.is_retention_complete,
        "Some messages are kept forever, and the form can’t say for how long.",
        chosen.retention_text,
    )
    yield _settings_point(
        "Senders can delete their own message",
        chosen.can_delete,
        "It is off, and they have to ask you. Switch it on once your lawyer has confirmed it.",
        "They do it with their reference and a contact detail.",
        otherwise=State.LOOK,
    )


def _backup():
    last, trouble = BackupRecord.objects.order_by("finished_at").last(), last_backup.age_problem()
    when = in_words(last.finished_at, timezone.now()) if last else ""
    text = trouble or "There is no backup: if the disk breaks, every message is lost."
    return _point(
        "Backup", last and not trouble, text, f"The last one was written {when}.", "setup", "See how"
    )


def _warnings(found):
    """List what /healthz/ warns of beside what has a point of its own."""
    own = {last_backup.age_problem(), canary.problem(), "Nobody would be notified of a new message."}
    for text in [*found["reasons"], *found["warnings"]]:
        if text not in own:
            yield Point("The server", State.MISSING, text, reverse("admin:setup"), "Look again")
