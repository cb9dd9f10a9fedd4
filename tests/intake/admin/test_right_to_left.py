"""Words that run from right to left are laid out so, and the numbers in them stay whole."""

import pytest
from django.urls import reverse

from intake.admin.screens.contact_forms import EmailForm, WishForm
from intake.admin.screens.forms import NoteForm, SearchForm
from intake.forms.message import MessageForm
from intake.forms.own_message import AddForm
from intake.templatetags.intake_tags import numbers_apart
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.once

PERSIAN = "سلام. شماره: 213-373-4253."
HEBREW = "שלום, 818 555 0100 <b>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (PERSIAN, 'سلام. شماره: <bdi dir="ltr">213-373-4253</bdi>.'),
        (HEBREW, 'שלום, <bdi dir="ltr">818 555 0100</bdi> &lt;b&gt;'),
        ("مرحبا +1 (818) 555-0100", 'مرحبا <bdi dir="ltr">+1 (818) 555-0100</bdi>'),
        ("مرحبا ٨١٨-٥٥٥", 'مرحبا <bdi dir="ltr">٨١٨-٥٥٥</bdi>'),
        ("Call 213-373-4253 <b>", "Call 213-373-4253 <b>"),
        ("", ""),
    ],
)
def test_numbers_keep_their_order(text, shown):
    assert numbers_apart(text) == shown


@pytest.mark.django_db
def test_message_is_laid_out_by_its_own_words_for_staff(client):
    submission = stored_message(message=PERSIAN, name=HEBREW, phone="213-373-4253")
    client.force_login(make_staff("Owner"))
    address = reverse("admin:intake_submission_change", args=[submission.pk])
    page = client.get(address).content.decode()
    assert f'<p class="case__words" dir="auto">{numbers_apart(PERSIAN)}</p>' in page
    page = client.post(address, {"act": "contact", "has_read": "yes"}, follow=True).content.decode()
    assert "<dd><bdi>שלום, 818 555 0100 &lt;b&gt;</bdi></dd>" in page


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (MessageForm(), "name"),
        (MessageForm(), "relationship"),
        (MessageForm(), "message"),
        (AddForm(), "text"),
        (SearchForm(), "text"),
        (NoteForm(), "text"),
        (WishForm(), "said"),
        (EmailForm(), "subject"),
        (EmailForm(), "body"),
    ],
)
def test_field_for_words_follows_what_is_typed(form, name):
    assert 'dir="auto"' in str(form[name])


@pytest.mark.parametrize("name", ["phone", "email", "asked_channel"])
def test_number_and_address_run_from_left_to_right(name):
    assert "dir=" not in str(MessageForm()[name])


def test_number_in_a_question_stays_whole_beside_words_that_run_to_the_left():
    form = MessageForm(filled_in(phone="שלום 213-373"))
    assert form.errors["phone"][0].startswith("Is \u2068שלום 213-373\u2069 right?")
