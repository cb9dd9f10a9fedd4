"""Where a page was leads to where it is, at the moment visitors are meant to find it there and not before."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Page, Redirect, Version
from content.publishing import addresses, trash
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)


def move(page, path):
    page.path = path
    page.full_clean()
    page.save()


def moved_page(*paths, **options):
    """Return a page that was live at each of `paths`, the last one now."""
    page = make_page(paths[0])
    publish_page(page)
    for path in paths[1:]:
        move(page, path)
        publish_page(page, **options)
    return page


def test_an_old_address_leads_to_the_new_one_for_good(client):
    moved_page("/old/", "/new/")
    answer = client.get("/old/?from=card")
    assert (answer.status_code, answer["Location"]) == (301, "/new/?from=card")
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    assert client.get("/new/").status_code == 200


def test_visitors_keep_the_old_address_until_the_move_is_published(client):
    page = make_page("/old/")
    publish_page(page)
    move(page, "/new/")
    version = publishing.record(page)
    assert client.get("/old/").status_code == 200
    assert client.get("/new/").status_code == 404
    assert page.get_absolute_url() == "/old/"
    publishing.publish(version, change=Version.Change.URGENT)
    assert client.get("/old/").status_code == 301
    assert page.get_absolute_url() == "/new/"


def test_a_move_planned_for_later_happens_by_itself():
    page, now = make_page("/old/"), timezone.now()
    publish_page(page)
    move(page, "/new/")
    publish_page(page, live_from=now + DAY)
    assert addresses.successor("/new/") is None
    assert addresses.successor("/old/", now + 2 * DAY) == "/new/"


def test_moving_twice_leads_straight_to_the_last_address(client):
    moved_page("/one/", "/two/", "/three/")
    assert client.get("/one/")["Location"] == client.get("/two/")["Location"] == "/three/"


def test_moving_back_makes_no_loop(client):
    moved_page("/one/", "/two/", "/one/")
    assert client.get("/one/").status_code == 200
    assert client.get("/two/")["Location"] == "/one/"


def test_a_page_that_takes_an_old_address_has_it(client):
    moved_page("/old/", "/new/")
    second = make_page("/old/", short_name="Second")
    publish_page(second)
    assert client.get("/old/").status_code == 200
    move(second, "/elsewhere/")
    publish_page(second)
    assert client.get("/old/")["Location"] == "/elsewhere/"


def test_the_old_address_of_a_page_that_is_gone_leads_nowhere(client):
    page = moved_page("/old/", "/new/")
    trash.move(page)
    assert client.get("/old/").status_code == client.get("/new/").status_code == 404


def test_an_address_is_kept_when_the_version_that_had_it_goes_live_again_later(client):
    page = moved_page("/old/", "/new/")
    first = page.versions.get(number=1)
    publishing.publish(first, change=Version.Change.URGENT, live_from=timezone.now() + DAY)
    assert client.get("/old/")["Location"] == "/new/"


def test_a_second_address_leads_to_its_page(client):
    page = make_page("/naloxone-for-families/")
    publish_page(page)
    Redirect.objects.create(path="/narcan/", page=page)
    assert client.get("/narcan/")["Location"] == "/naloxone-for-families/"
    with pytest.raises(ValidationError):
        Redirect(path="/naloxone-for-families/", page=page).full_clean()


def test_the_move_is_in_the_audit_trail():
    moved_page("/old/", "/new/")
    entry = AuditEntry.objects.get(action=AuditEntry.Action.MOVED)
    assert entry.detail == "from /old/ to /new/"


@pytest.mark.parametrize("path", ["/contact/", "/admin/", "/healthz/", "/contact/sent/"])
def test_an_address_of_another_part_of_the_site_is_refused(path):
    with pytest.raises(ValidationError, match="Another part of the site"):
        make_page(path)


def test_an_address_is_refused_while_another_page_is_live_or_drafted_there():
    page = make_page("/old/")
    publish_page(page)
    with pytest.raises(ValidationError, match="Another page has this address"):
        make_page("/old/")
    move(page, "/new/")
    with pytest.raises(ValidationError, match="still live at this address"):
        make_page("/old/")


def test_two_pages_are_never_live_at_one_address():
    """The first page falls back to its old address when its newer Version ends; the second is there then."""
    first, now = make_page("/old/"), timezone.now()
    publish_page(first)
    move(first, "/new/")
    publish_page(first, live_until=now + 2 * DAY)
    second = make_page("/old/", short_name="Second")
    with pytest.raises(ValidationError, match="is also live at /old/"):
        publish_page(second)
    publish_page(second, live_until=now + DAY)


def test_a_core_page_keeps_its_address(starting_pages):
    page = Version.objects.current().get(path="/withdrawal/").page
    with pytest.raises(ValidationError, match="its address cannot change"):
        move(page, "/elsewhere/")


def test_what_is_sent_to_an_old_address_is_not_led_on(client):
    moved_page("/old/", "/new/")
    assert client.post("/old/").status_code == 405


def test_queries_are_constant_whatever_the_history(client, django_assert_num_queries):
    page = moved_page("/old/", "/new/")
    with django_assert_num_queries(2):
        client.get("/old/")
    for number in range(5):
        add_text(page, f"<p>{number}</p>")
        publish_page(page)
    with django_assert_num_queries(2):
        client.get("/old/")


def test_a_planned_move_is_not_taken_back_while_another_page_counts_on_it(client):
    first, now = make_page("/old/"), timezone.now()
    publish_page(first)
    move(first, "/new/")
    planned = publish_page(first, live_from=now + DAY)
    second = make_page("/other/", short_name="Second")
    Page.objects.filter(pk=second.pk).update(path="/old/")
    publish_page(second, live_from=now + 2 * DAY)
    client.force_login(make_staff("Publisher"))
    url = reverse("admin:content_page_unschedule", args=[first.pk, planned.number])
    answer = client.post(url, follow=True)
    assert "is also live at /old/" in answer.content.decode()
    assert Version.objects.get(pk=planned.pk).live_from


def test_a_publisher_gives_a_page_a_second_address(client):
    page = make_page("/naloxone-for-families/")
    publish_page(page)
    client.force_login(make_staff("Publisher"))
    client.post(reverse("admin:content_redirect_add"), {"path": "/narcan/", "page": page.pk})
    assert client.get("/narcan/")["Location"] == "/naloxone-for-families/"
    assert client.get(reverse("admin:content_redirect_changelist")).status_code == 200
