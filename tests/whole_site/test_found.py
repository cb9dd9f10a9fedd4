"""What search engines, phones and messengers are told about a page is what the page shows."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from content import starter
from content.models import Clinic
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_clinician

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told(client, path):
    """Return the data block of the page at `path`, and its HTML."""
    html = client.get(path).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]), html


def make_medical_page(**options):
    make_source()
    page = make_page(lede="It is so [cdc-naloxone].")
    publish_page(page, **options)
    return page


def test_names_the_reviewer_and_the_dates_that_are_shown(client):
    reviewer = make_clinician(name="Ana Reyes", profile_url="https://example.org/ana")
    dates = {"reviewed_on": date(2026, 5, 1), "next_review_on": date(2027, 5, 1)}
    page = make_medical_page(reviewer=reviewer, **dates)
    data, html = told(client, page.path)
    assert data["@type"] == "MedicalWebPage"
    assert data["lastReviewed"] == "2026-05-01"
    assert data["reviewedBy"]["name"] == "Ana Reyes"
    assert data["reviewedBy"]["jobTitle"] == "LMFT"
    assert "dateModified" not in data
    assert 'datetime="2026-05-01"' in html


def test_invents_no_review(client):
    data, html = told(client, make_medical_page().path)
    assert not {"lastReviewed", "reviewedBy"} & data.keys()
    assert f'datetime="{data["dateModified"]}"' in html


def test_a_page_without_medical_sources_is_a_plain_page(client):
    page = make_page()
    add_text(page)
    publish_page(page)
    assert told(client, page.path)[0]["@type"] == "WebPage"


def test_tells_only_the_facts_of_the_clinic_that_exist(client):
    page = make_medical_page()
    assert told(client, page.path)[0]["publisher"].keys() == {"@type", "url", "name"}
    Clinic.objects.create(phone="714-555-0100", address="1 Main Street")
    publisher = told(client, page.path)[0]["publisher"]
    assert (publisher["telephone"], publisher["address"]) == ("714-555-0100", "1 Main Street")


def test_no_text_can_leave_the_data_block(client):
    page = make_page(heading="</script><script>alert(1)</script>", description="<b>&amp;</b>")
    publish_page(page)
    data, html = told(client, page.path)
    assert data["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in html


def test_has_canonical_address_and_preview(client):
    page = make_medical_page()
    html = told(client, f"{page.path}?utm_source=x")[1]
    assert '<link rel="canonical" href="http://testserver/some-page/">' in html
    assert '<meta property="og:url" content="http://testserver/some-page/">' in html
    assert re.search(
        r'<meta property="og:image" content="http://testserver/static/img/social-preview[^"]*\.png">', html
    )


def test_every_icon_exists_and_is_small(client):
    manifest = client.get("/site.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    sources = {icon["src"] for icon in manifest.json()["icons"]}
    sources |= {client.get(path)["Location"] for path in ("/favicon.ico", "/apple-touch-icon.png")}
    sizes = [Path(settings.BASE_DIR, source.lstrip("/")).stat().st_size for source in sources]
    assert max(sizes) < 10_000


def test_the_sitemap_tells_the_last_change(client):
    page = make_medical_page()
    sitemap = client.get("/sitemap.xml")
    assert f"<loc>http://testserver{page.path}</loc><lastmod>" in sitemap.content.decode()
    assert "public" in sitemap["Cache-Control"]


def test_the_sitemap_names_the_form(client):
    assert "<loc>http://testserver/contact/</loc>" in client.get("/sitemap.xml").content.decode()


def test_the_form_has_canonical_address_and_preview(client):
    html = client.get("/contact/?utm_source=x").content.decode()
    assert '<link rel="canonical" href="http://testserver/contact/">' in html
    assert re.search(r'"og:image" content="http://testserver/static/img/social-preview[^"]*\.png"', html)


def test_says_its_language_and_what_it_is_about_and_the_first_page_who_we_are(starting_answers):
    def facts(path):
        html = starting_answers[path].content.decode()
        return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])

    topic, home = facts("/withdrawal/"), facts("/")
    assert topic["inLanguage"] == "en-US" and topic["about"]["@type"] == "MedicalCondition"
    assert "mainEntity" not in topic and home["mainEntity"]["@type"] == "MedicalOrganization"


def test_titles_are_whole_in_a_list_of_results(starting_answers):
    for data in starter.page_files():
        html = starting_answers[data["path"]].content.decode()
        assert len(unescape(re.search("<title>(.*?)</title>", html)[1])) < 60, data["path"]
