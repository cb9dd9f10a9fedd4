"""The lists of messages on the admin's start page. Called by vtc_site/admin_site.py.

`items(user)` returns lists in the form that templates/admin/start_page/list.html shows. Every message shown
enters the access log.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from intake import retention
from intake.models import AccessLogEntry, Language, Submission
from intake.outbox import delivery, refusals
from intake.reply_times import Office
from intake.staff import access_log, calling_off, work_lists
from intake.staff.due import of as due_words

MAX_ROWS = 20
HOUR = timedelta(hours=1)
MAX_PER_HOUR = 60  # beyond, it is more than people send


def items(user):
    """Return the lists that `user` may see; an empty one is left out. Constant queries."""
    if not user.has_perm("intake.view_submission"):
        return []
    now = timezone.now()
    lists = [_hours_missing(), _flood(now), _failed_notices(), _refused(user), _needs_action(user, now)]
    lists += [_claimed_by_me(user, now), _later(now), _spam(), _deleted_soon(now)]
    shown = [row["reference"] for each in lists for row in each["rows"] if "reference" in row]
    access_log.record(user, AccessLogEntry.Kind.LIST, *shown)
    return [each for each in lists if each["rows"]]


def _hours_missing():
    is_missing = not Office.current().hours
    text = (
        "Office hours are missing: people who write are promised no time,"
        " and alarms go by Monday to Friday, 9 to 5"
    )
    return _one_line(
        "Not set up yet", int(is_missing), text, "admin:intake_officehours_changelist", is_late=True
    )


def _needs_action(user, now):
    due = work_lists.needs_action(now, user)
    late = due.filter(work_lists.is_overdue(now)).one_a_person().count()
    intro = f"{late} overdue, shown in red." if late else ""
    rows = _rows(due, now, link="due=now", names_holder=True)
    return {"title": "Needs action now", "intro": intro, "action": _next_message(), **rows}


def _next_message():
    url = reverse("admin:intake_submission_next")
    return {"url": url, "label": "Next message", "hint": "Earliest promise first, claimed for you."}


def _claimed_by_me(user, now):
    """My messages: those that need action, and how many come back later."""
    mine = work_lists.held_by(user)
    found = _rows(mine.filter(work_lists.is_due(now)).by_urgency(), now, link="holder=me")
    if later := mine.filter(work_lists.waits_for_later(now)).one_a_person().count():
        row = {"text": f"{later} for later", "link": f"{_list()}?holder=me&due=later", "note": ""}
        found["rows"].append({**row, "is_late": False})
    return {"title": "Claimed by me", **found}


def _rows(messages, now, *, link, names_holder=False):
    """Return the first rows of a list, one a person, how many there are, and where the rest is."""
    messages = messages.one_a_person()
    count = messages.count()
    shown = messages.with_number_of_person().select_related("claimed_by").without_texts()[:MAX_ROWS]
    rows = [_row(row, now, names_holder=names_holder) for row in calling_off.mark(shown)]
    more = {"link": f"{_list()}?{link}", "text": f"All {count}"} if count > MAX_ROWS else None
    return {"rows": rows, "count": count, "more": more}


def _row(submission, now, *, names_holder=True):
    state = due_words(submission, now)
    words = [state.text, submission.get_reason_display()]
    if submission.language != Language.ENGLISH:
        words.append(submission.get_language_display())
    if (submission.of_person or 1) > 1:
        words.append(f"{submission.of_person} messages of this person")
    if submission.is_handed_over and not names_holder:
        words.append("handed to you")
    if names_holder and submission.claimed_by:
        words.append(f"claimed by {submission.claimed_by.get_username()}")
    return {
        "text": submission.spoken_reference,
        "link": reverse("admin:intake_submission_change", args=[submission.pk]),
        "note": " · ".join(words),
        "is_late": state.is_late,
        "reference": submission.reference,
    }


def _later(now):
    """What nobody holds and comes back by itself."""
    count = work_lists.common().filter(work_lists.waits_for_later(now)).one_a_person().count()
    text = f"{count} to take up later"
    return _one_line(
        "Waiting for later",
        count,
        text,
        "admin:intake_submission_changelist",
        query="?holder=nobody&due=later",
    )


def _spam():
    count = work_lists.suspected().count()
    text = f"{count} message{'s' if count > 1 else ''} to review"
    return _one_line("Suspected spam", count, text, "admin:intake_suspectedspam_changelist")


def _deleted_soon(now):
    count = retention.soon_expired(now).count()
    text = f"{count} message{'s' if count > 1 else ''} within a week: look first, and keep what you need"
    return _one_line(
        "To be deleted", count, text, "admin:intake_submission_changelist", query="?due=deleted-soon"
    )


def _flood(now):
    count = Submission.objects.filter(received_at__gt=now - HOUR).count()
    text = f"{count} messages came within an hour: notices come as digests until it is over"
    is_flood = count > MAX_PER_HOUR
    return _one_line("Flood", is_flood, text, "admin:intake_submission_changelist", is_late=True)


def _failed_notices():
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


def _list():
    return reverse("admin:intake_submission_changelist")


def _one_line(title, count, text, view, *, query="", is_late=False):
    row = {"text": text, "link": reverse(view) + query, "note": "", "is_late": is_late}
    return {"title": title, "rows": [row] if count else [], "count": 1}
