"""Where no link can be, a code becomes words; no heading takes an id of the templates."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from content import page_checks, publishing
from content.models import (
    Card,
    Clinic,
    GlossaryTerm,
    Helpline,
    Picture,
    Question,
    SiteSettings,
    Source,
    StoredImage,
    Text,
)
from content.page_checks import Surroundings
from content.rendering.anchors import OF_TEMPLATES, Anchors
from content.rendering.page import RenderedPage
from intake.models import IntakeSettings, Script
from tests.content.admin.test_shared_facts import change
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_staff

pytestmark = pytest.mark.once

CODES = "Call {988} any time [cdc-naloxone]"
WORDS = "Call 988 any time"
LINKED = "a"


class Attributes(HTMLParser):
    """Collects ids, and the links that are inside another link."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.nested, self._links = [], 0, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag == LINKED:
            self.nested += self._links > 0
            self._links += 1

    def handle_endtag(self, tag):
        self._links -= tag == LINKED


@pytest.fixture
def known(db):
    make_source()
    Helpline.objects.create(slug="988", name="988 Lifeline", phone="988", is_published=True)


def shown(client, page):
    publish_page(page)
    return client.get(page.path).content.decode()


@pytest.mark.django_db
def test_codes_are_words_in_every_place_that_holds_no_link(client, known):
    page = make_page(heading=CODES, title=CODES, short_name="This", description=CODES, lede="It is.")
    add_text(page, "<p>Some words.</p>", heading=CODES)
    StoredImage.objects.create(digest="a" * 32, width=6, height=6)
    Picture.objects.create(parent=page, image="a" * 32, alt=CODES, ordering=20)
    Card.objects.create(
        parent=page, heading=CODES, text=CODES, link="/some-page/", link_label=CODES, ordering=30
    )
    Question.objects.create(parent=page, question=CODES, answer="<p>Yes.</p>", ordering=40)
    html = shown(client, page)
    assert f'alt="{WORDS}"' in html and f"<title>{WORDS}" in html
    assert f'<meta name="description" content="{WORDS}">' in html
    assert f'"name":"{WORDS}"' in html
    assert re.search(rf"<h1[^>]*>{WORDS}</h1>", html) and re.search(rf"<h2[^>]*>{WORDS}</h2>", html)
    assert re.search(rf"<h3[^>]*>{WORDS}</h3>", html)
    assert "{988}" not in html and "cdc-naloxone" not in html
    assert Attributes(html).nested == 0


@pytest.mark.django_db
@pytest.mark.parametrize("name", SiteSettings.WORD_FIELDS)
def test_codes_are_words_in_what_a_clinic_says_about_its_site(client, known, name):
    text = f"{CODES} | /some-page/" if name == "footer_links" else CODES
    SiteSettings.objects.update_or_create(pk=1, defaults={name: text})
    page = publish_page(make_page("/", layout="home", is_medical=True)).page
    add_text(page, "<p>It helps [cdc-naloxone].</p>")
    for html in (shown(client, page), client.get("/contact/").content.decode()):
        assert "{988}" not in html and "cdc-naloxone" not in html
    assert WORDS in html or name in ("condition", "home_line", "topic", "strip_steps", "talk_lede")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("record", "name"),
    [
        (Helpline(slug="a", name="A", phone_note="or {988:text}"), "phone_note"),
        (Clinic(first_session_price="{clinic-price}"), "first_session_price"),
        (Source(slug="a", title="A {988}", publisher="A", url="https://example.org/", note="{988}"), "title"),
        (GlossaryTerm(term="{988}", definition="Call {988}."), "term"),
        (IntakeSettings(next_step="Call {988}."), "next_step"),
        (Script(use="text-neutral", language="en", words="Call {988}."), "words"),
    ],
)
def test_codes_are_refused_where_no_page_reads_them(record, name):
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    fields = error.value.message_dict
    assert [each for each in fields if "works only in the texts of pages" in str(fields[each])] == [name]


@pytest.mark.django_db
def test_codes_are_refused_in_the_words_of_another_language_too(client, known):
    client.force_login(make_staff("Owner"))
    line = Helpline.objects.get(slug="988")
    answer = change(client, line, phone_note_es="o {988:text}")
    assert "works only in the texts" in str(answer.context["adminform"].form.errors["phone_note_es"])


