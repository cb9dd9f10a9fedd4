"""History, compare, a page as it was, restore."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Text, TimelineStage, Version
from tests.content.admin.test_publish_screen import change_words, live_page
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    user = make_staff("Editor", first_name="Ana", last_name="Lee")
    client.force_login(user)
    return user


def url(name, page, *args):
    return reverse(f"admin:content_page_{name}", args=[page.pk, *args])


def test_lists_every_version_with_author_time_note_state_and_sign_off(client, editor):
    page = live_page()
    day = timezone.localdate()
    reviewer = make_clinician()
    live = Version.objects.current().get(page=page)
    publishing.sign_off(live, reviewer=reviewer, reviewed_on=day, next_review_on=day + timedelta(days=9))
    Text.objects.update(body="<p>Later words.</p>")
    publishing.record(page, author=editor, note="Clearer")
    later = timezone.now() + timedelta(days=3)
    publish_page(page, live_from=later)
    html = client.get(url("history", page)).content.decode()
    assert html.index("Version 2") < html.index("Version 1")
    for words in ("Live now, since", "Goes live", "Ana Lee", "Clearer", "Signed off by A Clinician, LMFT"):
        assert words in html


def test_a_note_that_quotes_has_its_quotation_marks_once(client, editor):
    page = live_page()
    Text.objects.update(body="<p>New words.</p>")
    publishing.record(page, author=editor, note="“naloxone” replaced by “narcan”")
    html = client.get(url("history", page)).content.decode()
    assert "Note: “naloxone” replaced by “narcan”</p>" in html


def test_tells_the_draft_from_older_drafts_and_offers_to_restore_only_these(client, editor):
    page = live_page()
    change_words(page, "<p>New words.</p>")
    change_words(page, "<p>Newest words.</p>")
    html = client.get(url("history", page)).content.decode()
    states = ("The draft, not live yet", "Never live", "Live now, since")
    places = [html.index(words) for words in states]
    assert places == sorted(places)
    assert [url("restore", page, number) in html for number in (3, 2, 1)] == [False, True, True]


def test_compares_any_two_versions_older_first(client, editor):
    page = live_page()
    change_words(page, "<p>New words.</p>")
    change_words(page, "<p>Newest words.</p>")
    html = client.get(f"{url('compare', page)}?from=3&to=1").content.decode()
    assert "[deleted: </span>Old" in html
    assert "[added: </span>Newest" in html
    assert client.get(f"{url('compare', page)}?from=1&to=9").status_code == 404
    assert client.get(f"{url('compare', page)}?from=x").status_code == 404


def test_shows_the_page_as_it_was_as_a_draft_that_nobody_keeps(client, editor):
    page = live_page()
    change_words(page)
    response = client.get(url("version", page, 1))
    html = response.content.decode()
    assert "Old words." in html
    assert "draft-note" in html
    assert "noindex" in response["X-Robots-Tag"]
    assert 'content="noindex' in html
    assert "no-store" in response["Cache-Control"]
    assert client.get(url("version", page, 9)).status_code == 404


def test_restores_a_version_into_the_draft_and_leaves_the_live_page(client, editor):
    page = live_page()
    live = Version.objects.current().get(page=page)
    change_words(page)
    client.post(url("restore", page, 1))
    assert Text.objects.get(parent=page).body == "<p>Old words.</p>"
    assert Version.objects.current().get(page=page) == live
    entry = AuditEntry.objects.get(action="restored")
    assert (entry.author, entry.version.number, entry.detail) == (editor, 3, "from version 1")


def test_restoring_records_a_draft_that_nobody_recorded(client, editor):
    page = live_page()
    Text.objects.update(body="<p>Typed, not recorded.</p>")
    client.post(url("restore", page, 1))
    assert "Typed, not recorded." in str(page.versions.get(number=2).snapshot)
    assert page.versions.get(number=3).snapshot == page.versions.get(number=1).snapshot


def test_a_version_that_breaks_todays_rules_is_not_restored(client, editor):
    page = make_page()
    stage = TimelineStage.objects.create(
        parent=page, when="Day 1", starts_hour=5, ends_hour=2, strength=3, heading="A stage"
    )
    publishing.record(page)
    stage.ends_hour = 9
    stage.save()
    publishing.record(page)
    response = client.post(url("restore", page, 1), follow=True)
    assert "was not restored" in response.content.decode()
    assert TimelineStage.objects.get().ends_hour == 9


def test_a_version_of_another_page_is_not_found(client, editor):
    page, other = live_page(), make_page("/other/")
    change_words(page)
    publishing.record(other)
    assert client.get(url("version", other, 2)).status_code == 404
    assert client.post(url("restore", other, 2)).status_code == 404


def test_a_publisher_takes_back_what_was_to_go_live(client):
    client.force_login(make_staff("Publisher"))
    page = live_page()
    change_words(page)
    version = publish_page(page, live_from=timezone.now() + timedelta(days=1))
    client.post(url("unschedule", page, version.number))
    version.refresh_from_db()
    assert version.live_from is None
    live = Version.objects.current().get(page=page)
    client.post(url("unschedule", page, live.number))
    assert Version.objects.current().get(page=page) == live


def test_queries_do_not_grow_with_versions(client, editor, django_assert_max_num_queries):
    page = live_page()
    for address in (url("history", page), f"{url('compare', page)}?from=1&to=1", url("version", page, 1)):
        client.get(address)
        with django_assert_max_num_queries(30) as first:
            client.get(address)
        for number in range(10):
            add_text(page, f"<p>{address} {number}</p>", ordering=number)
            publishing.record(page, author=editor)
        with django_assert_max_num_queries(30) as second:
            client.get(address)
        assert len(second) == len(first), address


def test_long_histories_are_paged(client, editor):
    page = live_page()
    for number in range(55):
        change_words(page, f"<p>Words {number}.</p>")
    first = client.get(url("history", page)).content.decode()
    assert first.count('class="version ') + first.count('class="version"') == 50
    assert "Older versions" in first
    assert "Version 1<" in client.get(url("history", page) + "?p=2").content.decode()


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_nothing_typed_runs_on_these_screens(client, payload):
    client.force_login(make_staff("Owner"))
    page = live_page()
    Text.objects.update(heading=payload[:120])
    page.short_name, page.lede = payload[:40], payload
    page.save()
    publishing.record(page, note=payload)
    for address in (url("publish", page), url("history", page), f"{url('compare', page)}?from=1&to=2"):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
