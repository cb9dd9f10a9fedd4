"""A visit in Spanish: every word of it, the addresses, the switch, and what search engines are told."""

import json
import re

import pytest
from django.core import mail
from django.test import Client

from content import starter
from content.models import Page
from intake.models import IntakeSettings, Submission
from intake.outbox import emails
from tests.support import catalogs
from tests.support.english_words import english_in
from tests.support.messages import stored_message

pytestmark = pytest.mark.once

SPANISH = [data["path"] for data in starter.page_files() if data.get("translation_of")]
PAIRS = {data["path"]: data["translation_of"] for data in starter.page_files() if data.get("translation_of")}


@pytest.fixture
def site(starting_pages):
    return Client()


@pytest.mark.parametrize("path", SPANISH)
@pytest.mark.once
def test_no_english_word_is_on_a_spanish_page(starting_answers, path):
    html = starting_answers[path].content.decode()
    assert english_in(html) == []
    assert '<html lang="es-US"' in html or 'lang="es-US"' in re.search("<html[^>]*>", html)[0]


@pytest.mark.once
def test_every_core_page_has_its_spanish_one():
    english = {data["path"] for data in starter.page_files()} - set(SPANISH)
    assert set(PAIRS.values()) == english


def test_the_form_its_errors_and_the_thanks_are_in_spanish(site):
    form = site.get("/es/contacto/")
    assert english_in(form.content.decode()) == []
    refused = site.post("/es/contacto/", {"message": "Hola", "email": "x@y"})
    assert (refused.status_code, english_in(refused.content.decode())) == (422, [])
    elsewhere = {"phone": "818 555 0100", "message": "Hola", "in_california": "no"}
    sent = site.post("/es/contacto/", elsewhere)
    assert sent["Location"].startswith("/es/contacto/enviado/")
    for address in (sent["Location"], "/es/contacto/estado/", "/es/contacto/borrar/"):
        assert english_in(site.get(address).content.decode()) == []


LONG = "palabra " * 1000
FORM, STATUS, DELETE, ADD = (f"/es/contacto/{name}" for name in ("", "estado/", "borrar/", "anadir/"))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (FORM, {}),
        (FORM, {"reply_by": "call"}),
        (FORM, {"reply_by": "text", "phone": "no tengo"}),
        (FORM, {"reply_by": "call", "phone": "714 555 0100 o 714 555 0199"}),
        (FORM, {"reply_by": "call", "phone": "rosa@example.org"}),
        (FORM, {"reply_by": "email"}),
        (FORM, {"reply_by": "email", "email": "714 555 0100"}),
        (FORM, {"reply_by": "email", "email": "peña@example.org"}),
        (FORM, {"reply_by": "email", "email": "a@example.org b@example.org"}),
        (FORM, dict.fromkeys(("message", "name", "phone", "email", "relationship"), LONG)),
        (STATUS, {}),
        (STATUS, {"reference": "x", "contact": "1"}),
        (STATUS, {"reference": "KD7MR4TB", "contact": "0100"}),
        (DELETE, {"reference": "KD7MR4TB", "contact": "0100"}),
        (ADD, {}),
        (ADD, {"token": "x", "text": "Hola"}),
        (ADD, {"token": "x", "text": LONG, "new_phone": "1", "new_email": "x"}),
        ("/es/buscar/", {"words": "qqqq zzzz"}),
        ("/es/buscar/", {"words": "quiero morir"}),
        ("/es/buscar/", {"words": "chiva"}),
        ("/es/sobredosis/", {"words": "nothing is sent here"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value) or "empty",
)
def test_every_answer_to_what_is_sent_is_in_spanish(site, path, fields):
    IntakeSettings.objects.update_or_create(defaults={"can_delete": True})
    answer = site.post(path, fields)
    assert 'lang="es-US"' in answer.content.decode()
    assert english_in(answer.content.decode()) == []


def test_the_own_pages_answer_in_spanish(site):
    IntakeSettings.objects.update_or_create(defaults={"can_delete": True})
    message = stored_message(language="es")
    two = {"reference": message.reference, "contact": "0100"}
    for path, fields in ((STATUS, {}), (ADD, {"text": "me quiero matar"}), (DELETE, {"is_sure": "on"})):
        answer = site.post(path, two | fields, follow=True)
        assert (answer.status_code, english_in(answer.content.decode())) == (200, [])


def test_the_spanish_form_asks_for_an_answer_in_spanish(site):
    assert re.search(r'value="es" selected', site.get("/es/contacto/").content.decode())
    site.post("/es/contacto/", {"phone": "818 555 0100", "message": "Hola"})
    assert Submission.objects.get().language == "es"
    site.post("/contact/", {"phone": "818 555 0101", "message": "Hello"})
    assert set(Submission.objects.values_list("language", flat=True)) == {"es", "en"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("", "Todavía no podemos decir si le contestamos en español."),
        ("person", "Le contestamos en español."),
        ("interpreter", "Le contestamos en inglés, con intérprete."),
    ],
)
def test_the_spanish_form_promises_only_the_language_that_owners_have_set(site, answers, said):
    IntakeSettings.objects.create(answers_in_spanish=answers)
    spanish = site.get("/es/contacto/").content.decode()
    assert said in spanish
    assert ("Le contestamos en" in spanish) is bool(answers)
    english = site.get("/contact/").content.decode()
    assert "We answer in" not in english and "Spanish" not in english


