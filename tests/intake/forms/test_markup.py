"""The HTML of the form: each state of a field is pinned in rendered/, and all of it can be heard.

A change of these files is a change of what people hear and see: read it before you accept it.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test.html import parse_html
from django.utils.datastructures import MultiValueDict

from content.models import Clinic, SiteSettings
from intake.forms.message import MessageForm
from intake.models import IntakeSettings
from tests.support.messages import filled_in

pytestmark = pytest.mark.once

RENDERED = Path(__file__).parent / "rendered"
TOKENS = {"name": "name", "phone": "tel", "email": "email", "message": "off"}


def form_of(fields=None):
    return MessageForm(
        None if fields is None else MultiValueDict({name: [text] for name, text in fields.items()})
    )


def html_of(form, **known):
    """Return what the page of the form says between header and footer."""
    about_us = {"site": SiteSettings(), "clinic": Clinic()}
    context = {"form": form, "intake_settings": IntakeSettings(), **about_us, **known}
    return re.search("<main.*</main>", render_to_string("intake/send_message.html", context), re.DOTALL)[0]


def field_of(form, name):
    """Return the box of one field out of the whole form."""
    boxes = re.findall(r'<(div|fieldset) class="(field[^"]*)"(.*?)</\1>\n', html_of(form), re.DOTALL)
    [box] = [box for box in boxes if f'name="{name}"' in box[2]]
    return f'<{box[0]} class="{box[1]}"{box[2]}</{box[0]}>'


def summary_of(form):
    return re.search(r'<div class="error-summary".*?</div>\n</div>', html_of(form), re.DOTALL)[0]


def two_errors():
    return form_of({"phone": "714 555", "message": "x" * 5001})


STATES = {
    "text_empty": lambda: field_of(form_of(), "name"),
    "text_filled_in": lambda: field_of(form_of(filled_in(name="<Sam> & Co")), "name"),
    "text_with_error": lambda: field_of(form_of({"reply_by": "call"}), "phone"),
    "text_with_question": lambda: field_of(two_errors(), "phone"),
    "choice_nothing_chosen": lambda: field_of(form_of(), "in_california"),
    "choice_safest_chosen": lambda: field_of(form_of(), "voicemail"),
    "choice_with_error": lambda: field_of(form_of({}), "reply_by"),
    "choice_chosen": lambda: field_of(form_of(filled_in(voicemail="full")), "voicemail"),
    "list_empty": lambda: field_of(form_of(), "best_time"),
    "list_chosen": lambda: field_of(form_of(filled_in(best_time="evening")), "best_time"),
    "message_empty": lambda: field_of(form_of(), "message"),
    "message_filled_in": lambda: field_of(form_of(filled_in(message="One\n</textarea>")), "message"),
    "summary_of_one_error": lambda: summary_of(form_of({})),
    "summary_of_two_errors": lambda: summary_of(two_errors()),
}


@pytest.mark.parametrize("state", STATES)
def test_state_is_rendered_as_pinned(state):
    pinned = (RENDERED / f"{state}.html").read_text()
    assert parse_html(STATES[state]()) == parse_html(pinned)


def test_every_pinned_file_is_a_state():
    assert {path.stem for path in RENDERED.glob("*.html")} == set(STATES)


def test_every_field_has_a_name_and_its_hint_and_error_are_announced():
    page = html_of(two_errors())
    for bound in two_errors():
        if bound.is_hidden:
            continue
        if bound.use_fieldset:
            assert f"<legend>{bound.label}</legend>" in page
        elif bound.widget_type == "checkbox":
            assert f'id="{bound.auto_id}">{bound.label}</label>' in page
        else:
            assert f'<label for="{bound.auto_id}">{bound.label}</label>' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(described.split()) <= set(ids)
    assert page.count('aria-invalid="true"') == 2


def test_a_tick_is_drawn_beside_its_words_and_not_as_a_field():
    page = html_of(form_of())
    for name in ("relay", "under_18", "email_copy"):
        assert re.search(rf'<label class="choice"><input type="checkbox" name="{name}"', page)
    assert not re.search(r'<input type="checkbox"[^>]* class="input"', page)


def test_summary_links_lead_to_fields():
    page = html_of(two_errors())
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', summary_of(two_errors()))
    assert links == ["id_message", "id_phone"] and set(links) <= ids


def test_browser_may_fill_in_contacts_and_never_the_message():
    page = html_of(form_of())
    for name, token in TOKENS.items():
        tag = re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]*>', page)[0]
        assert f'autocomplete="{token}"' in tag
    assert "maxlength" not in page and " required" not in page


def test_emergency_notice_stands_before_the_first_field():
    page = html_of(form_of())
    assert page.index("No one watches this form all the time") < page.index('name="reason"')
    assert 'href="tel:911"' in page and 'href="tel:988"' in page


def test_other_help_is_named_where_someone_is_outside_california():
    assert "We can treat only people who are in California." in html_of(form_of())


def test_trap_is_hidden_from_everybody_and_named_like_nothing_a_browser_fills():
    trap = re.search(r"<div hidden>.*?</div>", html_of(form_of()), re.DOTALL)[0]
    assert 'name="leave_this_empty"' in trap and 'tabindex="-1"' in trap and 'autocomplete="off"' in trap


def test_nothing_is_styled_or_scripted_in_the_page():
    page = html_of(two_errors())
    assert not re.search(r'\sstyle="|\son\w+="|<script|<style', page)


def test_notice_of_a_failed_store_comes_first_and_takes_the_focus():
    page = html_of(form_of(filled_in()), is_storing_down=True)
    assert page.index("Your message isn’t sent") < page.index("<h1") < page.index("No one watches")
    assert "autofocus" in page and "It still is" not in page


def test_staff_texts_disappear_when_they_are_empty():
    assert "your phone shows" not in html_of(form_of())
    full = IntakeSettings(caller_id="a private number", tries=3, keep_finished_days=90)
    page = html_of(form_of(), intake_settings=full)
    assert "When we call, your phone shows a private number. We try 3 times, then we stop." in page
    assert "We delete it 90 days after we are done." in page


def test_errors_stand_above_the_heading():
    page = html_of(two_errors())
    assert page.index("error-summary") < page.index("<h1")


def test_the_message_comes_second_and_nothing_is_chosen_but_the_safe_answers():
    page = html_of(form_of())
    names = list(dict.fromkeys(re.findall(r'name="(\w+)"', page)))
    assert names[:3] == ["reason", "message", "reply_by"]
    chosen = re.findall(r'<input[^>]* name="(\w+)" value="([\w-]+)"[^>]* checked', page)
    assert chosen == [("voicemail", "none"), ("may_name_us", "no")]


def test_a_note_on_an_answer_is_hidden_until_the_browser_knows_the_answer():
    """Without :has() no note may show: they would contradict each other."""
    css = (settings.BASE_DIR / "static/css/components/form.css").read_text()
    before, _, after = css.partition("@supports selector(:has(a))")
    assert re.search(r"\.form \.note \{\s*display: none;", before)
    assert ".only {" not in before and ".reveal {\n  display" not in before
    notes = re.findall(r'<p class="note (only--[\w-]+)"', html_of(form_of()))
    assert len(notes) == 4 and all(f".{note}" in after for note in notes)
