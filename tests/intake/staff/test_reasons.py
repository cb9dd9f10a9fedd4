"""A reason is a word at least: a letter or a dot says nothing to whoever reads it later."""

import pytest

from intake import typed_text
from intake.models import IntakeSettings, Note
from intake.staff import contact_changes, danger
from intake.staff.steps import StepRefusedError
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.once

NOTHING = ["", "x", ".", "??", "1", "a 1 b", "–", "\u200b"]
REASONS = ["No", "Ok.", "病", "lo vi", "نه"]


@pytest.mark.parametrize(("text", "is_one"), [*((t, False) for t in NOTHING), *((t, True) for t in REASONS)])
def test_a_reason_has_a_word(text, is_one):
    assert typed_text.is_reason(text) is is_one


@pytest.mark.django_db
def test_staff_are_asked_for_a_word_wherever_a_reason_is_kept():
    IntakeSettings(is_one_person=True).save()
    by, in_danger = make_staff("Intake"), stored_message(danger="suicide", reply_by="text")
    steps = [
        lambda: danger.raise_flag(stored_message(message="Other"), by=by, reason="x"),
        lambda: danger.lower_flag(in_danger, by=by, reason="x"),
        lambda: danger.look_away([in_danger], by=by, why="x"),
        lambda: contact_changes.agree(in_danger, by=by, way="call", reason="x"),
    ]
    for step in steps:
        with pytest.raises(StepRefusedError):
            step()
    assert not Note.objects.exists()
