"""A visit in Spanish: every word of it, the addresses, the switch, and what search engines are told."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.test import Client

from content import starter
from content.models import Page
from intake.models import IntakeSettings, Submission
from intake.outbox import emails
from tests.support import catalogs

pytestmark = pytest.mark.once

SPANISH = [data["path"] for data in starter.page_files() if data.get("translation_of")]
PAIRS = {data["path"]: data["translation_of"] for data in starter.page_files() if data.get("translation_of")}
NO_END = {"br", "img", "meta", "link", "input", "hr", "path", "rect", "circle"}
# Words that no Spanish sentence has.
ENGLISH = re.compile(
    r"\b(?:the|and|you|your|with|for|this|that|we|are|is|not|what|how|who|call|text|free|day|night|page|read"
    r"|next|find|open|cost|languages|spanish|every|any|time|care|near|help|line|emergency|services|from|or|if"
    r"|someone|yes|send|phone|name|will|can|it|of|to|by|on|at|our|more|than|through|source|overdose)\b",
    re.IGNORECASE,
)
# Names that are the same in every language.
NAMES = (
    "OC Links",
    "NEXT Distro",
    "Choose Change California",
    "Treatment ATLAS",
    "SMART Recovery Family & Friends",
)
NAMES += (
    "substance use navigator",
    "Virtual Treatment Center",
    "Virtual",
    "Treatment Center",
    "42 CFR Part 2",
)
NAMES += (
    "No Surprises Help Desk",
    "H, dope",
    "chiva, H, dope",
    "mindfulness",
    "detox",
    "InPrivate",
    "(HELP)",
)


class _Words(HTMLParser):
    """Collects what is read or said in Spanish; sources keep their own titles."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self._left_out = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if not any(self._left_out):
            self.texts += [
                attrs[name] for name in ("alt", "title", "aria-label", "data-label") if attrs.get(name)
            ]
            if attrs.get("name") == "description":
                self.texts.append(attrs["content"])
        if tag not in NO_END:
            is_foreign = (
                attrs.get("lang", "es").startswith("en") or "sources" in (attrs.get("class") or "").split()
            )
            self._left_out.append(tag in ("script", "style") or is_foreign)

    def handle_endtag(self, tag):
        if tag not in NO_END and self._left_out:
            self._left_out.pop()

    def handle_data(self, data):
        if data.strip() and not any(self._left_out):
            self.texts.append(data.strip())


def english_in(html):
    parser = _Words()
    parser.feed(html)
    found = []
    for text in parser.texts:
        for name in NAMES:
            text = text.replace(name, " ")
        if ENGLISH.search(text) and text.strip() != "English":
            found.append(text)
    return found


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


def test_the_spanish_form_asks_for_an_answer_in_spanish(site):
    assert re.search(r'value="es" selected', site.get("/es/contacto/").content.decode())
    site.post("/es/contacto/", {"phone": "818 555 0100", "message": "Hola"})
    assert Submission.objects.get().language == "es"
    site.post("/contact/", {"phone": "818 555 0101", "message": "Hello"})
    assert set(Submission.objects.values_list("language", flat=True)) == {"es", "en"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("", ""),
        ("person", "Le contestamos en español."),
        ("interpreter", "Le contestamos en inglés, con intérprete."),
    ],
)
def test_the_spanish_form_promises_only_the_language_that_owners_have_set(site, answers, said):
    IntakeSettings.objects.create(answers_in_spanish=answers)
    spanish = site.get("/es/contacto/").content.decode()
    assert said in spanish and (said or "Le contestamos en" not in spanish)
    assert "We answer in" not in site.get("/contact/").content.decode()


def test_the_reference_comes_in_the_language_of_the_sender(site):
    submission = Submission.objects.create(language="es", email="a@example.org", reply_by="email")
    letter = emails.reference_for_sender(submission, mail_key="k")
    assert "Su referencia" in letter.subject and "Tenemos su mensaje" in letter.body
    assert mail.outbox == []


def test_errors_are_in_spanish(site):
    missing = site.get("/es/no-existe/")
    assert (missing.status_code, english_in(missing.content.decode())) == (404, [])


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
