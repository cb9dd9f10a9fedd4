"""Times that cannot be, clash or leave a hole, and odd addresses: what staff may type, what becomes of it."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.caching import public_state
from content.models import Clinic, Page, Redirect, Version
from content.publishing import trash
from tests.content.admin.test_publish_screen import (
    change_words,
    live_page,
    live_version,
    publish_url,
    send,
    told,
)
from tests.support.edit_form import change_url, fields_of
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_clinician

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)


def typed(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize("field", ["live_from", "live_until"])
@pytest.mark.parametrize(
    "text",
    [
        "2028-03-12T02:30",  # the hour that California leaves out
        "2028-11-05T01:30",  # the hour that comes twice
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "99999-01-01T00:00",
        "2028-02-30T10:00",
        "9" * 10_000,
    ],
)
def test_impossible_times_get_words_and_change_nothing(client, publisher, field, text):
    page = live_page()
    before = live_version(page)
    change_words(page)
    answer = send(client, page, change="wording", **{field: text})
    assert told(answer)
    assert list(Version.objects.exclude(live_from=None)) == [before]


def test_the_clock_change_is_explained(client, publisher):
    page = live_page()
    change_words(page)
    answer = told(send(client, page, change="wording", live_from="2028-03-12T02:30"))
    assert "couldn’t be interpreted in time zone America/Los_Angeles" in answer


@pytest.mark.parametrize("field", ["next_review_on"])
@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2028-02-30", "x\0"])
def test_impossible_days_of_a_review_get_words(client, publisher, reviewer, field, text):
    page = live_page()
    version = change_words(page)
    assert told(send(client, page, change="clinical", reviewer=reviewer.pk, **{field: text}))
    version.refresh_from_db()
    assert version.reviewer is None


def test_the_last_day_there_is_stops_no_page(client):
    publish_page(make_page(), next_review_on="9999-12-31")
    Clinic.objects.create(license_number="1", license_expires_on="9999-12-31")
    assert public_state.next_moment() == float("inf")
    assert client.get("/some-page/").status_code == 200


def test_an_end_before_the_start_is_refused_by_the_verb_too():
    page, now = live_page(), timezone.now()
    version = change_words(page)
    for start, end in ((now + 2 * DAY, now + DAY), (None, now - DAY), (now + DAY, now + DAY)):
        with pytest.raises(ValidationError, match="must be after the start"):
            publishing.publish(version, change="wording", live_from=start, live_until=end)


def test_what_is_live_is_not_taken_off_by_a_later_start(client, publisher):
    page = live_page()
    answer = send(client, page, change="wording", live_from=typed(timezone.now() + DAY))
    assert "Visitors already see this version" in told(answer)
    assert live_version(page)


def test_of_two_scheduled_versions_each_has_its_time_and_the_screen_tells_of_the_other(client, publisher):
    page, now = live_page(), timezone.now()
    first = change_words(page, "<p>First words.</p>")
    send(client, page, first, change="urgent", live_from=typed(now + 2 * DAY))
    second = change_words(page, "<p>Second words.</p>")
    html = client.get(publish_url(page)).content.decode()
    assert f"Version {first.number} is scheduled for" in html
    send(client, page, second, change="urgent", live_from=typed(now + DAY), live_until=typed(now + 4 * DAY))
    shown = [Version.objects.current(now + n * DAY).get(page=page).number for n in (0, 1.5, 2.5, 4.5)]
    assert shown == [1, second.number, first.number, first.number]


def test_of_two_versions_for_the_same_moment_the_newer_one_counts():
    page, then = live_page(), timezone.now() + DAY
    first, second = change_words(page, "<p>One.</p>"), change_words(page, "<p>Two.</p>")
    publishing.publish(second, change="urgent", live_from=then)
    publishing.publish(first, change="urgent", live_from=then)
    assert Version.objects.current(then).get(page=page) == second


@pytest.fixture
def core_page():
    page = live_page()
    Page.objects.update(is_protected=True)
    return page


def test_a_core_page_is_never_left_without_a_version(core_page):
    now, live = timezone.now(), live_version(core_page)
    following = change_words(core_page)
    publishing.publish(following, change="wording", live_from=now + DAY)
    publishing.publish(live, change="wording", live_until=now + 2 * DAY)
    with pytest.raises(ValidationError, match="must always be live"):
        publishing.unschedule(following)
    following.refresh_from_db()
    assert following.live_from
    with pytest.raises(ValidationError, match="must always be live"):
        publishing.publish(following, change="wording", live_from=now + 3 * DAY)


def test_a_core_page_whose_old_version_is_planned_again_does_not_vanish_between(core_page):
    now, first = timezone.now(), live_version(core_page)
    for_a_day = change_words(core_page)
    publishing.publish(for_a_day, change="wording", live_until=now + DAY)
    with pytest.raises(ValidationError, match="must always be live"):
        publishing.publish(first, change="wording", live_from=now + 3 * DAY)
    assert Version.objects.current(now + 2 * DAY).get(page=core_page) == first


@pytest.mark.parametrize("method", ["withdraw", "move"])
def test_a_core_page_is_not_taken_off(core_page, method):
    with pytest.raises(ValidationError, match="is a core page"):
        {"withdraw": publishing.withdraw, "move": trash.move}[method](core_page)


def test_withdrawing_twice_and_unscheduling_what_is_live_change_nothing():
    page = live_page()
    publishing.unschedule(live_version(page))
    assert live_version(page)
    publishing.withdraw(page)
    ended = page.versions.get().live_until
    publishing.withdraw(page)
    assert page.versions.get().live_until == ended


def test_a_page_in_the_bin_keeps_its_address_free_and_comes_back_when_it_is_free_again(client):
    old = live_page(path="/here/")
    trash.move(old)
    new = make_page("/here/")
    publish_page(new)
    assert client.get("/here/").status_code == 200
    new.path = "/there/"
    new.save()
    assert trash.restore(old).path == "/here-2/"  # where the other one is still live
    trash.move(old)
    Page.objects.filter(pk=old.pk).update(path="/here/")
    publish_page(new)
    publish_page(trash.restore(old))
    assert client.get("/here/").status_code == client.get("/there/").status_code == 200


def test_pages_that_change_places_lead_in_no_circle(client):
    one, two = live_page(path="/one/"), make_page("/two/")
    add_text(two)
    publish_page(two)
    for page, path in ((one, "/between/"), (two, "/one/"), (one, "/two/"), (two, "/three/"), (two, "/one/")):
        page.path = path
        page.full_clean()
        page.save()
        publish_page(page)
    assert client.get("/one/").status_code == client.get("/two/").status_code == 200
    assert client.get("/between/")["Location"] == "/two/"
    assert client.get("/three/")["Location"] == "/one/"


@pytest.mark.parametrize("path", ["/contact/", "/admin/login/", "/healthz/"])
def test_no_second_address_where_another_part_of_the_site_answers(path):
    with pytest.raises(ValidationError, match="Another part of the site"):
        Redirect(path=path, page=live_page()).full_clean()


LONG = "/" + "a-b/" * 2500
ODD = [LONG, "/" + "a" * 10_000 + "/", "/%2e%2e/", "/\u202e/", "/A/", "/a//b/"]


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_find_nothing_and_cannot_be_given(client, path):
    live_page()
    assert client.get(quote(path)).status_code in (404, 301)
    for made in (Page(path=path), Redirect(path=path)):
        with pytest.raises(ValidationError) as refused:
            made.clean_fields()
        assert "path" in refused.value.message_dict


def test_a_mark_that_no_screen_shows_is_taken_out_of_an_address(client):
    page = Page(path="/nul\0/")
    with suppress(ValidationError):  # of the fields that are empty
        page.clean_fields()
    assert page.path == "/nul/"
    assert client.get(quote("/nul\0/")).status_code == 404


# What PostgreSQL refuses by itself is the zero byte.
@pytest.mark.parametrize(
    "path", ["/nul\0/", *(pytest.param(each, marks=pytest.mark.once) for each in [*ODD, "here/", ""])]
)
def test_the_edit_form_refuses_odd_addresses_with_words_or_makes_good_ones_of_them(client, publisher, path):
    page = live_page()
    values = fields_of(client.get(change_url(page)))
    answer = client.post(change_url(page), values | {"path": path, "_continue": "1"})
    page.refresh_from_db()
    if answer.status_code == 200:
        assert answer.context["adminform"].form.errors["path"]
        assert page.path == "/some-page/"
    else:
        assert page.path in ("/nul/", "/2e2e/", "/a/", "/a/b/", "/here/", "/some-page/")


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "\0", "-1", "1.5", "²", "٣٣٣", "x"])
def test_versions_that_do_not_exist_are_not_found(client, publisher, number):
    page, number = live_page(), quote(number)
    compare = reverse("admin:content_page_compare", args=[page.pk])
    for address in (
        f"{publish_url(page)}?version={number}",
        f"{compare}?from={number}&to=1",
        f"/admin/content/page/{page.pk}/versions/{number}/",
        f"/admin/content/page/{number}/publish/",
    ):
        assert client.get(address).status_code in (404, 302, 400), address


def scheduled(client, page):
    """Return a version that waits for tomorrow, and a newer one to publish now."""
    old = change_words(page, "<p>Old ideas.</p>")
    send(client, page, old, change="urgent", live_from=typed(timezone.now() + DAY))
    return old, change_words(page, "<p>New ideas.</p>")


def test_publishing_now_asks_about_the_older_version_that_waits(client, publisher):
    page = live_page()
    old, new = scheduled(client, page)
    html = client.get(publish_url(page)).content.decode()
    assert f"version {old.number} goes live on" in html
    assert "Say what happens to the version that waits" in told(send(client, page, new, change="urgent"))


@pytest.mark.parametrize("answer", ["stop", "keep"])
def test_the_older_version_is_stopped_unless_told_otherwise(client, publisher, answer):
    page = live_page()
    old, new = scheduled(client, page)
    publishing.sign_off(old, reviewer=make_clinician())  # unsigned it could not be kept
    assert send(client, page, new, change="urgent", waiting=answer).status_code == 302
    then = Version.objects.current(timezone.now() + 2 * DAY).get(page=page)
    assert then == (new if answer == "stop" else old)


def test_the_verb_stops_it_by_itself(client, publisher):
    page = live_page()
    _, new = scheduled(client, page)
    publishing.publish(new, change="urgent")
    assert not publishing.waiting(page)


def test_what_happens_tomorrow_stands_on_the_start_page_in_the_list_and_on_the_page(client, publisher):
    page = live_page()
    old, _ = scheduled(client, page)
    screens = ["index", "content_page_changelist"]
    addresses = [reverse(f"admin:{name}") for name in screens] + [publish_url(page)]
    for address in [*addresses, reverse("admin:content_page_change", args=[page.pk])]:
        html = " ".join(client.get(address).content.decode().split()).lower()
        assert f"version {old.number}" in html
        when = timezone.localtime(timezone.now() + DAY)
        assert f"{when:%b}".lower() in html
        assert "goes live on" in html or "planned" in html
