"""The gate is the raw grade; a text cut into stumps warns, and steps may be short."""

import pytest

from content import readability

pytestmark = pytest.mark.once

TERMS = "<p>" + "Buprenorphine and methadone are medicines for opioid addiction in California. " * 12 + "</p>"
STUMPS = "<p>" + "It is short. You can do it. We can help. " * 12 + "</p>"
TALK = "<p>If you want to stop, write to us today, and we will call you back.</p>" * 12


def rules(html, limits=readability.EVERYDAY):
    return {(found.rule, found.severity) for found in readability.reading_findings(html, limits)}


def test_medical_words_do_not_let_a_hard_text_pass():
    measured = readability.measure(TERMS)
    assert measured.masked_grade < 7 < measured.grade
    assert ("reading-grade", "error") in rules(TERMS)


def test_the_masked_grade_is_shown_beside_the_raw_one():
    advice = next(f.advice for f in readability.reading_findings(TERMS) if f.rule == "reading-grade")
    assert f"{readability.measure(TERMS).masked_grade:.1f} without medical words" in advice


def test_the_page_on_overdose_must_be_easier():
    assert readability.EMERGENCY.grade[0] == 5
    assert readability.EVERYDAY.grade[0] == 7


def test_short_sentences_warn_in_running_text():
    assert {("reading-cut_up", "warn"), ("reading-short_sentences", "warn")} <= rules(STUMPS)
    assert rules(TALK) == set()


@pytest.mark.parametrize(
    "html", [STUMPS.replace("<p>", "<ol><li>").replace("</p>", "</li></ol>"), "<p>Short. So short.</p>"]
)
def test_steps_lists_and_a_few_words_may_be_short(html):
    assert not {rule for rule, _ in rules(html)} & {"reading-cut_up", "reading-short_sentences"}


def test_the_page_on_overdose_may_be_short():
    assert "reading-cut_up" not in {rule for rule, _ in rules(STUMPS, readability.EMERGENCY)}
