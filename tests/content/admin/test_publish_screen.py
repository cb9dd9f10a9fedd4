"""The publish screen: what it shows, what it refuses, what it does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Clinician, Page, Text, Version
from content.publishing import trash
from tests.support.pages import add_text, make_page, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DESCRIPTION = "This page has a description of the right length. ".ljust(150, "x")


def draft_page(**fields):
    page = make_page(description=DESCRIPTION, **fields)
    add_text(page, "<p>Old words.</p>", heading="A section")
    publishing.record(page)
    return page


def live_page(**fields):
    page = draft_page(**fields)
    publish_page(page, change=Version.Change.CLINICAL)
    return page


def change_words(page, body="<p>The old words.</p>"):
    Text.objects.filter(parent=page).update(body=body)
    return publishing.record(page)


def live_version(page):
    return Version.objects.current().filter(page=page).first()


def publish_url(page):
    return reverse("admin:content_page_publish", args=[page.pk])


def send(client, page, version=None, button="_publish", **fields):
    number = (version or page.versions.order_by("-number").first()).number
    data = {"version": number, button: "1", **fields}
    if data.pop("reviewer", None):
        data = {"signs": "on", "next_review_on": timezone.localdate() + timedelta(days=90)} | data
    if data.get("change") == "urgent":
        data = {"reason": "A dose is wrong.", "is_sure": "on"} | data
    return client.post(publish_url(page), data)


def told(response):
    """Return the errors of the form."""
    return " ".join(error for errors in response.context["form"].errors.values() for error in errors)


def test_publishing_with_a_sign_off_puts_exactly_this_version_live(client, publisher, reviewer):
    page = live_page()
    version = change_words(page, "<p>It takes 5 days.</p>")
    assert send(client, page, change="clinical", reviewer=reviewer.pk, note="Five").status_code == 302
    live = live_version(page)
    assert (live, live.reviewer, live.note) == (version, reviewer, "Five")
    assert live.next_review_on == timezone.localdate() + timedelta(days=90)


def test_shows_changes_checks_and_who_saved(client, publisher):
    page = live_page()
    change_words(page, "<p>Call 911.</p>")
    html = client.get(publish_url(page)).content.decode()
    assert "[deleted: </span>Old words" in html
    assert "Fix 1 error before you publish" in html
    change_form = reverse("admin:content_page_change", args=[page.pk])
    assert f'href="{change_form}#text_blocks-0"' in html
    assert "No clinician has signed off this version" in html
    assert 'name="_publish"' not in html


def test_a_new_page_that_nothing_links_to_is_told_and_has_no_address_to_view(client, publisher):
    page, words = draft_page(path="/lonely/"), "No menu and no live page links"
    edit = reverse("admin:content_page_change", args=[page.pk])
    assert words in client.get(publish_url(page)).content.decode()
    assert "viewsitelink" not in client.get(edit).content.decode()
    other = make_page("/other/")
    add_text(other, '<p><a href="/lonely/">Read on</a></p>')
    publish_page(other)
    assert words not in client.get(publish_url(page)).content.decode()
    publish_page(page)
    assert "viewsitelink" in client.get(edit).content.decode()


def test_a_clinical_change_needs_a_sign_off(client, publisher):
    page = live_page()
    before = live_version(page)
    change_words(page)
    assert "needs a clinician’s sign-off" in told(send(client, page, change="clinical"))
    assert live_version(page) == before


def test_a_sign_off_counts_for_its_own_version_only(client, publisher, reviewer):
    page = live_page()
    signed = change_words(page)
    send(client, page, button="_sign_off", reviewer=reviewer.pk)
    newer = change_words(page, "<p>Newer words.</p>")
    assert "needs a clinician’s sign-off" in told(send(client, page, newer, change="clinical"))
    assert send(client, page, signed, change="clinical").status_code == 302
    assert live_version(page) == signed


def test_a_change_of_wording_keeps_the_review_and_moves_no_date(client, publisher, reviewer):
    page, day = live_page(), timezone.localdate()
    publishing.sign_off(
        live_version(page), reviewer=reviewer, reviewed_on=day, next_review_on=day + timedelta(days=40)
    )
    change_words(page)
    assert send(client, page, change="wording").status_code == 302
    live = live_version(page)
    assert (live.reviewer, live.reviewed_on) == (reviewer, day)
    assert live.next_review_on == day + timedelta(days=40)


def test_a_changed_number_is_more_than_wording(client, publisher):
    page = live_page()
    change_words(page, "<p>Old words 2.</p>")
    assert "more than wording" in told(send(client, page, change="wording"))


def test_a_first_version_is_never_wording_only(client, publisher):
    assert "This page is not live yet" in told(send(client, draft_page(), change="wording"))


def test_the_kind_of_change_must_be_chosen(client, publisher):
    page = live_page()
    change_words(page)
    assert "Choose the kind of change" in told(send(client, page))


def test_publishing_at_a_time_and_until_a_time(client, publisher):
    page = live_page()
    before, version = live_version(page), change_words(page)
    start = timezone.localtime() + timedelta(days=2)
    end = start + timedelta(days=5)
    times = {"live_from": f"{start:%Y-%m-%dT%H:%M}", "live_until": f"{end:%Y-%m-%dT%H:%M}"}
    assert send(client, page, change="wording", **times).status_code == 302
    assert live_version(page) == before
    assert Version.objects.current(start + timedelta(hours=1)).get(page=page) == version
    assert Version.objects.current(end + timedelta(hours=1)).get(page=page) == before
    assert AuditEntry.objects.filter(action="scheduled", version=version).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"live_from": "2020-01-01T10:00"}, "This time has passed"),
        ({"live_until": "2020-01-01T10:00"}, "must be after the start"),
        ({"live_from": "soon"}, "Enter a valid date/time"),
    ],
)
def test_times_that_cannot_be_are_refused(client, publisher, fields, words):
    page = live_page()
    change_words(page)
    assert words in told(send(client, page, change="wording", **fields))


def test_the_next_review_must_be_possible(client, publisher, reviewer):
    fields = {"reviewer": reviewer.pk, "next_review_on": timezone.localdate()}
    assert "must be in the future" in told(send(client, draft_page(), button="_sign_off", **fields))


def test_a_sign_off_needs_a_person(client, publisher):
    response = client.post(publish_url(draft_page()), {"_sign_off": "1", "signs": "on"})
    assert "Only a clinician can sign off" in told(response)


def test_who_may_not_sign_off_any_more_is_not_offered(client, publisher, reviewer):
    Clinician.objects.update(is_active=False)
    response = send(client, draft_page(), button="_sign_off", reviewer=reviewer.pk)
    assert "Only a clinician can sign off" in told(response)


def test_the_version_shown_is_published_although_a_newer_one_was_saved_since(client, publisher):
    page = live_page()
    shown = change_words(page)
    newer = change_words(page, "<p>Newer words.</p>")
    send(client, page, shown, change="wording")
    assert live_version(page) == shown
    html = client.get(f"{publish_url(page)}?version={shown.number}").content.decode()
    assert f"View version {newer.number}" in html


def test_the_starting_pages_can_be_signed_off_and_published(starting_pages, client, publisher, reviewer):
    for page in Page.objects.all():
        before = live_version(page)
        assert client.get(publish_url(page)).context["error_count"] == 0
        assert send(client, page, change="clinical", reviewer=reviewer.pk).status_code == 302
        after = live_version(page)
        assert (after, after.live_from, after.reviewer) == (before, before.live_from, reviewer)


def test_withdrawing_asks_first_and_keeps_draft_and_history(client, publisher):
    page = live_page()
    url = reverse("admin:content_page_withdraw", args=[page.pk])
    assert client.get(url).status_code == 200
    assert live_version(page)
    client.post(url)
    assert live_version(page) is None
    assert AuditEntry.objects.filter(action="withdrawn", subject=page.path, author=publisher).exists()


def test_a_page_restored_from_trash_is_not_called_scheduled(client, publisher):
    page = live_page()
    trash.move(page)
    trash.restore(page)
    html = client.get(publish_url(page)).content.decode()
    assert "This page is not live" in html and "Visitors saw this version from" in html
    assert "is scheduled" not in html


def test_a_core_page_is_not_withdrawn(starting_pages, client, publisher):
    page = Page.objects.get(path="/overdose-help/")
    response = client.post(reverse("admin:content_page_withdraw", args=[page.pk]), follow=True)
    assert "is a core page" in response.content.decode()
    assert live_version(page)


def test_what_the_verbs_refuse_is_told_on_the_form(starting_pages, client, publisher, reviewer):
    page = Page.objects.get(path="/signs/")
    end = timezone.localtime() + timedelta(days=1)
    fields = {"change": "clinical", "reviewer": reviewer.pk, "live_until": f"{end:%Y-%m-%dT%H:%M}"}
    assert "must always be live" in told(send(client, page, **fields))
    assert live_version(page).reviewer is None


def test_a_page_that_was_never_saved_leads_back_to_the_form(client, publisher):
    page = make_page()
    assert client.get(publish_url(page)).url == reverse("admin:content_page_change", args=[page.pk])


def test_queries_do_not_grow_with_blocks_or_versions(client, publisher, django_assert_max_num_queries):
    page = live_page()
    change_words(page)
    client.get(publish_url(page))
    with django_assert_max_num_queries(30) as first:
        client.get(publish_url(page))
    for number in range(20):
        add_text(page, f"<p>Words {number}.</p>", heading=f"Section {number}", ordering=number)
        publishing.record(page)
        publish_page(make_page(f"/page-{number}/"))
    with django_assert_max_num_queries(30) as second:
        client.get(publish_url(page))
    assert len(second) == len(first)
