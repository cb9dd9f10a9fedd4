"""An urgent fix goes live without a sign-off, says why, is logged, and asks for one afterward."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import AuditEntry
from tests.content.admin.test_publish_screen import (
    change_words,
    live_page,
    live_version,
    publish_url,
    send,
    told,
)
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("reason", ["", "x", "1."])
def test_a_letter_is_no_reason_for_an_urgent_fix(client, publisher, reason):
    page = live_page()
    change_words(page, "<p>It takes 5 days.</p>")
    assert "Say in a few words" in told(send(client, page, change="urgent", reason=reason))


def test_errors_block_on_the_server_too_even_an_urgent_fix(client, publisher):
    page = live_page()
    before = live_version(page)
    change_words(page, "<p>Call 911.</p>")
    response = send(client, page, change="urgent")
    assert "1 error before you publish" in told(response)
    assert live_version(page) == before


def test_an_urgent_fix_goes_live_without_sign_off_is_logged_and_asks_for_it(client, publisher, reviewer):
    page = live_page()
    version = change_words(page, "<p>It takes 5 days.</p>")
    send(client, page, change="urgent")
    assert live_version(page) == version
    entry = AuditEntry.objects.get(action="published", version=version)
    assert entry.detail == "Urgent safety fix, without a sign-off; because: A dose is wrong."
    assert entry.author == publisher
    assert list(publishing.asking_for_sign_off()) == [version]
    changelist = reverse("admin:content_page_changelist")
    assert "needs a sign-off (urgent fix)" in client.get(changelist).content.decode()
    assert "urgent safety fix" in client.get(publish_url(page)).content.decode()
    send(client, page, button="_sign_off", reviewer=reviewer.pk)
    assert not publishing.asking_for_sign_off()
    assert live_version(page) == version


def test_an_urgent_fix_asks_why_and_names_what_changes(client, publisher):
    page = live_page()
    before, version = live_version(page), change_words(page, "<p>New ideas.</p>")
    assert "What changes: Text “A section” (changed)." in client.get(publish_url(page)).content.decode()
    assert "cannot wait" in told(send(client, page, change="urgent", reason=" "))
    assert "check this box" in told(send(client, page, change="urgent", is_sure=""))
    assert live_version(page) == before
    assert send(client, page, change="urgent").status_code == 302
    entry = AuditEntry.objects.get(version=version, action=AuditEntry.Action.PUBLISHED)
    assert entry.detail.endswith("without a sign-off; because: A dose is wrong.")


def test_nobody_publishes_an_urgent_fix_without_a_reason_past_the_form(publisher):
    version = change_words(live_page(), "<p>New ideas.</p>")
    with pytest.raises(ValidationError, match="cannot wait"):
        publishing.publish(version, change="urgent", author=make_staff("Publisher", "p@vtc.example"))


def test_a_wording_fix_on_an_urgent_one_still_asks_for_sign_off(client, publisher):
    page = live_page()
    change_words(page, "<p>Urgent words.</p>")
    send(client, page, change="urgent")
    version = change_words(page, "<p>The urgent words.</p>")
    send(client, page, change="wording")
    assert list(publishing.asking_for_sign_off()) == [version]


def test_a_refused_one_is_not_called_live(client, publisher):
    """After its end, other words would come back that nobody has signed."""
    page, tomorrow = live_page(), timezone.localtime() + timedelta(days=1)
    change_words(page)
    send(client, page, change="wording")
    change_words(page, "<p>New ideas.</p>")
    answer = send(client, page, change="urgent", live_until=f"{tomorrow:%Y-%m-%dT%H:%M}")
    assert told(answer)
    assert "No clinician has signed off this version" in answer.content.decode()
    assert "It went live as an urgent safety fix" not in answer.content.decode()
