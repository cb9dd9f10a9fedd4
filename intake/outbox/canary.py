"""Test messages: from the form over the database to the mail server, daily and when staff want one.

vtc_site/canary.py sends them, receiving/storing.py recognizes them, delivery.py mails them like any notice.
One is recognized by a token that works once and is kept as a hash only: a forged one is an ordinary message.
It is stored closed, so it is on nobody's list, and deleted once the mail server has taken its mail.
"""

import hashlib
import logging
import re
import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from intake.models import Canary, DailyChore, Notification, Submission
from intake.outbox import emails

logger = logging.getLogger(__name__)

TOKEN_BYTES = 24
WORDS = "Test message "
TEXT = re.compile(f"{WORDS}([0-9a-f]{{{2 * TOKEN_BYTES}}})")
DAY = timedelta(days=1)
MAX_WAIT = timedelta(minutes=15)  # from the wish to the mail; longer is an alarm
MAX_AGE = timedelta(days=2)  # of the last proof
KEPT_FOR = timedelta(days=30)


def want(by=None):
    """Ask for a test message; the background thread sends it. `by` gets its mail."""
    return Canary.objects.create(wanted_by=by)


def want_daily():
    """Ask for one each day, in one of all processes. The first start only sets the clock."""
    now = timezone.now()
    chore, _ = DailyChore.objects.get_or_create(name="canary", defaults={"done_at": now})
    is_due = not timedelta() <= now - chore.done_at < DAY
    if is_due and DailyChore.objects.filter(pk=chore.pk, done_at=chore.done_at).update(done_at=now):
        want()
    old = Canary.objects.filter(wanted_at__lt=now - KEPT_FOR)
    Submission.objects.filter(canary__in=old).delete()
    old.delete()


def take_wanted():
    """Yield the text to send for each test message that this process takes."""
    for row in Canary.objects.filter(launched_at=None):
        token = secrets.token_hex(TOKEN_BYTES)
        mine = Canary.objects.filter(pk=row.pk, launched_at=None)
        if mine.update(launched_at=timezone.now(), token_hash=_hash(token)):
            yield WORDS + token


def spend(text):
    """Return the Canary whose token is in `text`, once; None for every other message."""
    found = TEXT.fullmatch(text)
    if not found:
        return None
    now = timezone.now()
    rows = Canary.objects.filter(token_hash=_hash(found[1]), launched_at__gt=now - MAX_WAIT)
    row = rows.first()
    return row if row and rows.update(token_hash="", received_at=now) else None


def stored(row, submission):
    """Plan the mail of a test message. Runs in the transaction of storing.py."""
    Canary.objects.filter(pk=row.pk).update(submission=submission)
    Notification.objects.create(submission=submission, kind=Notification.Kind.TEST)


def conclude():
    """Note what the mail server has taken, delete its message, and alarm for what did not come through."""
    sent = Notification.objects.filter(kind=Notification.Kind.TEST, sent_at__isnull=False)
    for notice in sent.select_related("submission__canary").only("sent_at", "submission__canary"):
        Canary.objects.filter(submission=notice.submission_id).update(mailed_at=notice.sent_at)
        Submission.objects.filter(pk=notice.submission_id).delete()
    for row in _lost().filter(alarmed_at=None):
        if Canary.objects.filter(pk=row.pk, alarmed_at=None).update(alarmed_at=timezone.now()):
            logger.error("ALARM: a test message did not come through. %s", where_it_stopped(row))
            emails.send(emails.test_failed(where_it_stopped(row), mail_key=uuid.uuid4()))


def problem():
    """Return a sentence when the newest test message was lost, or none was sent for days; else ""."""
    newest = Canary.objects.exclude(wanted_at__gt=timezone.now() - MAX_WAIT, mailed_at=None).first()
    if newest is None:
        return ""
    if not newest.mailed_at:
        return f"A test message did not come through. {where_it_stopped(newest)}"
    is_old = newest.mailed_at < timezone.now() - MAX_AGE and not settings.DEBUG
    return "No test message was sent for two days: the background thread hangs." if is_old else ""


def where_it_stopped(row):
    """Say in a sentence how far a test message got."""
    if not row.launched_at:
        return "The background thread did not send it."
    if not row.received_at:
        return "The form did not take it."
    if not row.submission_id:
        return "It was not stored."
    return "It is stored, but the mail server has not taken its email."


def _lost():
    return Canary.objects.filter(mailed_at=None, wanted_at__lt=timezone.now() - MAX_WAIT)


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
