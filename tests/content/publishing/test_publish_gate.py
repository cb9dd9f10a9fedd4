"""No way leads a text with errors to visitors: no screen, no later time, no urgency, no command."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from content import publishing, starter
from content.models import AuditEntry, Page, Text, Version
from tests.content.admin.test_publish_screen import (
    change_words,
    live_page,
    live_version,
    publish_url,
    send,
    told,
)
from tests.support.edit_form import change_url, fields_of
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRONG = "<p>Old words of an addict.</p>"  # a word that no page says
REFUSED = "before you publish version"
TOMORROW = timedelta(days=1)


@pytest.fixture
def owner(client):
    user = make_staff("Owner")
    client.force_login(user)
    return user


def later():
    return f"{timezone.localtime() + TOMORROW:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize("change", Version.Change.values)
@pytest.mark.parametrize("start", [None, timezone.now() + 999 * TOMORROW])
def test_the_verb_itself_refuses_whatever_the_change_and_the_time(change, start):
    page = live_page()
    before, version = live_version(page), change_words(page, WRONG)
    today = timezone.localdate()
    review = {"reviewer": make_clinician()}
    review |= {"reviewed_on": today, "next_review_on": today + TOMORROW}
    with pytest.raises(ValidationError, match=REFUSED):
        publishing.publish(version, change=change, live_from=start, **review)
    version.refresh_from_db()
    assert (version.live_from, version.reviewer) == (None, None)
    assert live_version(page) == before
    assert not AuditEntry.objects.filter(version=version).exclude(action="recorded").exists()


@pytest.mark.parametrize("change", Version.Change.values)
@pytest.mark.parametrize("is_later", [False, True])
def test_the_screen_refuses(client, owner, change, is_later):
    page = live_page()
    before = live_version(page)
    change_words(page, WRONG)
    reviewer = make_clinician(owner)
    times = {"live_from": later()} if is_later else {}
    assert REFUSED in told(send(client, page, change=change, reviewer=reviewer.pk, **times))
    assert list(Version.objects.exclude(live_from=None)) == [before]


def test_saving_restoring_and_signing_off_put_nothing_live(client, owner):
    page = live_page()
    before = live_version(page)
    wrong = change_words(page, WRONG)
    change_words(page, "<p>Right words.</p>")
    client.post(reverse("admin:content_page_restore", args=[page.pk, wrong.number]))
    assert Text.objects.get(parent=page).body == WRONG
    reviewer = make_clinician(owner)
    send(client, page, button="_sign_off", reviewer=reviewer.pk)
    values = fields_of(client.get(change_url(page)))
    client.post(change_url(page), values | {"_continue": "1", "live_from": later(), "live_until": later()})
    assert page.versions.get(live_from__isnull=False) == live_version(page) == before


def test_the_old_screen_of_a_colleague_does_not_help(client, owner):
    page = live_page()
    change_words(page)
    client.get(publish_url(page))
    wrong = change_words(page, WRONG)
    assert REFUSED in told(send(client, page, wrong, change="urgent"))


def test_the_command_loads_no_starting_page_with_errors(monkeypatch):
    pages = [data for data in starter.page_files() if data["path"] == "/faq/"]
    pages[0]["blocks"].append({"kind": "text", "heading": "Wrong", "body": WRONG})
    monkeypatch.setattr(starter, "page_files", lambda: pages)
    with pytest.raises(ValidationError, match=REFUSED):
        call_command("load_starter_pages")
    assert not Page.objects.exists()


def test_a_safety_box_is_not_required_over_a_version_that_waits_without_it(client, owner):
    page = live_page()
    version = change_words(page)
    send(client, page, change="wording", live_from=later())
    answer = client.post(publish_url(page), {"_topics": "1", "required_topics": ["suicide"]}, follow=True)
    assert f"{REFUSED} {version.number}" in answer.content.decode()
    page.refresh_from_db()
    assert page.required_topics == []


def test_wording_needs_a_text_that_it_changes_when_it_goes_live(client, owner):
    page = live_page()
    publishing.publish(live_version(page), change="wording", live_until=timezone.now() + TOMORROW / 2)
    change_words(page, "<p>Entirely new.</p>")
    html = told(send(client, page, change="wording", live_from=later()))
    assert "Nothing is live then" in html
    assert Version.objects.exclude(live_from=None).count() == 1
