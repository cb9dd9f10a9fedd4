"""The lists of messages on the admin's start page. Called by vtc_site/admin_site.py.

`items(user)` returns lists in the form that templates/admin/start_page/list.html shows. Every message shown
enters the access log.
"""

from datetime import timedelta

from django.db.models import Case, When
from django.urls import reverse
from django.utils import timezone

from intake.models import AccessLogEntry, Language, Status, Submission, SuspectedSpam
from intake.outbox import delivery, refusals
from intake.staff import access_log, workflow
from intake.staff.due import of as due_words

MAX_ROWS = 20
HOUR = timedelta(hours=1)
MAX_PER_HOUR = 60  # beyond, it is more than people send


def items(user):
    """Return the lists that `user` may see; an empty one is left out. Constant queries."""
    if not user.has_perm("intake.view_submission"):
        return []
    now = timezone.now()
    lists = [
        _flood(now),
        _alarms(),
        _refused(user),
        _needs_action(user, now),
        _claimed_by_me(user, now),
        _spam(),
    ]
    shown = [row["reference"] for each in lists for row in each["rows"] if "reference" in row]
    access_log.record(user, AccessLogEntry.Kind.LIST, *shown)
    return [each for each in lists if each["rows"]]


def _needs_action(user, now):
    due = workflow.needs_action(now).exclude(claimed_by=user).select_related("claimed_by")
    count = due.count()
    rows = [_row(row, now) for row in due.without_texts()[:MAX_ROWS]]
    late = sum(row["is_late"] for row in rows)
    intro = f"{late} overdue, shown in red." if late else ""
    return {"title": "Needs action now", "rows": rows, "count": count, "intro": intro}


def _claimed_by_me(user, now):
    """My messages: first those that need action, then those still open, then later call-backs."""
    mine = Submission.objects.filter(claimed_by=user, status__in=Status.open())
    due, later = mine.filter(due_at__lte=now), mine.filter(due_at__gt=now).count()
    waits_first = Case(When(workflow.is_due(now), then=0), default=1)
    sorted_rows = due.without_texts().order_by(waits_first, "promised_by", "received_at")
    rows = [_row(row, now, names_holder=False) for row in sorted_rows[:MAX_ROWS]]
    count = due.count() + bool(later)
    if later:
        link = reverse("admin:intake_submission_changelist") + "?holder=me&due=later"
        rows.append({"text": f"{later} to call back later", "link": link, "note": "", "is_late": False})
    return {"title": "Claimed by me", "rows": rows, "count": count}


def _row(submission, now, *, names_holder=True):
    state = due_words(submission, now)
    words = [state.text, submission.get_reason_display()]
    if submission.language != Language.ENGLISH:
        words.append(submission.get_language_display())
    if names_holder and submission.claimed_by:
        words.append(f"claimed by {submission.claimed_by.get_username()}")
    return {
        "text": submission.spoken_reference,
        "link": reverse("admin:intake_submission_change", args=[submission.pk]),
        "note": " · ".join(words),
        "is_late": state.is_late,
        "reference": submission.reference,
    }


def _spam():
    count = SuspectedSpam.objects.filter(status=Status.SPAM).count()
    text = f"{count} message{'s' if count > 1 else ''} to review"
    return _one_line("Suspected spam", count, text, "admin:intake_suspectedspam_changelist")


def _flood(now):
    count = Submission.objects.filter(received_at__gt=now - HOUR).count()
    text = f"{count} messages came within an hour: notices come as digests until it is over"
    is_flood = count > MAX_PER_HOUR
    return _one_line("Flood", is_flood, text, "admin:intake_submission_changelist", is_late=True)


def _alarms():
    count = delivery.overdue().count()
    text = (
        f"{count} notice{'s' if count > 1 else ''} waiting for more than 15 minutes: see why and send again"
    )
    return _one_line("Failed notices", count, text, "admin:intake_notification_changelist", is_late=True)


def _refused(user):
    """For owners, who can correct an address."""
    count = refusals.refused_accounts().count() if user.has_perm("intake.change_intakesettings") else 0
    text = f"{count} staff email address{'es' if count > 1 else ''} refused by the mail server"
    return _one_line(
        "Notices that do not arrive", count, text, "admin:intake_noticepreference_changelist", is_late=True
    )


def _one_line(title, count, text, view, *, is_late=False):
    row = {"text": text, "link": reverse(view), "note": "", "is_late": is_late}
    return {"title": title, "rows": [row] if count else [], "count": 1}
