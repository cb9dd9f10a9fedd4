"""The measure of Spanish: INFLESZ with syllables counted by rule, words that hurt, English in disguise."""

import pytest

from content.readability import spanish

pytestmark = pytest.mark.once

EASY = "<p>" + "La persona no despierta. Llame al médico. No la deje sola. " * 15 + "</p>"
HARD = (
    "<p>"
    + "La administración intranasal ininterrumpida constituye una responsabilidad extraordinaria. " * 15
    + "</p>"
)


def test_the_formulas_give_what_they_give_by_hand():
    measured = spanish.measure("<p>La casa es roja. El agua es clara.</p>", fewest_words=1)
    # 8 words, 2 sentences, 12 syllables
    assert measured.inflesz == round(206.835 - 62.3 * 12 / 8 - 4, 1)
    assert measured.huerta == round(206.84 - 60 * 12 / 8 - 1.02 * 4, 1)


def test_hard_words_fail_and_easy_ones_pass():
    assert spanish.measure(EASY).inflesz > 80
    rules = {finding.rule: finding.severity for finding in spanish.reading_findings(HARD)}
    assert rules["reading-inflesz"] == "error"
    assert "reading-inflesz" not in {f.rule for f in spanish.reading_findings(EASY)}


def test_the_overdose_page_must_be_easier():
    assert spanish.EMERGENCY.inflesz[0] == 75
    assert spanish.EVERYDAY.inflesz[0] == 65


def test_a_question_opens_a_sentence_of_its_own():
    assert len(spanish.sentences("Está mal. ¿No despierta? ¡Llame!")) == 3


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Mi hijo es adicto", "words-es-adicto"),
        ("un usuario de heroína", "words-es-usuario"),
        ("ya está limpio, quiere estar limpio", "words-es-limpio"),
        ("puedes llamar", "words-es-tuteo"),
        ("Eso hace sentido", "words-es-calque-hacer-sentido"),
        ("el cuidado de salud", "words-es-calque-cuidado-salud"),
    ],
)
def test_words_that_hurt_and_english_in_disguise_are_found(text, rule):
    assert rule in {finding.rule for finding in spanish.term_findings(text)}


def test_the_name_of_an_agency_is_no_fault():
    text = "Administración de Servicios de Abuso de Sustancias y Salud Mental"
    assert spanish.term_findings(text) == []
