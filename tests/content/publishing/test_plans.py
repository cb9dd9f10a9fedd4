"""What goes live by itself replaces the words it was judged against, or a clinician has signed exactly it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from content import publishing
from content.models import Version
from content.publishing import trash
from tests.content.admin.test_publish_screen import (
    change_words,
    draft_page,
    live_version,
    publish_url,
    send,
    told,
)
from tests.support.staff import make_clinician

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)
TWO, THREE = "<p>Wait two minutes.</p>", "<p>Wait three minutes.</p>"


def at(days):
    return timezone.now() + days * DAY


@pytest.fixture
def clinician():
    return make_clinician()


@pytest.fixture
def page(clinician):
    """A live page that says two minutes, signed."""
    page = draft_page()
    signed(page, TWO, clinician, live_from=None)
    return page


def signed(page, body, clinician, **times):
    version = change_words(page, body)
    publishing.sign_off(version, reviewer=clinician)
    return publishing.publish(version, change="clinical", **times)


def planned(page, body="<p>Wait two minutes</p>", days=2):
    return publishing.publish(change_words(page, body), change="wording", live_from=at(days))


@pytest.mark.parametrize("change", ["wording", "urgent"])
def test_keeping_a_plan_shows_the_difference_and_is_refused_without_a_sign_off(
    client, publisher, page, clinician, change
):
    plan = publishing.publish(change_words(page, "<p>Wait two minutes</p>"), change=change, live_from=at(2))
    newer = change_words(page, THREE)
    publishing.sign_off(newer, reviewer=clinician)
    html = client.get(publish_url(page)).content.decode()
    assert f"version {plan.number} goes live on" in html and "“three” → “two”" in html
    assert "cannot be kept without a sign-off" in html
    answer = told(send(client, page, newer, change="clinical", waiting="keep"))
    assert f"Version {plan.number} is planned for" in answer and "“three” → “two”" in answer
    assert live_version(page).number == plan.number - 1
    assert send(client, page, newer, change="clinical", waiting="stop").status_code == 302
    assert not publishing.waiting(page)


def test_a_plan_that_a_clinician_signs_may_be_kept(client, publisher, page, clinician):
    plan = planned(page)
    newer = change_words(page, THREE)
    for version in (plan, newer):
        publishing.sign_off(version, reviewer=clinician)
    assert send(client, page, newer, change="clinical", waiting="keep").status_code == 302
    assert Version.objects.current(at(3)).get(page=page) == plan


def refuses(message):
    return pytest.raises(ValidationError, match=message)


def after_a_clinical_one_was_planned_between(page, clinician):
    planned(page)
    signed(page, THREE, clinician, live_from=at(1))


def after_the_one_between_was_canceled(page, clinician):
    between = signed(page, THREE, clinician, live_from=at(1))
    planned(page, "<p>Wait three minutes</p>")
    publishing.unschedule(between)


def after_what_it_replaces_was_ended(page, clinician):
    planned(page)
    publishing.publish(live_version(page), change="clinical", live_until=at(1))


def after_it_was_moved_behind_a_clinical_one(page, clinician):
    plan = planned(page, days=1)
    signed(page, THREE, clinician, live_from=at(2))
    publishing.publish(plan, change="wording", live_from=at(3))


def after_an_old_signed_version_came_back_live(page, clinician):
    old = live_version(page)
    signed(page, THREE, clinician)
    planned(page, "<p>Wait three minutes</p>")
    publishing.publish(old, change="clinical")


def when_an_end_brings_it_back(page, clinician):
    publishing.publish(change_words(page, "<p>Wait two minutes</p>"), change="wording")
    signed(page, THREE, clinician, live_until=at(1))


@pytest.mark.parametrize(
    "story",
    [
        after_a_clinical_one_was_planned_between,
        after_the_one_between_was_canceled,
        after_what_it_replaces_was_ended,
        after_it_was_moved_behind_a_clinical_one,
        after_an_old_signed_version_came_back_live,
        when_an_end_brings_it_back,
    ],
)
def test_no_way_brings_words_that_nobody_read_under_an_older_sign_off(page, clinician, story):
    with refuses("more than wording"):
        story(page, clinician)


def test_what_a_clinician_signed_comes_back_after_an_end(page, clinician):
    signed(page, THREE, clinician, live_until=at(1))
    assert Version.objects.current(at(2)).get(page=page).is_signed


def test_a_plan_of_wording_is_not_kept_from_moving(page):
    plan = planned(page)
    publishing.publish(plan, change="wording", live_from=at(3))
    assert plan.reviewed_version == live_version(page)


def test_a_plan_that_waits_never_replaces_itself(page):
    """Given another time it would have kept its review unjudged, whatever it is called by then."""
    plan = planned(page)
    assert publishing.base_of(plan, at(3)) == live_version(page)


@pytest.mark.parametrize("way", [publishing.withdraw, lambda page: trash.restore(trash.move(page) or page)])
def test_what_was_off_the_site_comes_back_only_signed(page, publisher, way):
    wording = publishing.publish(change_words(page, "<p>Wait two minutes</p>"), change="wording")
    way(page)
    for change in ("wording", "clinical"):
        with refuses("clinical change"):
            publishing.publish(wording, change=change, author=publisher)
    urgent = publishing.publish(wording, change="urgent", author=publisher, reason="It is needed.")
    assert not urgent.reviewer


def test_a_restored_text_is_judged_against_what_is_live(page, publisher, clinician):
    old = live_version(page)
    signed(page, THREE, clinician)
    with refuses("more than wording"):
        publishing.publish(publishing.restore(old), change="wording", author=publisher)
