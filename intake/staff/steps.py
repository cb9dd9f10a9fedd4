"""The small steps on locked rows that the verbs are made of, and which status may follow which.

The other open messages of the same person (same_person.py) are locked with a message: they are worked as one.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from intake.models import Notification, Status, Submission, TimelineEvent

Kind = TimelineEvent.Kind
IDLE_CLAIM = timedelta(hours=4)  # in office hours or not: then somebody else may take it
SHORTEST_CLAIM = timedelta(minutes=15)  # a call takes that long, however little is left of the promise
DANGER_CLAIM = timedelta(minutes=30)  # a person in danger does not wait for somebody who went away

# From which status to which; everything else is refused.
ALLOWED = {
    Status.NEW: {Status.CLAIMED, Status.CLOSED, Status.SPAM},
    Status.CLAIMED: {Status.NEW, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.TRIED: {Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.REACHED: {Status.REACHED, Status.REFERRED, Status.CLOSED, Status.TRIED},
    Status.REFERRED: {Status.REFERRED, Status.REACHED, Status.CLOSED, Status.TRIED},
    Status.CLOSED: {Status.CLAIMED},
    Status.SUSPECTED: {Status.NEW, Status.SPAM},
    Status.SPAM: {Status.NEW},
}
EVENTS = {  # what move() adds to the timeline
    (Status.SUSPECTED, Status.NEW): Kind.NOT_SPAM,
    (Status.SPAM, Status.NEW): Kind.NOT_SPAM,
    (Status.CLOSED, Status.CLAIMED): Kind.REOPENED,
}


class StepRefusedError(Exception):
    """The step is not allowed now; the text says why, in words for staff."""


class DoubtfulStepError(StepRefusedError):
    """The step looks like a mistake: it is taken when `answer` comes with it, and a reason if it asks why."""

    def __init__(self, text, *, answer="is_meant", tick="Yes, I tried once more", asks_why=False):
        super().__init__(text)
        self.answer, self.tick, self.asks_why = answer, tick, asks_why


class InDangerError(DoubtfulStepError):
    """The message would leave everybody's list, although nobody has reached a person who may be in danger."""


def locked(submission):
    """Lock a message and the other open ones of its person; return them, the message itself first."""
    person = Submission.objects.values_list("person", flat=True).get(pk=submission.pk)
    rows = _lock(submission.pk, person)
    if rows[0].person != person:  # a colleague confirmed it, or took it back, a moment ago
        rows = _lock(submission.pk, rows[0].person)
    return rows


def _lock(key, person):
    """Always in one order: two colleagues with two messages of a person must not wait for each other."""
    is_wanted = Q(pk=key) | (Q(person=person, status__in=Status.claimable()) if person else Q())
    rows = Submission.objects.select_for_update().filter(is_wanted).order_by("pk")
    return sorted(rows, key=lambda row: row.pk != key)


def locked_and_claimable(submission):
    """Refuse a message that nobody needs to hold: a page can be older than a colleague's step."""
    rows = locked(submission)
    if rows[0].status not in Status.claimable():
        status = rows[0].get_status_display().lower()
        raise StepRefusedError(f"This message is {status}, so nobody can claim it.")
    return rows


def record(submission, by, kind, detail=""):
    TimelineEvent.by(by, submission=submission, kind=kind, detail=detail).save()


def move(submission, status):
    """Set `status` on the locked row, or refuse."""
    if status not in ALLOWED[submission.status]:
        is_now, wanted = submission.get_status_display().lower(), Status(status).label.lower()
        raise StepRefusedError(f"A message that is {is_now} cannot become {wanted}.")
    submission.status, submission.status_changed_at = status, timezone.now()


def stop_alarms(submission):
    """Somebody takes care of it: no need to notify a second person."""
    submission.notifications.filter(kind=Notification.Kind.ALARM, sent_at=None).delete()


def hold(submission, holder, *, is_handed_over=False):
    """Make `holder` the one who answers, from now until the claim counts as idle."""
    if submission.status == Status.NEW:
        move(submission, Status.CLAIMED)
    submission.claimed_by, submission.is_handed_over = holder, is_handed_over
    renew(submission)


def renew(submission):
    """The holder is active. An idle claim ends while there is still time for somebody else to answer."""
    now = timezone.now()
    span = IDLE_CLAIM
    if submission.status in Status.untried() and submission.promised_by:
        span = max(SHORTEST_CLAIM, min(span, (submission.promised_by - now) / 2))
    if submission.is_not_reached_in_danger:
        span = min(span, DANGER_CLAIM)
    submission.claimed_at, submission.claim_ends_at = now, max(now, submission.due_at) + span


def give(rows, holder, *, by, kind, detail="", is_handed_over=False):
    """Make `holder` the one who answers `rows`; the timeline says so unless they had it already."""
    for row in rows:
        is_news = row.claimed_by_id != holder.pk or kind != Kind.CLAIMED
        hold(row, holder, is_handed_over=is_handed_over)
        row.save()
        stop_alarms(row)
        if is_news:
            record(row, by, kind, detail)


def share_claim(row, others, *, by):
    """Let a message that is open again be worked with the `others` of its person: by who has those."""
    holder = next((other.claimed_by for other in others if other.claimed_by), None)
    if holder:
        hold(row, holder, is_handed_over=holder != by)
        row.save()


def let_go(submission):
    submission.claimed_by = submission.claimed_at = submission.claim_ends_at = None
    submission.is_handed_over = False


def stay_with(submission, by):
    """Renew the claim if it is the holder who acts."""
    if submission.claimed_by_id == by.pk:
        renew(submission)


def plan(submission, due_at, is_waiting_for_them=False):
    """Say when the message comes back to a list; now, unless that is later."""
    submission.due_at = max(due_at or timezone.now(), timezone.now())
    submission.is_waiting_for_them = is_waiting_for_them
