"""The software knows no clinic and no substance: both are records. Their words change everywhere at once."""

import ast
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from PIL import Image

from content import images, readability
from content.models import AuditEntry, Clinic, SiteSettings
from content.models.palettes import PALETTES
from content.readability import spanish
from content.readability.visible_text import balanced
from content.rendering import brand_pictures
from tests.content.admin.test_shared_facts import change, confirm
from tests.support import images as pictures
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_staff
from vtc_site.models import AuthenticatorApp

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = Path(settings.BASE_DIR)
LONG = "Orange County Family Recovery and Telehealth Center"
# Lists of words to look for, and the name that a new site has until somebody enters its own.
DATA = (
    "content/readability/__init__.py",
    "content/models/web_addresses.py",
    "intake/models/neutral_words.py",
)
DATA += ("content/models/facts.py", "content/readability/syllables.py", "intake/receiving/danger_phrases.py")
DATA += ("content/page_checks/clinical_words.py", "intake/receiving/danger_phrases_spanish.py")


def set_up(**fields):
    site, _ = SiteSettings.objects.update_or_create(pk=1, defaults=fields)
    return site


def logo(size=(600, 200), mode="RGBA", color=(10, 90, 80, 255)):
    return images.store(pictures.upload(pictures.picture(size, "PNG", mode, color), "logo.png")).digest


def live(path="/some-page/"):
    publish_page(make_page(path))
    return path


def test_no_template_and_no_string_of_the_code_names_a_clinic_or_a_substance():
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "templates").rglob("*.*")}
    for app in ("content", "intake", "vtc_site"):
        for path in (ROOT / app).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if name not in DATA and "migrations" not in name:
                strings = (node for node in ast.walk(ast.parse(path.read_text())))
                texts[name] = "\n".join(
                    str(node.value)
                    for node in strings
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                )
    catalog = (ROOT / "vtc_site/locale/es/LC_MESSAGES/django.po").read_text()
    texts["catalog"] = catalog
    telling = re.compile(r"hero[ií]n|Virtual\W+Treatment", re.IGNORECASE)
    assert [name for name, text in texts.items() if telling.search(text)] == []


def test_the_name_is_said_everywhere(client):
    Clinic(name="Harbor & Light").save()
    path = live()
    owner = make_staff("Owner")
    pages = [
        client.get(address).content.decode() for address in (path, "/contact/", "/none/", "/admin/login/")
    ]
    pages += [
        render_to_string(name, {"clinic": Clinic.objects.get()})
        for name in ("500.html", "intake/not_sent.html")
    ]
    assert all("Harbor &amp; Light" in page for page in pages)
    assert not [page for page in pages if "Virtual" in page]
    assert "Harbor%20%26%20Light" in AuthenticatorApp(user=owner, key="00" * 20).config_url
    manifest = client.get("/site.webmanifest").json()
    assert (manifest["name"], manifest["short_name"]) == ("Harbor & Light", "HL")


def test_a_long_name_stands_in_lines_of_about_the_same_length():
    assert Clinic().name_lines == ["Virtual", "Treatment Center"]
    assert Clinic(name=LONG).name_lines == ["Orange County", "Family Recovery and", "Telehealth Center"]
    assert balanced("One", 3) == ["One"]


def test_the_site_is_about_what_its_record_says_in_each_language(client):
    set_up(
        topic="alcohol addiction",
        condition="Alcohol use disorder",
        words={"es": {"topic": "la adicción al alcohol"}},
    )
    assert "Help for alcohol addiction" in client.get("/contact/").content.decode() + render_to_string(
        "base.html", {"site": SiteSettings.objects.get(), "clinic": Clinic()}
    )
    spanish = SiteSettings.objects.get().in_language("es")
    assert (spanish.topic, spanish.condition) == ("la adicción al alcohol", "")  # no English there


WORDS = {
    "strip_danger": "In peril",
    "strip_steps": "What to do",
    "strip_crisis": "Lifeline",
    "form_lede": "Maya & Ben read it.",
    "form_need": "Nothing else.",
    "talk_lede": "We are three people.",
    "footer_note": "A nonprofit.",
    "footer_links": "Our <story> | /about/\nFriends | https://friends.example/",
}


def test_words_of_strip_form_and_footer_are_the_clinics_and_the_numbers_stay(client):
    path = live()
    before = client.get(path).content.decode() + client.get("/contact/").content.decode()
    set_up(**WORDS)
    html = client.get(path).content.decode() + client.get("/contact/").content.decode()
    shown = (
        "In peril",
        "What to do",
        "Lifeline",
        "Maya &amp; Ben read it.",
        "Nothing else.",
        "A nonprofit.",
    )
    assert not [words for words in shown if words in before or words not in html]
    assert "We are three people." in html and "Nothing else." in html
    assert '<a href="/about/">Our &lt;story&gt;</a>' in html
    assert '<a href="https://friends.example/">Friends</a>' in html
    assert html.count('href="tel:911"') == before.count('href="tel:911"')
    assert html.count('href="tel:988"') == before.count('href="tel:988"')
    spanish = client.get("/es/contacto/").content.decode()
    assert "Maya" not in spanish and "Sobredosis" in spanish


