"""Somebody with nothing but docs/editing-pages.md makes a page about fentanyl and publishes it.

Told once: by keyboard alone in every run, by mouse in `make drill`.
"""

import re

import pytest

from content.models import Clinic, Version
from tests.browser.axe import violations
from tests.browser.editing import block, ready
from tests.browser.people import Keyboard, Mouse
from tests.support import images
from tests.support.staff import make_clinician, make_staff

pytestmark = pytest.mark.browser
DESCRIPTION = "What fentanyl is, how people notice an overdose of it, and what to do first."
CELLS = {
    "Heading of column 1": "What you see",
    "Heading of column 2": "What you do",
    "Row 1, column 1": "No answer",
    "Row 1, column 2": "Call for help",
}


@pytest.mark.parametrize("hands", [pytest.param(Mouse, marks=pytest.mark.drill), Keyboard])
def test_a_page_about_fentanyl_is_made_by_the_guide(hands, visitor, site, sign_in, tmp_path):
    user = make_staff("Publisher")
    make_clinician(user)
    Clinic.objects.update_or_create(pk=1, defaults={"is_one_person": True})
    visitor.set_viewport_size({"width": 1280, "height": 900})
    sign_in(visitor, user, to="/admin/content/page/")
    ana = hands(visitor)
    starts_with_a_template(ana)
    fills_in_what_the_checks_ask_for(ana)
    writes_over_the_help_words(ana)
    adds_a_picture(ana, tmp_path)
    publishes_it(ana)
    is_what_visitors_see(ana, site)


def starts_with_a_template(ana):
    ana.follows("Add page")
    ready_to_add(ana.page)
    assert violations(ana.page) == []
    ana.types_into(ana.page.locator("#id_heading"), "What is fentanyl?")
    ana.ticks(ana.page.get_by_label("A substance"))
    saves(ana)
    ana.sees("Its address is /what-is-fentanyl/")


def ready_to_add(page):
    page.wait_for_selector(".order-machine-insert-target.last")
    page.wait_for_selector("#page-counter-text:not(:empty)", state="attached")


def saves(ana):
    ana.presses("Save draft")
    ready(ana.page)


def writes_over_the_help_words(ana):
    """Write in each block, from the top of the page to its end."""
    writes(ana, "Text: What is it?", "Fentanyl is a strong opioid", inserting="naloxone")
    writes(ana, "Text: What does it do?", "It slows breathing")
    signs = block(ana.page, "Signs or symptoms: What are the signs?")
    ana.writes_over(signs.get_by_role("textbox", name="Signs:"), "No answer when you call")
    writes(ana, "Colored box: If you think it is an overdose", "Call for help first.")
    writes(ana, "Text: What are the risks?", "Nobody can see or taste it")
    table = block(ana.page, "Table: How does it compare?")
    ana.writes_over(table.get_by_label("What it compares"), "What you see and what you do")
    for label, words in CELLS.items():
        ana.writes_over(table.get_by_label(label, exact=True), words)
    writes(ana, "Text: What can I do next?", "Talk to somebody today. Call ", inserting="suicide")


def writes(ana, name, words, inserting=""):
    """Write the text of a block, and insert at its end what is found first."""
    place = block(ana.page, name)
    ana.writes_over(place.locator(".tiptap"), words)
    if inserting:
        ana.uses(place.get_by_role("button", name="Insert source, number or link…"))
        ana.sees("found", within="dialog [role=status]")
        ana.page.keyboard.type(inserting)
        ana.page.keyboard.press("Enter")


def adds_a_picture(ana, folder):
    file = folder / "fentanyl.png"
    file.write_bytes(images.picture((640, 480)))
    ana.uses(ana.page.get_by_role("button", name="Add a block at the end"))
    ana.uses(ana.page.locator(".plugin-buttons").get_by_role("button", name="Image"))
    new = block(ana.page, re.compile("^Image"))
    with ana.page.expect_file_chooser() as chosen:
        ana.uses(new.locator("input[type=file]"))
    chosen.value.set_files(file)
    ana.types_into(new.get_by_label("What the picture shows"), "A plain green field")


def fills_in_what_the_checks_ask_for(ana):
    ana.types_into(ana.page.locator("#id_lede"), "It is a strong opioid, and help is near.")
    ana.uses(ana.page.locator("summary", has_text="Address, menu and search engines"))
    ana.types_into(ana.page.locator("#id_description"), DESCRIPTION)


def publishes_it(ana):
    ana.presses("Save and go to publish")
    assert ana.page.locator(".finding--error").all_inner_texts() == []
    ana.chooses("I have read exactly this version and approve it.")
    ana.chooses("Clinical change")
    ana.presses(re.compile("^Publish version"))
    ana.sees("is live now.")


def is_what_visitors_see(ana, site):
    version = Version.objects.current().get(path="/what-is-fentanyl/")
    assert version.reviewer_name == "A Clinician"
    ana.goes_to(f"{site}/what-is-fentanyl/")
    main = ana.page.locator("main")
    assert main.locator("table").count() == 1
    assert main.locator("a[href^='#source-1']").count()
    assert main.locator("a[href='tel:988']").count()
    assert main.get_by_alt_text("A plain green field").count() == 1
    ana.sees("Reviewed by A Clinician")
