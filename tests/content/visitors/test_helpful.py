"""“Was this page helpful?”: off by default, counted without knowing who, never by a GET."""

import pytest
from django.urls import reverse

from content.models import HelpfulCount, PageSettings
from content.visitors import helpful
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
QUESTION = "/some-page/helpful/"


@pytest.fixture(autouse=True)
def new_day(monkeypatch):
    monkeypatch.setitem(helpful._today, "day", None)


@pytest.fixture
def asked():
    PageSettings.objects.create(asks_if_helpful=True)
    page = make_page()
    publish_page(page)
    return page


def counts():
    return list(HelpfulCount.objects.values_list("page__path", "language", "answer", "count"))


def test_nothing_is_asked_while_it_is_off(client):
    publish_page(make_page())
    assert "helpful" not in client.get("/some-page/").content.decode()
    assert client.post(QUESTION, {"answer": "yes"}).status_code == 404
    assert counts() == []


def test_an_answer_is_counted_and_thanked_for_without_a_cookie_and_kept_nowhere(client, asked):
    assert '<a href="helpful/">Was this page helpful?</a>' in client.get("/some-page/").content.decode()
    form = client.get(QUESTION)
    assert "public" in form["Cache-Control"]
    assert counts() == []
    for _ in range(2):
        answer = client.post(QUESTION, {"answer": "hard", "text": "Maria Perez"})
    assert "Thank you" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert counts() == [("/some-page/", "en", "hard", 2)]
    kept = {field.name for field in HelpfulCount._meta.fields}
    assert kept == {"id", "page", "day", "language", "answer", "count"}


@pytest.mark.parametrize("typed", [{}, {"answer": ""}, {"answer": "maybe"}, {"answer": "yes\0"}])
def test_a_forged_answer_is_refused_in_words_and_not_counted(client, asked, typed):
    answer = client.post(QUESTION, typed)
    assert answer.status_code == 422
    assert "Choose one answer" in answer.content.decode()
    assert counts() == []


def test_no_page_no_question(client, asked):
    assert client.get("/no-such-page/helpful/").status_code == 404
    assert client.post("/no-such-page/helpful/", {"answer": "yes"}).status_code == 404


def test_one_network_cannot_fill_the_report(client, asked):
    for _ in range(helpful.MAX_OF_A_NETWORK + 5):
        assert client.post(QUESTION, {"answer": "yes"}, REMOTE_ADDR="203.0.113.7").status_code == 200
    client.post(QUESTION, {"answer": "yes"}, REMOTE_ADDR="203.0.113.8")
    assert counts()[0][3] == helpful.MAX_OF_A_NETWORK + 1
    assert not any(b"203.0" in key for key in helpful._today["counts"])


def test_spanish_pages_ask_in_spanish_and_staff_read_a_list_by_page(client, asked):
    words = {"heading": "¿Qué es esto?", "title": "Qué es esto", "lede": "Es una página."}
    publish_page(make_page("/es/pagina/", short_name="Página", **words, description="Una página."))
    client.post("/es/pagina/helpful/", {"answer": "wrong"})
    assert "¿Le ayudó esta página?" in client.get("/es/pagina/helpful/").content.decode()
    assert counts() == [("/es/pagina/", "es", "wrong", 1)]
    client.force_login(make_staff("Editor"))
    html = client.get(reverse("admin:content_page_helpful")).content.decode()
    assert "Página" in html
    assert "<td>es</td><td>0</td><td>0</td><td>0</td><td>1</td>" in html
