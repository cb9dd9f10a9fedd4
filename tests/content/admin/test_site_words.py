"""Look and words: what every page says is checked like a page, and is never clinical."""

import re
import tomllib
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib import admin
from django.http import QueryDict
from django.utils import translation

from content import starter
from content.admin import put_back, site_settings
from content.models import Clinic, GlossaryTerm, Helpline, Page, SiteSettings, Source, Synonym
from content.models.palettes import PALETTES
from content.page_checks import clinical_words
from tests.content.admin.test_shared_facts import change, confirm, make_line
from tests.support.pages import publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADVICE = "Put clinical advice on a page, where a clinician signs it."


@pytest.fixture
def form_errors(client):
    site, _ = SiteSettings.objects.get_or_create(pk=1)
    client.force_login(make_staff("Publisher"))

    def send(**typed):
        answer = change(client, site, **typed)
        return answer.context["adminform"].form.errors if answer.status_code == 200 else {}

    return send


def test_every_word_is_checked_in_each_language(form_errors):
    wrong = {
        "footer_note": "Call 1-800-555-0199.",
        "footer_note_es": "Llame al 1-800-555-0199.",
        "home_line": "Give 4 mg at once.",
        "form_lede": "Addicts can write.",
        "form_need_es": "Póngalo de lado.",
        "strip_crisis": "911",
        "footer_links": "Our team | /no-such-page/",
    }
    errors = form_errors(**wrong)
    assert errors.keys() == wrong.keys()
    assert ADVICE in str(errors["home_line"]) and ADVICE in str(errors["form_need_es"])
    assert "Ponga los consejos" in str(errors["form_need_es"])
    assert "No page here has this address" in str(errors["footer_links"])


def test_what_a_clinic_says_of_itself_is_saved(form_errors):
    words = {
        "footer_note": "A nonprofit since 1990.",
        "strip_danger": "Overdose",
        "form_lede": "We call back.",
    }
    assert form_errors(**words, footer_links="Overdose help | https://a.example/") == {}
    assert SiteSettings.objects.get().footer_note == "A nonprofit since 1990."


def test_words_on_every_page_are_changed_by_a_clinician_once_there_is_one(client, form_errors):
    typed = {"strip_danger": "Relax?", "strip_crisis": "Not urgent?"}
    assert form_errors(**typed) == {}  # a clinic that has no clinician yet sets its site up
    clinician = make_clinician(make_staff("Publisher", "ben@vtc.example"))
    typed = {"strip_danger": "Calm?", "home_line": "It is safe to wait.", "footer_note_es": "Todo va bien."}
    assert form_errors(**typed).keys() == typed.keys()
    assert form_errors(strip_danger="", strip_crisis="not urgent?") == {}  # our own words, and wording
    line = make_line("911", name="Emergency services", phone="911")
    for words in ({"name": "Police"}, {"use_when": "If you feel fine"}):
        answer = change(client, line, **words)
        assert "A clinician who may sign off changes them." in answer.content.decode()
    client.force_login(clinician.user)
    assert change(client, line, name="Police").status_code == 302


def test_what_is_too_long_is_refused_with_its_length_and_never_cut(client, form_errors):
    typed = {"strip_danger": "Not breathing?", "strip_steps_es": "¿Qué hago ya?"}
    errors = form_errors(**typed)
    assert "at most 12 characters (it has 14)" in str(errors["strip_danger"])
    assert "(it has 13)" in str(errors["strip_steps_es"])
    assert "maxlength" not in client.get("/admin/content/sitesettings/1/change/").content.decode()


def defaults():
    """Yield (field, text, language) of every word that the release says, in its templates or its starter."""
    shipped = tomllib.loads((starter.FOLDER / "site.toml").read_text())
    for field in SiteSettings._meta.fields:
        yield from ((field.name, text, "en") for text in re.findall(r"Today: (.+)$", field.help_text))
    for code in dict(settings.LANGUAGES):
        said = shipped if code == settings.LANGUAGE_CODE else shipped["words"][code]
        yield from ((name, said[name], code) for name in said if name != "words")
        for template in (settings.BASE_DIR / "templates").rglob("*.html"):
            for name, text in re.findall(r'site\.(\w+)\|default:_\("([^"]+)"\)', template.read_text()):
                with translation.override(code):
                    yield name, translation.gettext(text), code


def test_no_word_of_the_release_is_refused_by_its_own_check(starting_pages):
    found = set(defaults())
    assert {name for name, _, _ in found} == set(SiteSettings.WORD_FIELDS) - {"home_line", "footer_note"}
    for name, text, code in found:
        field = SiteSettings._meta.get_field(name)
        assert (name, text, site_settings._errors(name, text, code)) == (name, text, [])
        assert not field.max_length or len(text) <= field.max_length


@pytest.mark.parametrize("palette", PALETTES)
def test_colors_are_saved_whatever_stands_in_a_field_that_nobody_touched(form_errors, palette):
    refused_today = {"home_line": "Give 4 mg at once.", "footer_links": "A | /no-such-page/\nB | /nor-this/"}
    SiteSettings.objects.update(**refused_today, words={"es": {"form_need": "Póngalo de lado."}})
    assert form_errors(palette=palette) == {}
    assert SiteSettings.objects.get().palette == palette
    assert form_errors(home_line="Give 5 mg at once.").keys() == {"home_line"}


