"""The buttons with which staff log an attempt: an outcome that fits the channel, then what comes next.

Used by message.py; templates/admin/intake/message_attempt.html shows them, AttemptForm checks what they send.
"""

from dataclasses import dataclass

from intake.admin.screens.forms import ONLY_FOR, NextStepForm
from intake.models import Attempt, ReplyBy, Submission, Voicemail
from intake.staff import follow_up

Outcome = Attempt.Outcome
CLOSES = {  # how a message usually ends after an outcome
    Outcome.REACHED: [end for end in Submission.Outcome if end != Submission.Outcome.NOT_REACHED],
    Outcome.WRONG_CONTACT: [Submission.Outcome.NOT_REACHED],
}
NO_CALL_BACK = [(follow_up.NOT_LATER, "No call-back: keep it on the start page")]  # they want none
AFTER_WRONG_CONTACT = [(follow_up.NOT_LATER, "Keep it, and look for another way")]  # no call-back to it
SHORTCUTS = {Outcome.REACHED: "r", Outcome.NO_ANSWER: "o", Outcome.SENT: "o"}


@dataclass(frozen=True)
class Choice:
    """An outcome; `steps` are buttons (what is sent, label), the first the usual one."""

    value: str
    label: str
    steps: list
    closes: list
    is_open: bool
    shortcut: str


def choices(found, steps, channel, *, chosen="", may_try=True):
    """Return the outcomes that fit `channel`, with the `steps` that may follow; only “reached” when the
    promised tries are used up.
    """
    fitting = [each for each in Outcome if channel in ONLY_FOR.get(each, Attempt.Channel.values)]
    fitting = fitting if may_try else [Outcome.REACHED]
    return [
        Choice(
            each.value,
            f"{each.label}{_warning(each, found)}",
            AFTER_WRONG_CONTACT if each == Outcome.WRONG_CONTACT else steps,
            [(f"{NextStepForm.CLOSE}{end.value}", end.label) for end in CLOSES.get(each, [])],
            is_open=each == chosen,
            shortcut=SHORTCUTS.get(each, ""),
        )
        for each in fitting
    ]


def channels(found, chosen):
    """Return the ways to try (value, label, whether it is `chosen`), theirs first.

    `found` is what holds for all messages of the person (staff/contact_preferences.py).
    """
    wished = found.channel or found.submission.reply_by  # also when they gave nothing for it
    others = [each for each in Attempt.Channel if each != wished]
    return [
        (
            each.value,
            each.label if each == wished else f"{each.label} (not what they asked for)",
            each == chosen,
        )
        for each in [Attempt.Channel(wished), *others]
    ]


def _warning(outcome, found):
    if outcome != Outcome.VOICEMAIL:
        return ""
    if ReplyBy.CALL not in found.channels:
        return " (not what they asked for)"
    return " (they asked for no voicemail)" if found.voicemail == Voicemail.NONE else ""
