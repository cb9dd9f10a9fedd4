"""The verbs on Version: what is recorded, what is live, what comes back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from content import publishing
from content.models import Helpline, HelplineList, SignList, Text, Version
from tests.support.pages import add_text, make_page, publish_page

pytestmark = pytest.mark.django_db


def live_version(page, at=None):
    return Version.objects.current(at).filter(page=page).first()


def test_recording_numbers_versions_and_keeps_every_block():
    page = make_page()
    add_text(page, heading="One")
    SignList.objects.create(parent=page, heading="Signs", signs="a\nb", ordering=5)
    version = publishing.record(page, note="first")
    assert version.number == 1
    assert [block["kind"] for block in version.snapshot["blocks"]] == ["sign_list", "text"]
    assert version.live_from is None


def test_recording_again_without_a_change_gives_the_same_version():
    page = make_page()
    assert publishing.record(page) == publishing.record(page)


def test_visitors_keep_the_live_version_while_a_draft_changes():
    page = make_page()
    text = add_text(page, "<p>Old.</p>")
    published = publish_page(page)
    text.body = "<p>New.</p>"
    text.save()
    publishing.record(page)
    assert live_version(page) == published


def test_a_scheduled_version_goes_live_by_itself_and_ends_by_itself():
    page, now = make_page(), timezone.now()
    first = publish_page(page)
    add_text(page)
    later = publish_page(page, live_from=now + timedelta(days=1), live_until=now + timedelta(days=2))
    assert live_version(page) == first
    assert live_version(page, now + timedelta(days=1, hours=1)) == later
    assert live_version(page, now + timedelta(days=3)) == first


def test_withdrawing_takes_every_version_off():
    page, now = make_page(), timezone.now()
    publish_page(page)
    add_text(page)
    publish_page(page, live_from=now + timedelta(days=1))
    publishing.withdraw(page)
    assert live_version(page) is None
    assert live_version(page, now + timedelta(days=2)) is None


def test_a_version_cannot_end_before_it_starts():
    page, now = make_page(), timezone.now()
    with pytest.raises(ValidationError):
        publish_page(page, live_from=now, live_until=now - timedelta(days=1))
    assert live_version(page) is None


def test_a_change_of_wording_keeps_the_next_review():
    page, due = make_page(), timezone.localdate() + timedelta(days=90)
    publish_page(page, change=Version.Change.CLINICAL, next_review_on=due)
    add_text(page)
    assert publish_page(page).next_review_on == due


def test_restoring_brings_back_text_blocks_and_helplines_as_a_new_version():
    page = make_page()
    add_text(page, "<p>Old.</p>")
    line = Helpline.objects.create(slug="988", name="988", phone="988", is_published=True)
    block = HelplineList.objects.create(parent=page, ordering=20)
    block.helplines.add(line)
    old = publishing.record(page)
    Text.objects.all().delete()
    block.delete()
    publishing.record(page)
    restored = publishing.restore(old)
    assert restored.number == 3
    assert restored.snapshot == old.snapshot
    assert Text.objects.get().body == "<p>Old.</p>"


def test_restoring_tolerates_fields_and_kinds_that_are_gone():
    page = make_page()
    add_text(page)
    version = publishing.record(page)
    version.snapshot["page"]["mood"] = "calm"
    version.snapshot["blocks"] += [{"kind": "hologram", "depth": 3}]
    version.snapshot["blocks"][0]["color"] = "pine"
    version.save()
    assert [block["kind"] for block in publishing.restore(version).snapshot["blocks"]] == ["text"]
