"""Which words on every page need a clinician, and which everyday words of a clinic do not."""

import pytest

from content.page_checks.clinical_words import instruction_in

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "text",
    [
        "Give 4 mg now.",
        "Naloxone can wait.",
        "In an overdose, wait an hour.",
        "If they do not breathe, wait.",
        "Turn them on their back.",
        "Lay the person on the side.",
        "Take two at night.",
        "Take two every 4 hours.",
        "Stop your medicine today.",
        "Do not mix it with alcohol.",
        "Never mix it with wine.",
        "Do not drink wine with it.",
        "Never combine it with beer.",
        "Avoid alcohol.",
        "Dé una dosis.",
        "En una sobredosis, espere.",
        "Póngalo boca arriba.",
        "Tome dos cada noche.",
        "Deje su medicina hoy.",
        "Let them sleep it off.",
        "Snoring is normal.",
        "Wait until they wake up before you call.",
        "There is no need to call for help.",
        "You need not call {911}.",
        "Do not call an ambulance.",
        "Withdrawal is harmless.",
        "Go cold turkey.",
        "Using alone is fine.",
        "You can use again after a week.",
        "Your usual amount is safe.",
        "Déjela dormir.",
        "No llame al {911}.",
    ],
)
def test_an_instruction_needs_a_clinician(text):
    assert instruction_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "We are closed on Monday, November 30.",
        "We call you back within one day.",
        "We take no calls until 5 pm. Give us a day.",
        "An answer can take two business days.",
        "Drop in any time: Unit 4, second floor. Take the side door.",
        "Your medicine is ready. We take Medi-Cal.",
        "Put your name on the list. We are back on Tuesday.",
        "El lunes cerramos. Una respuesta puede tomar dos días.",
        "Llame hoy al {988}. Deje un mensaje.",
        "We also help with alcohol.",
        "If nobody answers, call {988}. Use the side door.",
        "We do not call you before noon. Please do not call after 5 pm.",
    ],
)
def test_what_a_clinic_says_of_itself_does_not(text):
    assert instruction_in(text) == ""


def test_a_link_may_name_what_its_page_is_about_and_tell_nobody_what_to_do():
    assert instruction_in("Overdose help", may_name=True) == ""
    assert instruction_in("Turn them on the back", may_name=True)
    assert instruction_in("Stop your methadone before you come.", may_name=True)
    assert instruction_in("Dr. Lee prescribes methadone.", may_name=True) == ""