@pytest.mark.django_db
def test_source_cited_in_a_link_follows_it(client, known):
    page = make_page()
    add_text(page, '<p><a href="https://example.org/">Call {988} now [cdc-naloxone]</a>, then wait.</p>')
    html = shown(client, page)
    assert re.search(r">Call 988 now</a><sup>.{0,80}\[1\]</a></sup>, then wait", html)
    assert Attributes(html).nested == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["{9\u00ad88}", "{988\u200b}", "[cdc\u2011naloxone]", "[cdc-nalo\u00adxone]"]
)
def test_code_that_holds_what_nobody_sees_is_still_a_code(client, known, code):
    page = make_page()
    add_text(page, f"<p>Read this {code}.</p>")
    html = shown(client, page)
    assert code not in html and ('href="tel:988"' in html if code[0] == "{" else 'href="#source-1"' in html)


@pytest.mark.django_db
def test_code_in_a_short_name_stops_publishing(known):
    page = make_page(short_name="Call {988}")
    found = page_checks.check_version(publishing.record(page), Surroundings.read())
    assert "code-in-name" in {finding.rule for finding in page_checks.errors(found)}


@pytest.mark.django_db
def test_quotes_in_plain_places_stay_text(client, known):
    page = make_page(title='"><script>x</script>', description="\"'<b>&")
    html = shown(client, page)
    assert "<script>x" not in html and 'content="&quot;&#x27;&lt;b&gt;&amp;"' in html


def ids_of_templates():
    """Return the ids in the templates of visitors' pages, as far as they are fixed."""
    for file in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        if not {"admin", "registration"} & set(file.parts) and file.name != "not_sent.html":
            for found in re.findall(r'\sid="([^"{]+)', file.read_text()):
                yield found if not found.endswith("-") else f"{found}1"


def test_every_id_of_a_template_is_kept_from_headings():
    """A new id in a template needs its place in OF_TEMPLATES."""
    assert [each for each in ids_of_templates() if not OF_TEMPLATES.fullmatch(each)] == []


@pytest.mark.parametrize(
    "heading",
    [
        "Message form",
        "Message",
        "Message title",
        "Main",
        "Sources",
        "Source 1",
        "Cite 1",
        "Error summary title",
        "Next",
        "Wait",
        "id_phone",
        "id_reason_0",
        "Curve 1",
        "Word naloxone",
        "Message not sent",
        "___",
        "–",
    ],
)
@pytest.mark.django_db
def test_no_id_is_there_twice_whatever_headings_say(client, known, heading):
    page = make_page()
    for number in range(3):
        add_text(page, "<p>It helps [cdc-naloxone].</p>", heading=heading, ordering=number)
    html = shown(client, page)
    assert [name for name, count in Counter(Attributes(html).ids).items() if count > 1] == []
    assert not set(Attributes(html).ids) & {
        f"{word}" for word in ("message-form", "id_phone", "error-summary-title")
    }


def test_headings_have_names_of_their_own():
    anchors = Anchors()
    names = [anchors.add(heading) for heading in ("Sources", "Sources", "Source 1", "Signs", "Signs")]
    assert names == ["section-sources", "section-sources-2", "section-source-1", "signs", "signs-2"]


def test_a_page_without_codes_is_as_it_was_typed():
    page = {"heading": "A & B", "title": "T", "short_name": "S", "lede": "L", "description": "D", "path": "/"}
    snapshot = {"page": page, "blocks": [{"kind": Text.kind, "heading": "What?", "body": "<p>Words.</p>"}]}
    rendered = RenderedPage(snapshot, sources={}, helplines={})
    assert rendered.page["heading"] == "A &amp; B" and rendered.contents[0]["anchor"] == "what"


def test_an_anchor_is_the_first_whole_words_of_its_heading():
    anchors = Anchors()
    assert anchors.add("Where can I get medicine tonight?") == "where-can-i-get-medicine"
    assert anchors.add("Where can I get medicine today?") == "where-can-i-get-medicine-2"
    assert anchors.add("What does it cost?") == "what-does-it-cost"
    assert anchors.add("Buprenorphinenaloxonemethadone") == "buprenorphinenaloxonemet"
