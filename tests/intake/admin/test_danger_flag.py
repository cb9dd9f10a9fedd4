"""Words of danger on the staff's screens: above every promise, with a way to the guide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import IntakeSettings, Submission
from intake.receiving import danger_words
from intake.staff import work_lists
from tests.support.message_screen import page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
FIRST = "May be in danger: read first"
GUIDE = "/admin/intake/submission/danger/"


@pytest.fixture
def late(client):
    """A promise that is broken; newer is a message with words of danger."""
    client.force_login(make_staff("Owner", email="olga@vtc.example"))
    late = stored_message(message="late")
    Submission.objects.update(promised_by=timezone.now() - timedelta(hours=3))
    return late


def in_danger(**changes):
    submission = stored_message(message="one more", **changes)
    Submission.objects.filter(pk=submission.pk).update(danger="suicide")
    submission.refresh_from_db()
    return submission


def test_it_stands_first_on_the_start_page_and_in_the_list(client, late):
    danger = in_danger()
    stored_message(message="newest")
    assert work_lists.needs_action().first() == danger
    start = text_of(client.get("/admin/"))
    assert start.index(danger.spoken_reference) < start.index(late.spoken_reference) and FIRST in start
    rows = client.get("/admin/intake/submission/").context["cl"].result_list
    assert rows[0] == danger
    assert FIRST in text_of(client.get("/admin/intake/submission/"))


def test_the_flag_on_the_message_leads_to_the_guide(client, late):
    page = text_of(client.get(page_of(in_danger(phone="(818) 555-0177"))))
    assert FIRST in page and "Words of suicide or self-harm" in page and f'href="{GUIDE}"' in page
    assert FIRST not in text_of(client.get(page_of(late)))


def test_suspected_spam_is_on_the_start_page_until_somebody_has_opened_it(client, late):
    spam = in_danger()
    Submission.objects.filter(pk=spam.pk).update(status="suspected")
    spam.notifications.update(kind="danger", created_at=timezone.now() - timedelta(minutes=1))
    assert work_lists.needs_action().first() == spam
    client.get(reverse("admin:intake_suspectedspam_change", args=[spam.pk]))
    assert spam not in work_lists.needs_action()


def test_a_finished_message_goes_back_to_its_place(client, late):
    danger = in_danger()
    Submission.objects.filter(pk=danger.pk).update(status="closed")
    newest = stored_message(message="newest")
    assert client.get("/admin/intake/submission/").context["cl"].result_list[0] == newest


def test_the_guide_is_a_draft_until_the_owner_confirms_it(client, late):
    assert "This is a draft." in text_of(client.get(GUIDE))
    IntakeSettings(danger_guide="Call Robin first.", is_danger_guide_confirmed=True).save()
    page = text_of(client.get(GUIDE))
    assert "This is a draft." not in page and "Call Robin first." in page and "988" in page


def test_owners_see_the_shipped_phrases_and_only_changed_ones_are_stored(client, late):
    address = reverse("admin:intake_intakesettings_change", args=[1])
    client.get(reverse("admin:intake_intakesettings_changelist"))
    form = client.get(address).context["adminform"].form
    assert form["suicide_phrases"].value() == danger_words.SHIPPED["suicide_phrases"]
    sent = {name: form[name].value() or "" for name in form.fields if form[name].value() is not False}
    sent["harmless_phrases"] = "to die for"
    assert client.post(address, sent).status_code == 302
    stored = IntakeSettings.objects.get()
    assert stored.suicide_phrases == stored.overdose_phrases == ""
    assert stored.harmless_phrases == "to die for"
