"""Stores a message: whole or not at all, once for all copies of it. Called by views.send_message.

readiness.py has it rehearse every minute.
"""

import json
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from intake import client_address, daily_counts, reply_times
from intake.encryption import keyed_hashes
from intake.models import (
    Addition,
    Canary,
    ContactDetail,
    Danger,
    KeyCheck,
    Notification,
    Status,
    Submission,
    TimelineEvent,
)
from intake.outbox import canary, receipts, wakeup
from intake.receiving import newest_message
from intake.receiving.batching import GroupCommit
from intake.staff import calling_off

# How long the same text from the same person counts as sent by mistake (a reload, a second tap, a phone that
# opens yesterday's tab) and not as a reminder.
REPEAT_WINDOW = timedelta(hours=24)
SAME_REFERENCE = timedelta(minutes=2)  # a second tap, or a retry after a lost answer
POSTGRESQL_TERMS = """
    SELECT set_config('lock_timeout', '4s', true),
           set_config('statement_timeout', '5s', true),
           set_config('synchronous_commit',
                      coalesce(nullif(current_setting('synchronous_commit'), 'off'), 'on'), true)
"""
MAX_READ = 20  # newer messages whose words are compared with those of a possible copy
MAX_PER_NETWORK = 30  # messages a day: a clinic or a library shares one address
SAMPLE_NETWORK = "192.0.2.1"  # of documentation (RFC 5737): nobody writes from there
Kind = Notification.Kind
COLUMNS = {field.name for field in Submission._meta.concrete_fields}


class UnknownFieldError(Exception):
    """The form asks for something that Submission cannot store. Nothing is thrown away in silence."""


@dataclass(frozen=True)
class _Arrival:
    """A message on its way to the disk."""

    details: dict  # of the Submission
    looked_up: list  # fingerprints under which the same message may be there
    address: str  # of the network it came from, or empty
    logged_by: AbstractBaseUser | None
    canary: Canary | None


def receive(*, written, origin, signs=(), address="", danger="", logged_by=None):
    """Store what was `written` (MessageForm.written) and return its Submission, on disk.

    Its `sent_reference` is the one to show to the sender.

    The same text within REPEAT_WINDOW returns the row that is there, also when copies arrive at the same
    moment. With a new row comes, in the same transaction, the Notification that makes staff hear of it.
    `signs` of spam and words of `danger` only label it; the network `address` is counted and not kept.
    `logged_by` is the member of staff who took a call or a visit. Raises UnknownFieldError for a field that
    has no column.
    """
    if unknown := written.keys() - COLUMNS:
        raise UnknownFieldError(", ".join(sorted(unknown)))
    fingerprints = keyed_hashes("fingerprint", _content(written))
    details = {**written, **_search_hashes(written), **_label(signs), **_times()}
    details |= {
        "origin": origin,
        "danger": danger,
        "danger_shown": Danger.NONE if logged_by else danger,
        "is_logged_by_staff": logged_by is not None,
        "fingerprint": fingerprints[0],
    }
    # The newest is unique: storing it again fails, so no query is needed first.
    test = canary.spend(written["message"])
    details |= {"status": Submission.Status.CLOSED} if test else {}
    arrival = _Arrival(details, fingerprints[1:], address, logged_by, test)
    for _ in range(3):
        try:
            return _group_commit.run(arrival)
        except IntegrityError:
            # The same message is there; or, once in some billion, the reference: then another one is drawn.
            arrival = replace(arrival, looked_up=fingerprints)
    raise IntegrityError("no free reference was found")


@transaction.atomic
def rehearse():
    """Store a message as any other, and take it back: the tables themselves say whether they take one.

    A migration of a newer release may have added a column that wants a value which this code does not give.
    """
    sample = {"message": secrets.token_hex(), "origin": Submission.Origin.UNKNOWN, **_times()}
    sample["fingerprint"] = keyed_hashes("fingerprint", sample["message"])[0]
    _store([_Arrival(sample, [], SAMPLE_NETWORK, None, None)])
    transaction.set_rollback(True)


def _content(written):
    """Return what makes two messages the same: everything but the wish for a receipt."""
    return json.dumps({name: written[name] for name in written if name != "email_copy"}, sort_keys=True)


@transaction.atomic
def _store(arrivals):
    """Store `arrivals` and return for each its Submission: a new one, or the earlier copy of the message."""
    _set_terms()
    KeyCheck.prove()
    found = [_earlier_copy(arrival) or Submission(**arrival.details) for arrival in arrivals]
    new = [pair for pair in zip(found, arrivals, strict=True) if pair[0].pk is None]
    # In one order, so that two processes with the same copies do not deadlock.
    new.sort(key=lambda pair: pair[0].fingerprint)
    _insert(new)
    for submission in found:
        submission.sent_reference = _reference_for_sender(submission)
    return found


_group_commit = GroupCommit(_store)


def _reference_for_sender(submission):
    """Return the reference to show: a later copy gets its own, since somebody else may have sent it."""
    since = timezone.now() - SAME_REFERENCE
    if submission.received_at >= since:
        return submission.reference
    copies = submission.copy_references
    return (copies.filter(at__gte=since).first() or copies.create()).reference


