"""A deleted page waits in the bin, off the site; core pages never get there."""

from datetime import timedelta

import pytest
from content import bin, navigation, publishing
from content.models import AuditEntry, Page, Version
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.content.factories import add_text, make_page, publish_page

pytestmark = pytest.mark.django_db


def core_page():
    page = make_page(is_protected=True)
    publish_page(page)
    return page


def test_a_page_in_the_bin_is_off_the_site_now_and_later(client):
    page = make_page(in_menu=True)
    publish_page(page)
    add_text(page)
    publish_page(page, live_from=timezone.now() + timedelta(days=1))
    bin.put(page)
    page.refresh_from_db()
    assert page.binned_at
    assert client.get(page.path).status_code == 404
    assert navigation.topics() == []
    assert page.path not in client.get("/sitemap.xml").content.decode()
    assert not Version.objects.current(timezone.now() + timedelta(days=2)).exists()
    assert page.versions.count() == 2


def test_a_page_brought_back_is_a_draft_that_can_be_published(client):
    page = make_page()
    publish_page(page)
    bin.put(page)
    with pytest.raises(ValidationError, match="in the bin"):
        publish_page(page)
    bin.bring_back(page)
    assert client.get(page.path).status_code == 404
    publish_page(page)
    assert client.get(page.path).status_code == 200
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {AuditEntry.Action.BINNED, AuditEntry.Action.UNBINNED} <= set(actions)


def test_the_address_of_a_page_in_the_bin_can_be_used_again():
    page = make_page("/old/")
    bin.put(page)
    make_page("/old/")
    with pytest.raises(ValidationError, match="Another page has this address"):
        bin.bring_back(page)
    assert Page.objects.filter(path="/old/", binned_at=None).count() == 1


def test_a_core_page_is_neither_binned_nor_withdrawn(client):
    page = core_page()
    with pytest.raises(ValidationError, match="core of the site"):
        bin.put(page)
    with pytest.raises(ValidationError, match="core of the site"):
        publishing.withdraw(page)
    assert client.get(page.path).status_code == 200


def test_a_core_page_may_end_a_version_only_when_another_is_live_then():
    page, end = core_page(), timezone.now() + timedelta(days=1)
    first = page.versions.get()
    with pytest.raises(ValidationError, match="would vanish"):
        publishing.publish(first, change=Version.Change.WORDING, live_until=end)
    add_text(page)
    publish_page(page, live_until=end)
    assert Version.objects.current(end).get(page=page) == first
