"""A term is explained by one definition, the same on every page, for whoever follows the link."""

import re

import pytest

from content import starter
from content.models import GlossaryTerm, Source
from content.rendering.glossary import Glossary
from tests.support.pages import add_text, make_page, publish_page

pytestmark = pytest.mark.once


def glossary(*terms):
    return Glossary([GlossaryTerm(term=term, other_forms=forms) for term, forms in terms])


def test_marks_the_first_mention_alone_and_keeps_its_letters():
    html = glossary(("tolerance", "")).mark("<p>Tolerance grows. Your tolerance drops.</p>")
    first = '<a id="cite-tolerance" href="#word-tolerance">Tolerance</a>'
    assert html == f"<p>{first} grows. Your tolerance drops.</p>"


def test_takes_the_longest_form_and_marks_nothing_inside_its_own_link():
    words = glossary(("opioid", "opioids"), ("addiction", "opioid use disorder"))
    html = words.mark("<p>Opioid use disorder comes from opioids.</p>")
    assert [term.term for term in words.met] == ["addiction", "opioid"]
    assert html.count("<a ") == 2


@pytest.mark.parametrize("html", ['<a href="/x/">tolerance</a>', "<h3>tolerance</h3>", "intolerances"])
def test_leaves_links_headings_and_parts_of_words_alone(html):
    assert glossary(("tolerance", "")).mark(html) == html


@pytest.mark.django_db
def test_a_page_ends_with_the_definition_and_its_source(client):
    source = Source.objects.create(
        slug="a-source", publisher="CDC", title="A page", url="https://www.cdc.gov/"
    )
    GlossaryTerm.objects.create(term="tolerance", definition="What a body can take.", source=source)
    page = make_page()
    add_text(page, "<p>Tolerance drops.</p>")
    publish_page(page)
    html = client.get(page.path).content.decode()
    assert 'id="cite-tolerance" href="#word-tolerance"' in html
    assert re.search(r'<dt id="word-tolerance">tolerance</dt><dd>What a body can take\.<sup.*#source-1', html)
    assert '<a href="#cite-tolerance">Back to the text</a></dd>' in html
    GlossaryTerm.objects.all().delete()
    assert "word-tolerance" not in client.get(page.path).content.decode()


@pytest.mark.once
def test_every_starting_page_gives_the_same_definition(starting_answers):
    known = {data["term"]: data["definition"] for data in starter.glossary()}
    told = {}
    for data in starter.page_files():
        html = re.sub(r"<sup.*?</sup>", "", starting_answers[data["path"]].content.decode())
        for term, definition in re.findall(r'<dt id="word-[^"]*">(.*?)</dt><dd>(.*?) <a ', html):
            told.setdefault(term, set()).add(definition.replace("&#x27;", "'"))
    assert {term: {known[term]} for term in told} == told
    assert {"tolerance", "withdrawal", "naloxone", "opioid"} <= set(told)


@pytest.mark.once
def test_the_box_of_words_says_what_the_glossary_says():
    page = next(data for data in starter.page_files() if data["path"] == "/what-is-heroin/")
    box = next(block["body"] for block in page["blocks"] if block.get("heading") == "Four words to know")
    known = {data["term"]: data["definition"] for data in starter.glossary()}
    for term in ("opioid", "tolerance", "dependence", "addiction"):
        assert known[term].rstrip(".") in re.sub(r"\s*\[[a-z0-9-]+\]", "", box)