def _insert(new):
    submissions = _insert_rows([submission for submission, _ in new])
    Notification.objects.bulk_create(
        Notification(submission=submission, kind=Kind.DANGER if submission.danger else Kind.NEW)
        for submission, arrival in new
        if not arrival.canary
    )
    for submission, arrival in new:
        if arrival.canary:
            canary.stored(arrival.canary, submission)
    TimelineEvent.objects.bulk_create(
        TimelineEvent.by(arrival.logged_by, submission=submission, kind=TimelineEvent.Kind.LOGGED)
        for submission, arrival in new
        if arrival.logged_by
    )
    receipts.plan([(submission, arrival.address) for submission, arrival in new])
    _count([(submission, arrival.address) for submission, arrival in new if arrival.address])
    if submissions:
        newest = max(submission.pk for submission in submissions)
        transaction.on_commit(lambda: newest_message.note(newest), robust=True)
        transaction.on_commit(wakeup.wake, robust=True)  # they are stored, whatever becomes of the thread


def _insert_rows(submissions):
    """Store the rows; raise IntegrityError if the same message, or a reference, is there already.

    The database itself must not raise it: PostgreSQL writes a refused statement into its log, text and all.
    """
    Submission.objects.bulk_create(submissions, ignore_conflicts=True)
    references = [submission.reference for submission in submissions]
    rows = Submission.objects.filter(reference__in=references).values_list("reference", "fingerprint", "pk")
    keys = {(reference, fingerprint): pk for reference, fingerprint, pk in rows}
    for submission in submissions:
        submission.pk = keys.get((submission.reference, submission.fingerprint))
        if submission.pk is None:
            raise IntegrityError("the same message or reference is there")
        submission._state.adding = False
    return submissions


def _count(sent):
    """Count them for their networks, last: others of a network wait from here until these are on disk.

    The count alone moves nothing to suspected spam: a shelter, or everybody behind one proxy, is one network.
    """
    networks = [client_address.network(address) for _, address in sent]
    numbers = daily_counts.count_today("sender", networks)
    for (submission, _), number in zip(sent, numbers, strict=True):
        if number > MAX_PER_NETWORK:
            reasons = filter(None, [submission.suspected_spam_reason, "many messages from one network today"])
            Submission.objects.filter(pk=submission.pk).update(suspected_spam_reason=_reason(reasons))


def _times():
    """Return when it arrived, and by when the person is promised an answer."""
    now = timezone.now()
    return {"received_at": now, "due_at": now, **reply_times.promise_if_possible(now)}


def _set_terms():
    """Have PostgreSQL answer while the person still waits, and commit to the disk whatever its default is.

    SQLite has its terms in settings, for every transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(POSTGRESQL_TERMS)


def _earlier_copy(arrival):
    """Return the row of the same message that nobody has acted on yet. Any other one may be sent again.

    That is one outside the window (or from a wrong future), one whose sender was called, reached or not, one
    called spam, unless the copy looks like spam too, and one after which the sender said something else: who
    writes again after that is answered.
    The old row loses its fingerprint by its primary key, never by the fingerprint: another process may just
    have stored the new copy under it.
    """
    if not arrival.looked_up:
        return None
    rows = Submission.objects.filter(fingerprint__in=arrival.looked_up)
    earlier = rows.only("reference", "received_at", "status", *calling_off.SHARED).first()
    if earlier is None or _is_twin(earlier, arrival.details):
        return earlier
    Submission.objects.filter(pk=earlier.pk).update(fingerprint=None)
    return None


def _is_twin(earlier, details):
    is_recent = abs(timezone.now() - earlier.received_at) <= REPEAT_WINDOW
    is_left_alone = earlier.status in (*Status.untried(), details.get("status", Status.NEW))
    return is_recent and is_left_alone and not _said_more(earlier, details)


def _said_more(earlier, details):
    """Whether the sender of `earlier` called it off or sent another message since: the copy takes that back.

    Who corrected the number, and corrects it back, is known by the words beside it.
    """
    called_off_at = calling_off.since(earlier)
    if called_off_at and called_off_at >= earlier.received_at:
        return True
    newer = Submission.objects.filter(pk__gt=earlier.pk)
    same = {name: details[name] for name in ("phone_hash", "email_hash") if details[name]}
    if any(newer.filter(**{name: value}).exists() for name, value in same.items()):
        return True
    newest = newer.only("message").order_by("-pk")[:MAX_READ] if details["message"] else []
    return any(each.message == details["message"] for each in newest)


def _reason(reasons):
    return ", ".join(reasons).capitalize()


def _label(reasons):
    reason = _reason(reasons)
    return {"status": Submission.Status.SUSPECTED, "suspected_spam_reason": reason} if reason else {}


def _search_hashes(written):
    return {
        "phone_hash": next(iter(Submission.phone_hashes(written["phone"])), ""),
        "email_hash": next(iter(Submission.email_hashes(written["email"])), ""),
    }


def renew_search_hashes():
    """Hash numbers and addresses with the newest key, and return how many rows needed it.

    Run after a change of keys: without the old key its hashes find nothing any more. Safe to repeat.
    """
    count = 0
    rows = Submission.objects.exclude(phone_hash="", email_hash="").only(
        "phone", "email", "phone_hash", "email_hash"
    )
    for row in rows.iterator(chunk_size=200):
        hashes = _search_hashes({"phone": row.phone, "email": row.email})
        if hashes != {"phone_hash": row.phone_hash, "email_hash": row.email_hash}:
            count += Submission.objects.filter(pk=row.pk).update(**hashes)
    return count + _renew_added(ContactDetail, "value") + _renew_added(Addition, "text")


def _renew_added(model, field):
    """Do the same for the numbers and addresses that were added later."""
    count = 0
    for row in model.objects.exclude(value_hash="").iterator(chunk_size=200):
        value_hash = Submission.contact_hashes(row.kind, getattr(row, field))[0]
        if value_hash != row.value_hash:
            count += model.objects.filter(pk=row.pk).update(value_hash=value_hash)
    return count
