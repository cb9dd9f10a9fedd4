"""A deleted page is kept in trash, off the site; core pages never get there."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.caching import navigation
from content.models import AuditEntry, Page, Version
from content.publishing import trash
from tests.support.edit_form import change_url, fields_of
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def core_page():
    page = make_page(is_protected=True)
    publish_page(page)
    return page


def test_a_page_in_the_bin_is_off_the_site_now_and_later(client):
    page = make_page(in_menu=True)
    publish_page(page)
    add_text(page)
    publish_page(page, live_from=timezone.now() + timedelta(days=1))
    trash.move(page)
    page.refresh_from_db()
    assert page.trashed_at
    assert client.get(page.path).status_code == 404
    assert navigation.topics() == []
    assert page.path not in client.get("/sitemap.xml").content.decode()
    assert not Version.objects.current(timezone.now() + timedelta(days=2)).exists()
    assert page.versions.count() == 2


def test_a_page_brought_back_is_a_draft_that_can_be_published(client):
    page = make_page()
    publish_page(page)
    trash.move(page)
    with pytest.raises(ValidationError, match="in trash"):
        publish_page(page)
    trash.restore(page)
    assert client.get(page.path).status_code == 404
    publish_page(page)
    assert client.get(page.path).status_code == 200
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {AuditEntry.Action.TRASHED, AuditEntry.Action.RESTORED_FROM_TRASH} <= set(actions)


def test_the_address_of_a_page_in_the_bin_can_be_used_again_and_the_page_comes_back_beside_it(publisher):
    page = make_page("/old/")
    trash.move(page)
    make_page("/old/")
    assert "at /old-2/, because" in publisher.post(restore_url(page), follow=True).content.decode()
    assert Page.objects.get(pk=page.pk, trashed_at=None).path == "/old-2/"


def test_a_core_page_is_neither_trashed_nor_withdrawn(client):
    page = core_page()
    with pytest.raises(ValidationError, match="core page"):
        trash.move(page)
    with pytest.raises(ValidationError, match="core page"):
        publishing.withdraw(page)
    assert client.get(page.path).status_code == 200


def test_a_core_page_may_end_a_version_only_when_another_is_live_then():
    page, end = core_page(), timezone.now() + timedelta(days=1)
    first = page.versions.get()
    with pytest.raises(ValidationError, match="must always be live"):
        publishing.publish(first, change=Version.Change.WORDING, live_until=end)
    add_text(page)
    publish_page(page, live_until=end)
    assert Version.objects.current(end).get(page=page) == first


# --- In the admin ----------------------------------------------------------------------------------
@pytest.fixture
def publisher(client):
    client.force_login(make_staff("Publisher"))
    return client


def restore_url(page):
    return reverse("admin:content_trashedpage_restore", args=[page.pk])


def bin_url(page):
    return reverse("admin:content_page_trash", args=[page.pk])


def test_a_publisher_moves_a_page_to_trash_and_restores_it(publisher):
    page = make_page(short_name="Rare words")
    publish_page(page)
    assert bin_url(page) in publisher.get(change_url(page)).content.decode()
    assert "find nothing there" in publisher.get(bin_url(page)).content.decode()
    publisher.post(bin_url(page))
    assert publisher.get(page.path).status_code == 404
    assert (
        "Rare words"
        not in publisher.get(reverse("admin:content_page_changelist"))
        .content.decode()
        .split("messagelist")[0]
    )
    bin_list = reverse("admin:content_trashedpage_changelist")
    shown = publisher.get(bin_list).content.decode()
    assert f'formaction="{restore_url(page)}">Restore “Rare words” as a draft</button>' in shown
    assert publisher.post(restore_url(page))["Location"] == change_url(page)
    page.refresh_from_db()
    assert page.trashed_at is None
    assert set(AuditEntry.objects.exclude(author=None).values_list("author_name", flat=True)) == {
        "ana@vtc.example"
    }


def test_the_trash_says_what_will_not_happen_and_offers_no_way_to_publish_from_it(publisher):
    page, other = make_page(), make_page("/other/", short_name="Links here")
    add_text(other, f'<p><a href="{page.path}">There</a></p>')
    publish_page(other)
    publish_page(page, live_from=timezone.now() + timedelta(days=1))
    html = publisher.get(bin_url(page)).content.decode()
    assert "Version 1 will not go live" in html and "Links here" in html
    publisher.post(bin_url(page))
    for name in ("publish", "review", "history"):
        html = publisher.get(reverse(f"admin:content_page_{name}", args=[page.pk])).content.decode()
        assert "In trash since" in html and change_url(page) not in html
        assert 'name="_publish"' not in html and 'name="_sign_off"' not in html
    listing = publisher.get(reverse("admin:content_page_changelist")).content.decode()
    assert reverse("admin:content_trashedpage_changelist") in listing


def test_nothing_in_the_admin_deletes_a_page(publisher, admin_client):
    page = make_page()
    for client in (publisher, admin_client):
        for name in ("page", "trashedpage"):
            url = reverse(f"admin:content_{name}_delete", args=[page.pk])
            assert client.post(url, {"post": "yes"}).status_code in (302, 403)
            listing = reverse(f"admin:content_{name}_changelist")
            client.post(listing, {"action": "delete_selected", "_selected_action": [page.pk], "post": "yes"})
    assert Page.objects.filter(pk=page.pk).exists()


def test_an_editor_may_not_use_the_bin(client):
    client.force_login(make_staff("Editor"))
    page = make_page()
    assert bin_url(page) not in client.get(change_url(page)).content.decode()
    assert client.post(bin_url(page)).status_code == 403
    trash.move(page)
    shown = client.get(reverse("admin:content_trashedpage_changelist")).content.decode()
    assert page.short_name in shown and restore_url(page) not in shown
    assert client.post(restore_url(page)).status_code == 403
    page.refresh_from_db()
    assert page.trashed_at


def test_a_core_page_offers_neither_the_bin_nor_another_address(publisher):
    page = core_page()
    html = publisher.get(change_url(page)).content.decode()
    assert bin_url(page) not in html
    assert 'name="path"' not in html
    publisher.post(bin_url(page))
    assert Page.objects.get(pk=page.pk).trashed_at is None


def test_moving_a_live_page_says_that_visitors_find_it_where_it_was(publisher):
    page = make_page("/old/")
    publish_page(page)
    fields = fields_of(publisher.get(change_url(page))) | {"path": "/new/"}
    answer = publisher.post(change_url(page), fields | {"_continue": "1"}, follow=True)
    assert "Visitors find this page at /old/ until you publish." in answer.content.decode()