@pytest.mark.parametrize(
    "line", ["no link", "a | javascript:alert(1)", "a | //evil.example/", "a | http://x/"]
)
def test_a_line_of_the_footer_that_is_no_link_is_refused(line):
    for fields in ({"footer_links": line}, {"words": {"es": {"footer_links": line}}}):
        with pytest.raises(ValidationError, match="A line is no link"):
            SiteSettings(**fields).full_clean()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://www.weather.gov/", ""),
        ("http://www.weather.gov/", "begins with https"),
        ("https://vtc.example/", "our own site"),
        ("https://www.rehab-finder.example/", "“rehab”"),
        ("https://shop.example/?q=Naloxone", "“Naloxone”"),
    ],
)
def test_the_leave_button_leads_to_a_harmless_place(settings, address, problem):
    settings.SITE_URL = "https://vtc.example"
    clinic = Clinic(leave_url=address)
    if not problem:
        clinic.full_clean()
        return
    with pytest.raises(ValidationError, match=problem):
        clinic.full_clean()


@pytest.mark.parametrize("palette", PALETTES)
def test_a_palette_is_a_stylesheet_of_its_own_on_every_kind_of_page(client, palette):
    path, suffix = live(), PALETTES[palette].suffix
    site = set_up(palette=palette)
    assert f'href="/static/css/site{suffix}.css"' in client.get(path).content.decode()
    for address in ("/contact/", "/none/", "/search/"):
        assert f'href="/static/css/message{suffix}.css"' in client.get(address).content.decode()
    broken = render_to_string("500.html", {"site": site})
    assert f'href="/static/css/site{suffix}.css"' in broken
    assert PALETTES[palette].deep in broken


def test_a_logo_stands_beside_the_name_and_makes_the_icons_and_the_shared_picture(client):
    path = live()
    assert "/static/img/social-preview.png" in client.get(path).content.decode()
    set_up(logo=logo())
    html = client.get(path).content.decode()
    assert re.search(r'<img src="/pictures/[0-9a-f]{32}-480\.webp" width="132" height="44" alt="">', html)
    social = re.search(r'og:image" content="http://testserver(/pictures/site/social-[0-9a-f]{12})"', html)[1]
    dark = re.search(r'srcset="(/pictures/site/dark-[0-9a-f]{12})"', html)[1]
    icon = client.get("/apple-touch-icon.png")["Location"]
    made = {address: Image.open(io.BytesIO(client.get(address).content)) for address in (social, dark, icon)}
    assert [made[address].size for address in (social, dark, icon)] == [(1200, 630), (600, 200), (180, 180)]
    assert made[icon].getpixel((2, 2)) == (255, 253, 249)
    assert made[icon].getpixel((90, 90)) == pytest.approx((10, 90, 80), abs=3)
    set_up(is_name_in_logo=True)
    html = client.get(path).content.decode()
    assert 'alt="Virtual Treatment Center"' in html and "<span>Virtual<br>" not in html


def test_pictures_of_a_site_without_a_logo_are_not_there(client):
    assert client.get(f"/pictures/site/dark-{'0' * 12}").status_code == 404
    site, clinic = SiteSettings(palette="harbor"), Clinic(name="Clínica Uno")
    assert brand_pictures.address("icon-192", site, clinic) == "/static/img/icon-192.png"
    picture = Image.open(io.BytesIO(brand_pictures.file("social", site, clinic)))
    assert picture.getpixel((5, 620)) == (0x12, 0x4A, 0x74)


def test_colors_and_a_logo_go_live_only_after_the_question_and_go_back(client):
    path = live()
    site = set_up()
    client.force_login(make_staff("Publisher"))
    new = pictures.upload(pictures.picture((500, 500), "PNG"), "logo.png")
    question = change(
        client, site, palette="harbor", logo=new, strip_danger="Danger", strip_danger_es="Peligro"
    )
    html = question.content.decode()
    assert "This changes 1 live page" in html
    assert (
        "Coast: pine green</del> → <ins>" in html and "Harbor: blue</ins>" in html
    )  # each beside its colors
    assert "<ins>a picture of 500 × 500 pixels</ins>" in html
    assert "site.css" in client.get(path).content.decode()
    assert confirm(client, question).status_code == 302
    shown = client.get(path).content.decode()
    assert "site-harbor.css" in shown and "/pictures/" in shown and "Danger" in shown
    assert SiteSettings.objects.get().words == {"es": {"strip_danger": "Peligro"}}
    entry = AuditEntry.objects.filter(action=AuditEntry.Action.FACT_CHANGED).first()
    back = client.get(f"/admin/content/sitesettings/1/change/?put_back={entry.pk}")
    assert confirm(client, back).status_code == 302
    shown = client.get(path).content.decode()
    assert "site-harbor.css" not in shown and "Danger" not in shown
    assert SiteSettings.objects.get().logo == ""


def test_a_logo_is_taken_away(client):
    site = set_up(logo=logo())
    client.force_login(make_staff("Publisher"))
    change(client, site, **{"logo-none": "on"})
    assert SiteSettings.objects.get().logo == ""


def test_the_words_checks_know_words_about_alcohol():
    found = readability.term_findings("He is an alcoholic. Alcoholics Anonymous. An alcoholic drink.")
    assert [finding.rule for finding in found] == ["words-alcoholic"]
    assert "alcohol use disorder" in str(found[0])
    assert spanish.term_findings("Mi padre es alcohólico.") != []
    assert spanish.term_findings("Alcohólicos Anónimos. Una bebida alcohólica.") == []