def test_the_reference_comes_in_the_language_of_the_sender(site):
    submission = Submission.objects.create(language="es", email="a@example.org", reply_by="email")
    letter = emails.reference_for_sender(submission, mail_key="k")
    assert "Su referencia" in letter.subject and "Tenemos su mensaje" in letter.body
    assert mail.outbox == []


def test_errors_are_in_spanish(site):
    missing = site.get("/es/no-existe/")
    assert (missing.status_code, english_in(missing.content.decode())) == (404, [])


@pytest.mark.django_db
def test_the_lines_are_in_spanish_even_when_no_record_of_them_is_there():
    html = Client().get("/es/contacto/estado/").content.decode()
    assert english_in(html) == [] and "Emergencias" in html
    assert "y oprima 2 o mande AYUDA por" in html and "sms:988?&amp;body=AYUDA" in html


def test_a_broken_page_is_in_spanish(site, monkeypatch):
    monkeypatch.setattr("content.visitors.views._live_version", lambda path: 1 / 0)
    broken = Client(raise_request_exception=False).get("/es/abstinencia/")
    assert (broken.status_code, english_in(broken.content.decode())) == (500, [])
    assert 'href="/es/sobredosis/"' in broken.content.decode()


@pytest.mark.parametrize(("spanish", "english"), PAIRS.items())
@pytest.mark.once
def test_both_pages_of_a_pair_name_each_other(starting_answers, spanish, english):
    alternates = re.compile(r'<link rel="alternate" hreflang="([a-z-]+)" href="http://testserver([^"]*)"')
    expected = {"en": english, "es": spanish, "x-default": english}
    for path, name, other in ((spanish, "English", english), (english, "Español", spanish)):
        html = starting_answers[path].content.decode()
        assert dict(alternates.findall(html)) == expected
        assert f'<link rel="canonical" href="http://testserver{path}">' in html
        assert re.search(rf'<a href="{other}" lang="[a-z]+">{name}</a>', html)
        language = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])["inLanguage"]
        assert language == ("es-US" if path == spanish else "en-US")


@pytest.mark.once
def test_the_sitemap_names_the_pairs(starting_answers):
    text = starting_answers["/sitemap.xml"].content.decode()
    assert 'hreflang="es" href="http://testserver/es/sobredosis/"' in text
    assert text.count('hreflang="x-default"') == 2 * len(PAIRS)


def test_the_form_leads_to_itself_in_the_other_language(site):
    for here, there in (("/contact/", "/es/contacto/"), ("/es/contacto/", "/contact/")):
        header = site.get(here).content.decode().partition("</header>")[0]
        switch = re.search(r"<button[^>]*name=\"switch_language\"[^>]*>", header)[0]
        assert f'formaction="{there}"' in switch and 'form="message-form"' in switch


def test_switching_the_form_keeps_what_was_typed_and_stores_nothing(site):
    typed = {
        "reason": "treatment",
        "message": "Quiero ayuda",
        "phone": "555",
        "reply_by": "call",
        "language": "en",
    }
    answer = site.post("/es/contacto/", typed | {"switch_language": ""})
    html = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"] and not answer.cookies
    assert ">Quiero ayuda</textarea>" in html.replace("\n", "") and 'value="555"' in html
    assert '<html lang="es' in html and "error-summary-title" not in html
    assert re.search(r'value="treatment"[^>]*checked', html) and not Submission.objects.exists()


def test_a_page_without_its_counterpart_says_so(site):
    Page.objects.filter(path="/es/senales/").update(translation_of=None)
    html = site.get("/signs/").content.decode()
    assert "This page is not in that language yet" in html and 'href="/es/"' in html


def test_no_browser_setting_and_no_cookie_chooses_the_language(site):
    english = site.get("/withdrawal/", headers={"accept-language": "es", "cookie": "django_language=es"})
    assert 'lang="en-US"' in english.content.decode()
    assert not english.cookies and "Vary" not in english
    assert 'lang="es-US"' in site.get("/es/abstinencia/", headers={"accept-language": "en"}).content.decode()


def test_dates_follow_the_language(site):
    assert re.search(r"\d{1,2} de [a-z]+ de 20\d\d", site.get("/es/abstinencia/").content.decode())


def test_a_third_language_takes_a_catalog_and_pages(site, settings, tmp_path):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = {"html lang\x04en-US": "vi", "Overdose": "Quá liều", "Menu": "Danh mục", "contact/": "lien-he/"}
    header = {"": "Content-Type: text/plain; charset=UTF-8\n"}
    catalogs.write_compiled(folder / "django.mo", header | words)
    settings.LANGUAGES = [*settings.LANGUAGES, ("vi", "Tiếng Việt")]
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    html = site.get("/vi/khong-co/").content.decode()
    assert 'lang="vi"' in html and "Quá liều" in html
    assert site.get("/vi/lien-he/").status_code == 200
