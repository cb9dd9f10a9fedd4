"""Six people come with a question: a sentence answers it near the top of a page one tap from home."""

import re
from urllib.parse import urldefrag

import pytest

from content import readability

pytestmark = pytest.mark.once

MOST_WORDS_BEFORE = 200  # about two screens of a phone
NOT_READ = re.compile(r"<(svg|nav|style|script|form)\b.*?</\1>|<sup\b.*?</sup>", re.DOTALL)

ANSWERS = {
    "wants to stop": ("/treatment/", "At an emergency room"),
    "wants medicine by phone": ("/treatment/", "even on a plain phone call"),
    "is in withdrawal on day 2": ("/withdrawal/", "It’s not too late to start medicine"),
    "has just revived someone": (
        "/overdose-help/#theyre-breathing-again",
        "Then they can stop breathing again, even if they seem fine now",
    ),
    "sits beside someone who is high": ("/help-someone/", "listen to their breathing"),
    "found foil and a straw": ("/help-someone/", "You won’t overdose from touching it"),
    "found foil and opens the menu": ("/signs/", "often means that someone smokes heroin or fentanyl"),
    "is 16": ("/treatment/", "and to buprenorphine from age 16"),
    "is 16 and asks about parents": ("/faq/#im-under-18-do-my", "and to buprenorphine from age 16"),
    "wants to know what it costs": ("/faq/", "you have a right to a written price estimate first"),
}


def words_before(html, sentence):
    """Return how many words a visitor passes in `html` before `sentence`, which must stand there."""
    text = " ".join(readability.paragraphs(NOT_READ.sub("", html)))
    assert sentence in text
    return len(text.split(sentence)[0].split())


@pytest.mark.parametrize("visitor", ANSWERS)
def test_finds_the_answer_one_tap_from_home(starting_answers, visitor):
    address, sentence = ANSWERS[visitor]
    home = starting_answers["/"].content.decode()
    assert f'href="{address}"' in home
    path, anchor = urldefrag(address)
    html = starting_answers[path].content.decode()
    start = html.index(f'id="{anchor}"' if anchor else "<main")
    assert words_before(html[start:], sentence) <= MOST_WORDS_BEFORE


@pytest.mark.parametrize(
    ("path", "warning"),
    [
        ("/withdrawal/", "Don’t stop those on your own"),
        ("/es/abstinencia/", "Eso no lo deje por su cuenta"),
    ],
)
def test_whoever_also_drinks_is_warned_in_the_first_list(starting_answers, path, warning):
    html = starting_answers[path].content.decode()
    assert warning in html[html.index('<div class="article__body') :].split("</ul>")[0]


def test_the_steps_lead_at_once_to_the_same_page_in_the_other_language(starting_answers):
    html = starting_answers["/overdose-help/"].content.decode()
    assert '<a href="/es/sobredosis/" lang="es">' in html[: html.index("<main")]


def test_the_steps_stand_first_and_cite_nothing(starting_answers):
    html = starting_answers["/overdose-help/"].content.decode()
    steps = re.search(r"<ol class=\"steps.*?</ol>", html, re.DOTALL)[0]
    assert words_before(html[html.index("<main") :], "Try to wake them") < 20
    assert steps.count("<li") == 7
    assert "<sup" not in steps
