"""What senders do with their own message later: add, correct, call off, ask, delete. For own_message_views.

A message is found by its reference together with a contact detail. Nothing that is stored is ever shown. Who
has the reference of a copy may not be the person who wrote first: such a reference says and deletes less.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake import client_address, daily_counts, reply_times, retention, typed_text
from intake.models import (
    Addition,
    CopyReference,
    Danger,
    Deletion,
    Notification,
    Status,
    Submission,
    TimelineEvent,
)
from intake.outbox import danger_alarms, wakeup
from intake.staff import steps
from intake.typed_text.contact_details import FEWEST_DIGITS, digits_of_each_number, normal_email, normal_phone

# Look-ups a day that found nothing, for a network and for a reference. Who knows the whole number is let in
# when others used up the tries with four digits: whoever finds the reference must not lock its writer out.
MAX_WRONG = {"wrong look-up": 20, "wrong look-up, whole": 200}
WHOLE_DIGITS = 7  # a number without its area code
MAX_ADDED = 30  # texts and details in a day, for one message
WORDS = {
    Status.NEW: _("received"),
    Status.SUSPECTED: _("received"),
    Status.SPAM: _("received"),
    Status.CLAIMED: _("being worked on"),
    Status.TRIED: _("we tried to reach you"),
    Status.CLOSED: _("closed"),
}
Kind = Addition.Kind


class TooManyError(Exception):
    """Too many look-ups from one network, or of one reference, found nothing today."""


class AddedTooMuchError(Exception):
    """So much was added to this message today that staff could not read it."""


@dataclass(frozen=True)
class Own:
    """A message as its sender has it: the row, and the reference they were given."""

    submission: Submission
    reference: str

    @property
    def is_copy(self):
        """Whether the reference is of a copy, perhaps of somebody else."""
        return self.reference != self.submission.reference


def with_reference(reference):
    """Return the message of a reference that a token proves, or None when it is gone."""
    submission = Submission.objects.filter(reference=reference).first()
    if submission is None:
        copy = CopyReference.objects.filter(reference=reference).select_related("submission").first()
        submission = copy and copy.submission
    return submission and Own(submission, reference)


@transaction.atomic
def find(reference, contact, *, address):
    """Return the message with this reference and contact detail, or None. Raises TooManyError."""
    keys = [f"reference {reference}", *([f"network {client_address.network(address)}"] if address else [])]
    counted = "wrong look-up, whole" if is_whole(contact) else "wrong look-up"
    if any(daily_counts.number_today(counted, key) >= MAX_WRONG[counted] for key in keys):
        raise TooManyError
    own = with_reference(reference)
    if own and _is_theirs(own, contact):
        return own
    daily_counts.count_today(counted, sorted(keys))
    return None


def _is_theirs(own, contact):
    added = own.submission.additions.filter(reference=own.reference, kind__in=(Kind.PHONE, Kind.EMAIL))
    details = [own.submission.phone, own.submission.email, *(each.text for each in added)]
    return any(_is_same(contact, detail) for detail in details if detail)


def is_whole(contact):
    """Whether `contact` is more than an end of a number, which could be guessed."""
    return "@" in contact or len(typed_text.digits(contact)) >= WHOLE_DIGITS


def _is_same(typed, stored):
    """Whether `typed` is the detail that is stored, or the end of a number in it."""
    if typed_text.folded(typed) == typed_text.folded(stored):
        return True  # as it was given: not everybody's number is one that can be read
    if "@" in typed or "@" in stored:
        return normal_email(typed) == normal_email(stored)
    end = typed_text.digits(typed)
    if len(end) < FEWEST_DIGITS:
        return False
    return normal_phone(typed) == normal_phone(stored) or any(
        each.endswith(end) for each in digits_of_each_number(stored)
    )


@transaction.atomic
def add(own, *, text="", phone="", email="", is_called_off=False, danger=""):
    """Store what was added and tell staff. A finished message is open again; a calling off closes nothing.

    Raises AddedTooMuchError for more than MAX_ADDED in a day; a calling off and words of danger get in.
    """
    added = {Kind.TEXT: text, Kind.PHONE: phone, Kind.EMAIL: email}
    rows = [_addition(own, kind, words) for kind, words in added.items() if words]
    for row in rows:
        row.danger = danger if row.kind == Kind.TEXT else Danger.NONE
    if rows:
        if _added_today(own) + len(rows) > MAX_ADDED and not (is_called_off or danger):
            raise AddedTooMuchError
        _reopen(own.submission)
    if is_called_off:
        rows.append(_addition(own, Kind.CALL_OFF))
    Addition.objects.bulk_create(rows)
    _tell_staff(own.submission, danger, is_called_off)


def _added_today(own):
    since = timezone.now() - timedelta(days=1)
    return own.submission.additions.exclude(kind=Kind.CALL_OFF).filter(at__gt=since).count()


def _addition(own, kind, words=""):
    value_hash = next(iter(Submission.contact_hashes(kind, words)), "")
    return Addition(
        submission=own.submission, reference=own.reference, kind=kind, text=words, value_hash=value_hash
    )


def _reopen(submission):
    now = timezone.now()
    changes = {
        "status": Status.NEW,
        "status_changed_at": now,
        "due_at": now,
        "claimed_by": None,
        "claimed_at": None,
        "claim_ends_at": None,
        "is_waiting_for_them": False,
    }
    promise = reply_times.promise_if_possible(now)
    row = Submission.objects.filter(pk=submission.pk)
    if row.filter(status=Status.CLOSED).update(**changes, outcome="", **promise):
        reopened, *others = steps.locked(submission)
        steps.share_claim(reopened, others, by=None)
    row.filter(status__in=Status.after_a_try()).update(due_at=now, is_waiting_for_them=False)


def _tell_staff(submission, danger, is_called_off):
    if danger:
        row = Submission.objects.select_for_update().only("danger").get(pk=submission.pk)
        row.danger = Danger.together(row.danger, danger)
        row.save(update_fields=["danger"])
        # They wait for somebody again, whatever was done before.
        Submission.objects.filter(pk=submission.pk, status__in=Status.after_a_try()).update(
            status=Status.TRIED
        )
    kinds = {
        Notification.Kind.DANGER: danger,
        Notification.Kind.CALLED_OFF: is_called_off,
        Notification.Kind.ADDED: not (danger or is_called_off),
    }
    for kind in (kind for kind, is_asked in kinds.items() if is_asked):
        waiting = submission.notifications.filter(kind=kind, sent_at=None, attempts=0)
        if not waiting.select_for_update().first():  # held: no mail goes out before this is stored
            Notification.objects.create(submission=submission, kind=kind)
    TimelineEvent.by(None, submission=submission, kind=TimelineEvent.Kind.ADDED_TO).save()
    transaction.on_commit(wakeup.wake, robust=True)


def status_word(own):
    """Return one word on where the message is. A copy's reference tells nothing of the first message."""
    if own.is_copy:
        return WORDS[Status.NEW]
    return WORDS.get(own.submission.status, WORDS[Status.CLAIMED])