@pytest.mark.parametrize("model", [Clinic, GlossaryTerm, Helpline, SiteSettings, Source, Synonym])
def test_what_a_site_begins_with_is_saved_again_as_it_is(rf, starting_pages, model):
    request = rf.get("/")
    request.user = make_staff("Publisher")
    screen = admin.site.get_model_admin(model)
    for record in model.objects.all():
        form = screen.get_form(request, record, change=True)
        shown = form(instance=record)
        data = {
            name: put_back.as_sent(put_back.plain(shown.get_initial_for_field(field, name)))
            for name, field in shown.fields.items()
        }
        sent = form(QueryDict(urlencode(data, doseq=True)), instance=record)
        assert (str(record), sent.errors) == (str(record), {})


def test_the_question_shows_the_colors_and_says_which_words_are_spanish(client, starting_pages):
    client.force_login(make_staff("Publisher"))
    new = {"palette": "harbor", "condition_es": "Trastorno del sueño"}
    asked = change(client, SiteSettings.objects.get(), **new).content.decode()
    assert 'fill="#0a2740"' in asked and 'fill="#08302e"' in asked
    assert "Its medical name, Español" in asked


@pytest.mark.parametrize(
    ("model", "field", "advice"),
    [
        (GlossaryTerm, "definition", "A mild opioid. It is safe to use more of it than heroin."),
        (Clinic, "medicine_elsewhere", "Take 20 mg of methadone twice a day before you come."),
        (Helpline, "use_when", "You do not need naloxone."),
        (Helpline, "use_when_es", "No necesita naloxona."),
    ],
)
def test_only_a_clinician_writes_advice_into_a_shared_fact(client, starting_pages, model, field, advice):
    fact, publisher = model.objects.last() or model.objects.create(), make_staff("Publisher")
    client.force_login(publisher)
    refused = change(client, fact, **{field: advice}).context["adminform"].form.errors
    assert refused.keys() == {field} and ADVICE in str(refused)
    make_clinician(user=publisher)
    assert "Make it live?" in change(client, fact, **{field: advice}).content.decode()


@pytest.mark.parametrize(
    "advice",
    [
        "Nunca llame al 911.",
        "Do not call an ambulance.",
        "Never ask for help.",
        "Wait an hour.",
        "El doctor dice que espere un día.",
        "This site replaces your doctor.",
        "Este sitio vale más que su doctora.",
        "Everything here was checked by a doctor.",
        "Most people quit alone in a week.",
        "La heroína no hace daño.",
        "harmless heroin",
        "la heroína segura",
        "Naloxone is useless",
    ],
)
def test_advice_is_known_in_both_languages_whatever_it_may_name(advice):
    assert clinical_words.instruction_in(advice, may_name=True)


def test_the_words_of_911_are_a_clinicians_from_the_first_day_on(client, starting_pages):
    client.force_login(make_staff("Publisher"))
    line = Helpline.objects.get(slug="911")
    for words in ({"cost": "Costly"}, {"use_when_es": "Al final"}, {"web_url": "https://a.example/"}):
        assert change(client, line, **words).context["adminform"].form.errors.keys() == words.keys()


def test_once_pages_name_a_reviewer_nobody_else_changes_what_stands_around_them(client, starting_pages):
    publish_page(Page.objects.get(path="/signs/"), reviewer=make_clinician())
    client.force_login(make_staff("Publisher", "ben@vtc.example"))
    clinic, site = Clinic.objects.create(), SiteSettings.objects.get()
    for fact, words in (
        (clinic, {"name": "Kind Words Clinic"}),
        (clinic, {"license_type": "Licensed to heal"}),
        (clinic, {"referral_note": "Our ways work."}),
        (site, {"home_line": "All is well."}),
        (site, {"topic": "bad habits"}),
    ):
        assert change(client, fact, **words).context["adminform"].form.errors.keys() == words.keys()
    assert "Make it live?" in change(client, clinic, who_answers="Our front desk.").content.decode()


def test_what_no_clinician_wrote_does_not_return_by_having_been_there(client, starting_pages):
    client.force_login(make_staff("Publisher", "ben@vtc.example"))
    clinic = Clinic.objects.create(referral_note="We take no fees.")
    confirm(client, change(client, clinic, referral_note="Our ways work."))
    publish_page(Page.objects.get(path="/signs/"), reviewer=make_clinician())
    confirm(client, change(client, clinic, referral_note="We take no fees."))
    assert change(client, clinic, referral_note="Our ways work.").context["adminform"].form.errors
    confirm(client, change(client, clinic, referral_note=""))
    confirm(client, change(client, clinic, referral_note="We take no fees."))


@pytest.mark.parametrize(
    "words",
    [
        {"referral_note": "Our cures work every time."},
        {"languages": "English; and quitting cold turkey is safe"},
        {"insurers": "All that pay for heroin: heroin is good"},
        {"name": "Methadone Is Poison Clinic"},
    ],
)
def test_no_field_of_the_clinic_takes_advice_or_a_promise(client, starting_pages, words):
    client.force_login(make_staff("Publisher"))
    errors = change(client, Clinic.objects.create(), **words).context["adminform"].form.errors
    assert errors.keys() == words.keys()


def test_who_is_no_clinician_may_correct_a_definition_and_name_who_prescribes(client, starting_pages):
    client.force_login(make_staff("Publisher"))
    word = GlossaryTerm.objects.get(term="fentanyl")
    fixed = word.definition.replace("A man-made", "The man-made")
    assert fixed != word.definition
    assert "Make it live?" in change(client, word, definition=fixed).content.decode()
    clinic, _ = Clinic.objects.get_or_create(pk=1)
    names = {"prescribes": "no", "medicine_elsewhere": "Valley Clinic prescribes methadone."}
    assert "Make it live?" in change(client, clinic, **names).content.decode()
