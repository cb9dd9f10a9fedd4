"""The search: street names and typos, the passage shown, overdose first; nothing that was typed is kept."""

import time

import pytest
from django.db import OperationalError

from content.caching import memory, public_state
from content.models import Synonym, Version
from content.visitors import search
from tests.support.pages import make_page, publish_page

pytestmark = pytest.mark.once

HOSTILE = [
    "(" * 200,
    ".*" * 5000,
    "a" * 100_000,
    "\0\ud800",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "💉" * 300,
]


def addresses(query, language="en"):
    return [hit["address"].partition("#")[0] for hit in search.find(query, language).passages]


def ask(client, words):
    return client.post("/search/", {"words": words})


def test_shows_the_passage_with_the_words_and_leads_to_it(unchanged_pages, client):
    html = ask(client, "foil").content.decode()
    assert 'href="/signs/#i-found-foil-and-a-straw"' in html
    assert "<mark>Foil</mark> with burn marks" in html


def test_a_number_in_a_heading_is_shown_and_no_code(unchanged_pages):
    headings = [hit["heading"] for hit in search.find("suicide", "en").passages]
    assert "Thinking about suicide? Call or text 988." in headings
    assert not any("{" in heading for heading in headings)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("smack", "/what-is-heroin/"),
        ("FENT", "/treatment/"),
        ("subs", "/treatment/"),
        ("bupe clinic", "/treatment/"),
        ("dope sick", "/withdrawal/"),
        ("methodone", "/treatment/"),
        ("withdrawl day 2", "/withdrawal/"),
        ("pregnent", "/faq/"),
        ("how much does it cost", "/faq/"),
        ("my son is 16", "/faq/"),
        ("my son", "/help-someone/"),
        ("deportation", "/faq/"),
    ],
)
def test_forgives_street_names_and_typos(unchanged_pages, query, path):
    assert path in addresses(query)[:2]


@pytest.mark.parametrize("apostrophe", "’‘‛ʼ´`′＇")
def test_forgives_the_apostrophe_of_every_keyboard(apostrophe):
    words = search.language_rules.of("en").words
    assert words(f"he won{apostrophe}t wake up") == words("he won't wake up")


@pytest.mark.parametrize(
    "query", ["overdoes", "he isn’t breathing", "won't wake up", "OD", "narcan", "blue lips", "he is snoring"]
)
def test_words_of_an_overdose_show_the_red_row_first(unchanged_pages, client, query):
    main = ask(client, query).content.decode().partition("<main")[2]
    assert main.index("way--urgent") < main.index('name="words"')
    assert "way--urgent" not in ask(client, "cost").content.decode()


def test_a_word_of_three_letters_is_no_typo_of_a_longer_one(db, client):
    publish_page(make_page(lede="You will feel better soon."))
    assert addresses("sooon") == ["/some-page/"]
    assert addresses("son") == []


def test_words_of_suicide_show_the_lines_first(unchanged_pages, client):
    main = ask(client, "i want to die").content.decode().partition("<main")[2]
    assert main.index('href="tel:988"') < main.index('name="words"')


def test_staff_add_a_street_name(starting_pages):
    assert addresses("zorp") == []
    Synonym.objects.filter(pages_say="naltrexone").update(people_say="blip, zorp")
    assert addresses("zorp")[0] == "/treatment/"


def test_looks_through_live_pages_alone(starting_pages):
    page = make_page(path="/new/", heading="Quokka")
    assert addresses("quokka") == []
    publish_page(page)
    assert addresses("quokka") == ["/new/"]


def test_the_field_is_a_page_for_everybody_and_an_answer_for_one_browser(unchanged_pages, client):
    field, answer = client.get("/search/?words=secret"), ask(client, "secret")
    assert "public" in field["Cache-Control"] and b"secret" not in field.content
    assert answer["Cache-Control"] == "private, max-age=300"
    assert not field.cookies and not answer.cookies
    assert b"noindex" in answer.content