@transaction.atomic
def delete(own):
    """Delete the message, or what a copy added, and return whether; one on hold stays.

    One with words of danger that nobody has opened is emptied and keeps its alarm: somebody may be dying.
    """
    row = Submission.objects.select_for_update().get(pk=own.submission.pk)
    if own.is_copy:
        row.additions.filter(reference=own.reference).delete()
        row.copy_references.filter(reference=own.reference).delete()
    elif row.is_on_hold:
        return False
    else:
        _delete_row(row)
    Deletion.objects.get_or_create(reference=own.reference)
    retention.forget_deleted()
    return True


def _delete_row(row):
    if not danger_alarms.unopened().filter(pk=row.pk).exists():
        row.delete()
        return
    for name in (*Submission.encrypted_names(), "phone_hash", "email_hash"):
        setattr(row, name, "")
    row.fingerprint = None
    row.save()
    row.additions.all().delete()
    row.copy_references.all().delete()
    row.notes.all().delete()
    TimelineEvent.by(None, submission=row, kind=TimelineEvent.Kind.DELETED).save()


def delete_again(deletions):
    """After a backup came back: remember `deletions`, and delete once more all that senders had deleted."""
    Deletion.objects.bulk_create(deletions, ignore_conflicts=True)
    for reference in Deletion.objects.values_list("reference", flat=True):
        if own := with_reference(reference):
            if not own.is_copy and own.submission.is_on_hold:
                continue  # put on hold afterwards, by the law
            delete(own)
