"""What tests of the intake app need again and again: a filled-in form, a stored message."""

from intake.forms.message import MessageForm
from intake.receiving import storing

FILLED_IN = {
    "reason": "treatment",
    "in_california": "yes",
    "name": "Sam Rivers",
    "reply_by": "call",
    "phone": "(818) 555-0100",
    "voicemail": "none",
    "may_name_us": "no",
    "best_time": "morning",
    "language": "en",
    "message": "I want to stop. What happens first?",
}


def filled_in(**changes):
    """Return what a browser posts; a change to None leaves the field out."""
    return {name: value for name, value in (FILLED_IN | changes).items() if value is not None}


def stored_message(*, danger="", **changes):
    form = MessageForm(filled_in(**changes))
    assert form.is_valid(), form.errors
    return storing.receive(written=form.written, origin="same", danger=danger)
