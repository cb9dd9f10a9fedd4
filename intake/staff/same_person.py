"""Several messages of one person: confirmed by staff, worked as one from then on, separable again.

Called by the admin. Messages with a number or an address in common are only offered: families share phones,
so nothing is joined by itself. Joined messages stay apart for their senders: each keeps its own reference,
words and contact details. The verbs of workflow.py take a step for all of them (see steps.py).
"""

import uuid

from django.db import transaction
from django.db.models import Q

from intake.models import Status, Submission, TimelineEvent
from intake.staff import steps
from intake.staff.steps import StepRefusedError

Kind = TimelineEvent.Kind


@transaction.atomic
def confirm(submission, other, *, by):
    """Note that one person wrote both. Whoever has claimed one of them has all of them from now on."""
    row, other, rows = _locked(submission, other)
    if row.pk == other.pk or (row.person and row.person == other.person):
        raise StepRefusedError("These messages are worked as one already.")
    waiting = [each for each in rows if each.status in Status.claimable()]
    if len({each.claimed_by_id for each in waiting} - {None}) > 1:
        raise StepRefusedError(
            "Two of you have one of these messages each. Hand one over, or take the other over, first."
        )
    person = row.person or other.person or uuid.uuid4()
    for each in rows:
        each.person = person
        each.save(update_fields=["person"])
    for each in waiting:
        if each.claimed_by_id is None:
            steps.share_claim(each, waiting, by=by)
    steps.record(row, by, Kind.SAME_PERSON, other.spoken_reference)
    steps.record(other, by, Kind.SAME_PERSON, row.spoken_reference)
    return row


def _locked(submission, other):
    """Lock both, with what is joined to them already, in the order of all locks."""
    keys = [submission.pk, other.pk]
    persons = Submission.objects.filter(pk__in=keys, person__isnull=False).values("person")
    rows = Submission.objects.select_for_update().filter(Q(pk__in=keys) | Q(person__in=persons))
    found = {row.pk: row for row in rows.order_by("pk")}
    return found[submission.pk], found[other.pk], list(found.values())


@transaction.atomic
def separate(submission, *, by):
    """Take a message out again: somebody else wrote it. Its history and its claim stay as they are."""
    row = steps.locked(submission)[0]
    if row.person is None:
        raise StepRefusedError("This message is not joined with another one.")
    others = list(others_of(row))
    for each in [row, *others] if len(others) < 2 else [row]:  # nobody is the same person as nobody
        each.person = None
        each.save(update_fields=["person"])
    for each in others:
        steps.record(each, by, Kind.SEPARATED, row.spoken_reference)
        steps.record(row, by, Kind.SEPARATED, each.spoken_reference)
    return row


def others_of(submission):
    """Return the other messages of the same person, newest first."""
    return Submission.objects.of_person(submission).exclude(pk=submission.pk).order_by("-received_at")
