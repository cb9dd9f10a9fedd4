"""Look and words: what every page says is checked like a page, and is never clinical."""

import pytest

from content.models import SiteSettings
from tests.content.admin.test_shared_facts import change
from tests.support.staff import make_staff

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


def test_what_is_too_long_is_refused_with_its_length_and_never_cut(client, form_errors):
    typed = {"strip_danger": "Not breathing?", "strip_steps_es": "¿Qué hago ya?"}
    errors = form_errors(**typed)
    assert "at most 12 characters (it has 14)" in str(errors["strip_danger"])
    assert "(it has 13)" in str(errors["strip_steps_es"])
    assert "maxlength" not in client.get("/admin/content/sitesettings/1/change/").content.decode()
