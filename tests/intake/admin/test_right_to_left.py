"""Words that run from right to left are laid out so, and the numbers in them stay whole."""

import pytest
from django.urls import reverse

from intake.forms.message import MessageForm
from intake.templatetags.intake_tags import numbers_apart
from tests.support.messages import stored_message
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


@pytest.mark.parametrize("name", ["name", "relationship", "message"])
def test_field_of_the_form_follows_what_is_typed(name):
    assert 'dir="auto"' in str(MessageForm()[name])
