"""What the admin's start page asks of the people who answer messages. Called by vtc_site/admin_site.py.

`items(user)` returns lists in the form that templates/admin/start_page/list.html shows. Every message that is
shown is recorded as a look.
"""

from django.db.models import Case, When
from django.urls import reverse
from django.utils import timezone

from intake.models import AccessLogEntry, Submission, SuspectedSpam
from intake.outbox import delivery
from intake.staff import access_log, workflow
from intake.staff.due import of as due_words

MOST_ROWS = 20
SHOWN = ("reference", "status", "due_at", "promised_by", "received_at", "reason", "language", "claimed_by")


def items(user):
    """Return the lists that `user` may see; an empty one is left out. Constant queries."""
    if not user.has_perm("intake.view_submission"):
        return []
    now = timezone.now()
    lists = [_alarms(), _needs_action(user, now), _claimed_by_me(user, now), _spam()]
    shown = [row["reference"] for each in lists for row in each["rows"] if "reference" in row]
    access_log.record(user, AccessLogEntry.Kind.LIST, *shown)
    return [each for each in lists if each["rows"]]


def _needs_action(user, now):
    due = workflow.needs_action(now).exclude(claimed_by=user).select_related("claimed_by")
    count = due.count()
    rows = [_row(row, now) for row in due.only(*SHOWN, "claimed_by__username")[:MOST_ROWS]]
    late = sum(row["is_late"] for row in rows)
    intro = f"{late} overdue, shown in red." if late else ""
    return {"title": "Needs action now", "rows": rows, "count": count, "intro": intro}


def _claimed_by_me(user, now):
    """What I hold: first what waits for me, then what is only not closed yet, then later call-backs."""
    mine = Submission.objects.filter(claimed_by=user, status__in=workflow.OPEN)
    due, later = mine.filter(due_at__lte=now), mine.filter(due_at__gt=now).count()
    waits_first = Case(When(workflow.is_due(now), then=0), default=1)
    sorted_rows = due.only(*SHOWN).order_by(waits_first, "promised_by", "received_at")
    rows = [_row(row, now, names_holder=False) for row in sorted_rows[:MOST_ROWS]]
    count = due.count() + bool(later)
    if later:
        link = reverse("admin:intake_submission_changelist") + "?holder=me&due=later"
        rows.append({"text": f"{later} to call back later", "link": link, "note": "", "is_late": False})
    return {"title": "Claimed by me", "rows": rows, "count": count}


def _row(submission, now, *, names_holder=True):
    stands = due_words(submission, now)
    words = [stands.text, submission.get_reason_display()]
    if submission.language != "en":
        words.append(submission.get_language_display())
    if names_holder and submission.claimed_by:
        words.append(f"claimed by {submission.claimed_by.get_username()}")
    return {
        "text": submission.spoken_reference,
        "link": reverse("admin:intake_submission_change", args=[submission.pk]),
        "note": " · ".join(words),
        "is_late": stands.is_late,
        "reference": submission.reference,
    }


def _spam():
    count = SuspectedSpam.objects.filter(status=Submission.Status.SPAM).count()
    text = f"{count} message{'s' if count > 1 else ''} to look through"
    return _one_line("Suspected spam", count, text, "admin:intake_suspectedspam_changelist")


def _alarms():
    count = delivery.untold().count()
    text = f"{count} notice{'s' if count > 1 else ''} could not be sent for 15 minutes: see why, send again"
    return _one_line("Notices that failed", count, text, "admin:intake_notification_changelist", is_late=True)


def _one_line(title, count, text, view, *, is_late=False):
    row = {"text": text, "link": reverse(view), "note": "", "is_late": is_late}
    return {"title": title, "rows": [row] if count else [], "count": 1}