def test_nothing_typed_says_so_kindly(unchanged_pages, client):
    assert b"Street names and typos are fine" in ask(client, "  ").content
    assert b"We found nothing about that" in ask(client, "qqqq zzzz").content


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_harmless(unchanged_pages, client, query):
    answer = client.post("/search/", {"words": query.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_answers_in_under_20_milliseconds(starting_pages):
    index = search.make_index("en")
    long = "withdrawl of fentinal and herion for my pregnent dauhgter today"
    for query in ("heroin", long, "x" * 24, *HOSTILE):
        times = []
        for _ in range(5):  # the best of five: other programs run on this machine
            begun = time.perf_counter()
            index.find(query)
            times.append(time.perf_counter() - begun)
        assert min(times) < 0.02


def test_a_wrong_address_offers_the_search(unchanged_pages, client):
    html = client.get("/no-such-page/").content.decode()
    assert 'action="/search/"' in html and 'name="words"' in html


@pytest.mark.django_db(transaction=True)
def test_searches_the_last_known_pages_while_the_database_is_down(monkeypatch):
    publish_page(make_page(path="/new/", heading="Quokka"))
    assert addresses("quokka") == ["/new/"]

    def down(*args, **kwargs):
        raise OperationalError("down")

    monkeypatch.setattr(public_state, "state", down)
    assert addresses("quokka") == ["/new/"]
    memory.forget()
    with pytest.raises(OperationalError):
        search.find("quokka", "en")


def test_old_versions_with_kinds_of_block_that_are_gone_are_searched(db):
    version = publish_page(make_page(path="/new/", heading="Quokka"))
    snapshot = version.snapshot | {"blocks": [{"kind": "gone"}, *version.snapshot["blocks"]]}
    Version.objects.filter(pk=version.pk).update(snapshot=snapshot)
    assert addresses("quokka") == ["/new/"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("malilla", "/es/abstinencia/"),
        ("chiva", "/es/que-es-la-heroina/"),
        ("tecato", "/es/que-es-la-heroina/"),
        ("curarse", "/es/tratamiento/"),
        ("heroina", "/es/que-es-la-heroina/"),
        ("SUBS", "/es/tratamiento/"),
        ("metadonna", "/es/tratamiento/"),
        ("cuanto cuesta", "/es/preguntas/"),
        ("papel quemado", "/es/senales/"),
        ("recaída", "/es/tratamiento/"),
        ("mi hija tiene 16", "/es/preguntas/"),
        ("papeles", "/es/preguntas/"),
        ("deportación", "/es/preguntas/"),
        ("mi hijo ronca", "/es/sobredosis/"),
        ("aseguranza", "/es/preguntas/"),
        ("migra", "/es/preguntas/"),
        ("un anexo", "/es/tratamiento/"),
        ("kiero dejar la droga", "/es/tratamiento/"),
        ("centro de rehabilitacion", "/es/tratamiento/"),
    ],
)
def test_spanish_forgives_accents_street_names_and_typos(unchanged_pages, query, path):
    found = addresses(query, "es")
    assert path in found[:3]
    assert all(address.startswith("/es/") for address in found)


@pytest.mark.parametrize(
    "query", ["sobredocis", "no respira", "no despierta", "labios morados", "mi hijo ronca", "narcan"]
)
def test_spanish_words_of_an_overdose_show_the_red_row_first(unchanged_pages, client, query):
    main = client.post("/es/buscar/", {"words": query}).content.decode().partition("<main")[2]
    assert main.index('way--urgent" href="/es/sobredosis/"') < main.index('name="words"')
    assert "way--urgent" not in client.post("/es/buscar/", {"words": "costo"}).content.decode()


def test_spanish_words_of_suicide_show_the_lines_first(unchanged_pages, client):
    main = client.post("/es/buscar/", {"words": "me quiero matar"}).content.decode().partition("<main")[2]
    assert main.index('href="tel:988"') < main.index('name="words"')


def test_each_language_has_its_search_and_a_way_to_the_other(unchanged_pages, client):
    english, spanish = (client.get(path).content.decode() for path in ("/search/", "/es/buscar/"))
    assert '<a href="/es/buscar/" lang="es">' in english and '<a href="/search/" lang="en">' in spanish
    for html in (spanish, client.get("/es/nada/").content.decode()):
        assert 'action="/es/buscar/"' in html
    assert addresses("malilla", "en") and addresses("withdrawal", "en") != addresses("withdrawal", "es")


def test_the_words_of_a_helpline_are_those_of_the_language(unchanged_pages):
    shown = " ".join(hit["text"] for hit in search.find("no tengo seguro", "es").passages)
    assert "condados" in shown and "County access lines" not in shown


def test_a_wish_to_stop_leads_to_treatment(unchanged_pages):
    assert "/treatment/" in addresses("I want to stop")[:2]
    assert "/treatment/" in addresses("my son wants to stop")[:4]
