"""The whole way of a page: somebody new changes it, shows it, publishes it and looks back.

Told once, done twice: by mouse and by keyboard alone.
"""

import pytest

from content.models import Clinic, Page, Version
from tests.browser.people import Keyboard, Mouse
from tests.support.staff import EMAIL, PASSWORD, make_clinician, make_staff

pytestmark = pytest.mark.browser
SYMPTOM, ADDED = "yawning", " a lot"


@pytest.fixture
def stranger(browser, site):
    """Somebody without an account, in a browser of their own."""
    context = browser.new_context(base_url=site)
    yield Mouse(context.new_page())
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("hands", [pytest.param(Mouse, marks=pytest.mark.drill), Keyboard])
def test_a_symptom_is_changed_shown_published_compared_and_restored(hands, visitor, site, stranger):
    ana = hands(visitor)
    ana.goes_to(f"{site}/admin/")
    clinician = make_clinician(make_staff("Publisher"))
    Clinic.objects.update_or_create(pk=1, defaults={"is_one_person": True})
    ana.signs_in(EMAIL, PASSWORD)
    ana.goes_to(f"{site}/admin/content/page/")
    changes_the_symptom(ana)
    previews_it_on_a_phone(ana)
    gives_it_to(stranger, ana, site)
    publishes_it(ana, clinician)
    sees_it_live(ana, stranger)
    compares_it_with_before(ana)
    restores_what_was_before(ana, stranger)


def changes_the_symptom(ana):
    ana.follows("Withdrawal")
    symptoms = unfolds_the_symptoms(ana)
    ana.adds_to_line(symptoms, SYMPTOM, ADDED)
    assert SYMPTOM + ADDED in symptoms.input_value().splitlines()


def unfolds_the_symptoms(ana):
    ana.unfolds("The first signs")
    return ana.page.get_by_role("textbox", name="What you may feel")


def previews_it_on_a_phone(ana):
    beside = ana.opens_beside("Preview")
    phone = beside.page.frame_locator("iframe[title*=phone]")
    phone.get_by_text(SYMPTOM + ADDED).first.wait_for()
    assert phone.locator("body").evaluate("() => innerWidth") == 360
    beside.sees("Not saved yet.")
    beside.page.close()


def gives_it_to(stranger, ana, site):
    ana.presses("Save and share a preview")
    ana.uses(ana.page.get_by_role("button", name="Copy", exact=True))
    stranger.goes_to(ana.page.locator(".preview-links__address").input_value())
    stranger.sees(SYMPTOM + ADDED)
    stranger.sees("Draft.")
    stranger.goes_to(f"{site}/withdrawal/")
    stranger.sees_not(SYMPTOM + ADDED)


def publishes_it(ana, clinician):
    ana.presses("Save and go to publish")
    ana.sees(ADDED.strip(), within="ins")
    ana.chooses("I have read exactly this version and approve it.")
    ana.chooses("Clinical change")
    ana.writes("What changed, for colleagues", "Yawning is stronger")
    ana.presses("Publish version 2")
    ana.sees("Version 2 is live now.")
    live = Version.objects.current().get(page__path="/withdrawal/")
    assert (live.number, live.reviewer, live.note) == (2, clinician, "Yawning is stronger")


def sees_it_live(ana, stranger):
    ana.follows("View the live page")
    ana.sees(SYMPTOM + ADDED)
    ana.sees("Reviewed by A Clinician, LMFT")
    ana.page.go_back()
    stranger.page.reload()
    stranger.sees(SYMPTOM + ADDED)


def compares_it_with_before(ana):
    ana.follows("History")
    ana.presses("Compare")
    ana.sees(ADDED.strip(), within=".compared ins")
    assert ana.page.locator(".compared").count() == ana.page.locator(".compared ins").count() == 1


def restores_what_was_before(ana, stranger):
    ana.follows("History")
    ana.presses("Restore as the draft version 1")
    ana.sees("Version 1 is now the draft, saved as version 3.")
    ana.follows("Edit")
    symptoms = unfolds_the_symptoms(ana)
    assert SYMPTOM in symptoms.input_value().splitlines()
    stranger.page.reload()
    stranger.sees(SYMPTOM + ADDED)  # visitors keep what is live
    assert Page.objects.get(path="/withdrawal/").versions.count() == 3
