"""The verbs on how a person may be reached: another wish, another number or address, an agreement.

Called by the admin. Rows are only added; `by` is the member of staff who acts.
"""

from django.db import transaction

from intake import typed_text
from intake.models import (
    Agreement,
    ContactDetail,
    IntakeSettings,
    MayContact,
    Note,
    ReplyBy,
    Submission,
    Voicemail,
    Wish,
    YesNo,
)
from intake.outbox import replies, wakeup
from intake.staff import contact_preferences
from intake.staff.workflow import StepRefusedError


def add_wish(submission, *, by, said, **wishes):
    """Add what the person told staff later. Allowing more needs who said it, and how."""
    chosen = {name: value for name, value in wishes.items() if value}
    if not chosen:
        raise StepRefusedError("Choose what they told us.")
    is_looser = _is_looser(submission, chosen)
    if is_looser and not said:
        raise StepRefusedError(
            "This allows more than before: write who said it, and how. Nothing was changed."
        )
    wish = Wish.by(by, submission=submission, said=said, is_looser=is_looser, **chosen)
    wish.save()
    return wish


def _is_looser(submission, chosen):
    before = contact_preferences.of(submission)
    ways = chosen.get("reply_by")
    is_new_way = bool(ways) and ways not in before.channels
    is_back = chosen.get("may_contact") == MayContact.YES and before.called_off
    is_louder = any(
        name in chosen and order.index(chosen[name]) > order.index(getattr(before, name))
        for name, order in {"voicemail": list(Voicemail), "may_name_us": list(YesNo)}.items()
    )
    return bool(is_new_way or is_louder or is_back)


def add_detail(submission, *, by, kind, value):
    """Add a number or an address; the one before is kept and no longer used."""
    if not value:
        raise StepRefusedError("Enter the number or the address.")
    value_hash = next(iter(Submission.contact_hashes(kind, value)), "")
    detail = ContactDetail.by(by, submission=submission, kind=kind, value=value, value_hash=value_hash)
    detail.save()
    return detail


def agree(submission, *, by, way, reason=""):
    """Agree to a way that the person did not clearly allow.

    Whoever has claimed the message needs a second person, or writes a reason where one works alone.
    """
    is_alone = IntakeSettings.current().is_one_person
    if submission.claimed_by_id == by.pk and not is_alone:
        raise StepRefusedError("You have claimed this message, so a colleague has to agree.")
    if is_alone and not typed_text.is_reason(reason):
        raise StepRefusedError("Write the reason, in a word at least.")
    found = contact_preferences.of(submission)
    if not found.problem:
        raise StepRefusedError("Nobody has to agree: there is a way that they allow.")
    kind = contact_preferences.NEEDS[ReplyBy(way)]
    if not found.numbers[kind] or kind in found.wrong:
        raise StepRefusedError("There is no number or address for that way. Add one first.")
    agreement = Agreement.by(by, submission=submission, way=way, reason=reason)
    agreement.save()
    return agreement


@transaction.atomic
def send_email(submission, *, by, subject, body, has_consent):
    """Send an email to the address that holds now; the first one needs their consent, which is noted."""
    found = contact_preferences.of(submission, by)
    if found.channel != ReplyBy.EMAIL:
        raise StepRefusedError("Not sent: email is not the way they allow.")
    if not body or not subject:
        raise StepRefusedError("Not sent: write a subject and a text.")
    if "[" in body:
        raise StepRefusedError("Not sent: fill in what stands in brackets.")
    if not submission.replies.exists():
        if not has_consent:
            raise StepRefusedError("Not sent: note first that they agreed to email that is not encrypted.")
        Note.by(by, submission=submission, text="They agreed to email that is not encrypted.").save()
    to = found.numbers[contact_preferences.EMAIL][-1][0]
    reply = replies.plan(by=by, submission=submission, to=to, subject=" ".join(subject.split()), body=body)
    transaction.on_commit(wakeup.wake)
    return reply
