"""A live page never names a reviewer for words that this person has not seen, whichever way they came."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from content import dashboard, publishing
from content.models import Page, Steps, Text, Version
from tests.content.admin.test_publish_screen import change_words, live_page, publish_url, send, told
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TOMORROW = timedelta(days=1)


@pytest.fixture
def signed(reviewer):
    """A live page that a clinician signed."""
    page, today = live_page(), timezone.localdate()
    live = Version.objects.current().get(page=page)
    publishing.sign_off(live, reviewer=reviewer, reviewed_on=today, next_review_on=today + 90 * TOMORROW)
    return page


def text_of(client, page):
    return " ".join(client.get(page.path).content.decode().split())


def test_the_side_does_not_become_the_back_as_wording(starting_pages, client, publisher):
    page = Page.objects.get(path="/overdose-help/")
    block = Steps.objects.filter(parent=page, steps__contains="side").first()
    block.steps = block.steps.replace("side", "back")
    block.save()
    version = publishing.record(page)
    assert "on the emergency page every change counts" in told(send(client, page, change="wording"))
    assert Version.objects.current().get(page=page) != version


def test_the_editor_reads_which_words_made_it_clinical(client, publisher, signed):
    change_words(signed, "<p>Old people.</p>")
    assert "“words” → “people”" in client.get(publish_url(signed)).content.decode()
    assert "“words” → “people”" in told(send(client, signed, change="wording"))


def test_small_changes_of_wording_are_told_beside_the_name(client, signed):
    change_words(signed)
    version = signed.versions.order_by("-number").first()
    publishing.publish(version, change="wording")
    text = text_of(client, signed)
    assert "Reviewed by A Clinician, LMFT, on" in text
    assert "small changes of wording since" in text
    assert "dateModified" in text
    assert "lastReviewed" in text


def test_small_steps_do_not_add_up_to_another_text(signed):
    """Each step is compared with what the reviewer read as well."""
    publishing.publish(change_words(signed, "<p>Old wordss.</p>"), change="urgent")
    with pytest.raises(ValidationError, match="more than wording"):
        publishing.publish(change_words(signed, "<p>Other words.</p>"), change="wording")


def test_a_restored_and_a_scheduled_text_pass_the_same_gate(signed):
    other = change_words(signed, "<p>New ideas.</p>")
    change_words(signed)
    restored = publishing.restore(other)
    for start in (None, timezone.now() + TOMORROW):
        with pytest.raises(ValidationError, match="more than wording"):
            publishing.publish(restored, change="wording", live_from=start)


def test_a_scheduled_text_is_compared_with_what_is_live_then(signed):
    then = timezone.now() + TOMORROW
    publishing.publish(change_words(signed, "<p>New ideas.</p>"), change="urgent", live_from=then)
    wording = change_words(signed, "<p>The old words.</p>")
    with pytest.raises(ValidationError, match="more than wording"):
        publishing.publish(wording, change="wording", live_from=then + TOMORROW)


def test_the_verb_itself_refuses_a_clinical_change_without_a_sign_off(signed):
    version = change_words(signed, "<p>New ideas.</p>")
    with pytest.raises(ValidationError, match="needs a clinician’s sign-off"):
        publishing.publish(version, change="clinical", author=make_staff("Publisher"))


def test_a_review_that_was_kept_is_no_sign_off(signed):
    """A wording change that waited and was stopped keeps no signature to publish it with later."""
    version = publishing.publish(change_words(signed), change="wording")
    assert not version.is_signed
    publishing.publish(change_words(signed, "<p>New ideas.</p>"), change="urgent")
    with pytest.raises(ValidationError, match="needs a clinician’s sign-off"):
        publishing.publish(version, change="clinical", author=make_staff("Publisher"))


def test_an_urgent_fix_names_nobody_and_stays_on_the_start_page_until_signed(client, signed, reviewer):
    publishing.publish(change_words(signed, "<p>New ideas.</p>"), change="urgent")
    assert "Safety change of" in text_of(client, signed)
    wording = publishing.publish(change_words(signed, "<p>The new ideas.</p>"), change="wording")
    text, publisher = text_of(client, signed), make_staff("Publisher")
    assert "not yet checked by a clinician" in text
    assert "A Clinician" not in text
    assert "reviewedBy" not in text
    rows = [row["note"] for each in dashboard.items(publisher) for row in each["rows"]]
    assert "urgent fix" in rows
    publishing.sign_off(wording, reviewer=reviewer, reviewed_on=timezone.localdate())
    assert "Reviewed by A Clinician" in text_of(client, signed)
    assert "Safety change" not in text_of(client, signed)


def test_a_known_misspelling_may_be_mended(signed):
    other = live_page(path="/other/")
    Text.objects.filter(parent=other).update(body="<p>Naloxone helps.</p>")
    publishing.publish(publishing.record(other), change="urgent")
    publishing.publish(change_words(signed, "<p>Naloxne helps.</p>"), change="urgent")
    version = publishing.publish(change_words(signed, "<p>Naloxone helps.</p>"), change="wording")
    assert version.is_live()
