"""Whoever may not change a page reads it with its changes, comments, signs off, and hands it on."""

from html import unescape

import pytest
from django.urls import reverse

from content import dashboard, publishing
from content.admin import presence
from content.diff import marked_page
from content.models import Comment
from tests.content.admin.test_publish_screen import change_words, draft_page, live_page, publish_url, send
from tests.support.edit_form import change_url, fields_of
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def review_url(page):
    return reverse("admin:content_page_review", args=[page.pk])


def titles(user):
    return [each["title"] for each in dashboard.items(user)]


def test_the_edit_address_shows_the_reviewer_the_page_and_one_button(client, rita):
    page = live_page()
    version = change_words(page, "<p>New ideas.</p>")
    html = client.get(change_url(page)).content.decode()
    assert f"Sign off version {version.number}" in html
    assert 'name="_save"' not in html
    frame = reverse("admin:content_page_review_frame", args=[page.pk])
    assert frame in html
    shown = client.get(f"{frame}?version={version.number}").content.decode()
    assert '<del id="first-change">Old</del>' in shown
    assert "<ins>ideas.</ins>" in shown


def test_the_changes_and_a_box_stand_before_the_button_and_the_frame_opens_at_the_first_change(client, rita):
    page = live_page()
    change_words(page, "<p>New ideas.</p>")
    html = client.get(review_url(page)).content.decode()
    button = html.index('name="_sign_off"')
    assert html.index("Changes in words") < html.index('type="checkbox" name="signs" required') < button
    frame = html.split('<iframe class="review__page" src="')[1].split('"')[0]
    address, _, anchor = unescape(frame).partition("#")
    shown = client.get(address).content.decode()
    assert shown.count(f'id="{anchor}"') == 1
    assert shown.index(f'id="{anchor}"') == shown.index("<del ") + 5


def test_a_sign_off_without_the_box_is_refused(client, rita):
    page = live_page()
    version = change_words(page, "<p>New ideas.</p>")
    data = {"version": version.number, "next_review_on": "2100-01-01", "_sign_off": "1"}
    assert "Required for a sign-off" in client.post(publish_url(page), data).content.decode()
    version.refresh_from_db()
    assert not version.is_signed


def test_a_version_with_errors_is_not_signed_off_and_the_screen_says_which(client, rita):
    page = live_page()
    version = change_words(page, "<p>Call 818-555-0100.</p>")
    html = client.get(review_url(page)).content.decode()
    assert "Do not type phone numbers" in html
    assert 'name="_sign_off"' not in html
    refused = send(client, page, button="_sign_off", reviewer=1).content.decode()
    assert "Fix 1 error before you sign off version" in refused
    assert "818-555-0100" in refused
    version.refresh_from_db()
    assert not version.is_signed


def test_only_the_newest_version_or_what_visitors_get_is_signed_off(client, rita):
    page = live_page()
    live, old = page.versions.get(), change_words(page, "<p>New ideas.</p>")
    newest = change_words(page, "<p>Newer ideas.</p>")
    assert (
        f"Version {newest.number} is newer"
        in client.get(f"{review_url(page)}?version={old.number}").content.decode()
    )
    refused = send(client, page, old, button="_sign_off", reviewer=1).content.decode()
    assert f"Version {newest.number} is newer than this one" in refused
    for version in (live, newest):
        assert send(client, page, version, button="_sign_off", reviewer=1).status_code == 302


def test_one_button_signs_off(client, rita):
    page = live_page()
    version = change_words(page, "<p>New ideas.</p>")
    day = client.get(review_url(page)).context["next_review_on"]
    data = {"version": version.number, "signs": "on", "next_review_on": day, "_sign_off": "1"}
    assert client.post(publish_url(page), data).status_code == 302
    version.refresh_from_db()
    assert version.is_signed


def test_marks_stay_out_of_attributes_and_tags():
    old = {"page": {"heading": "A b"}, "blocks": [{"kind": "text", "heading": "One", "body": "<p>a b</p>"}]}
    new = {"page": {"heading": "A c"}, "blocks": [{"kind": "text", "heading": "One", "body": "<p>a c</p>"}]}
    marked = marked_page.marked(old, new)
    word = marked["page"]["heading"]
    html = marked_page.shown(f'<title>{word}</title><p id="x" title="{word}">{word}</p>')
    assert html == '<title>A c</title><p id="x" title="A c">A <del>b</del><ins>c</ins></p>'
    assert marked_page.shown(marked["blocks"][0]["body"]) == "<p>a <del>b</del><ins>c</ins></p>"
    gone = marked_page.marked(new, {"page": {}, "blocks": []})["blocks"][0]["body"]
    assert marked_page.shown(gone) == "<p><del>a</del> <del>c</del></p>"


def test_all_of_a_page_that_is_not_live_is_called_new(client, rita):
    html = client.get(review_url(draft_page())).content.decode()
    assert "All of it is new" in html and "nothing is marked" not in html


def test_sending_back_needs_a_note_and_the_right(client, rita):
    page = live_page()
    change_words(page)
    for note in (" ", "x"):
        html = client.post(review_url(page), {"_send_back": "1", "note": note}, follow=True).content.decode()
        assert "Say in the note what has to change" in html
    assert client.post(review_url(page), {"_ask": "1"}).status_code == 403
    client.force_login(make_staff("Editor", "emma@vtc.example"))
    assert client.post(review_url(page), {"_send_back": "1", "note": "x"}).status_code == 403


def test_a_comment_on_a_block_stands_on_the_edit_screen_until_answered(client, rita):
    page = live_page()
    client.post(review_url(page), {"_comment": "1", "block": "0", "text": "Is this so?"})
    client.force_login(make_staff("Editor", "emma@vtc.example"))
    html = client.get(change_url(page)).content.decode()
    assert "<strong>Block 1, text “A section”:</strong> Is this so?" in html
    client.post(review_url(page), {"_answered": Comment.objects.get().pk})
    assert "Is this so?" not in client.get(change_url(page)).content.decode()


def test_colleagues_see_who_has_the_page_open(client):
    page, emma = live_page(), make_staff("Editor", "emma@vtc.example")
    presence.arrive(page, make_staff("Editor", "ben@vtc.example"))
    client.force_login(emma)
    assert "ben@vtc.example" in client.get(change_url(page)).content.decode()
    answer = client.post(reverse("admin:content_page_presence", args=[page.pk]))
    assert answer.json() == {"others": ["ben@vtc.example"]}


def test_who_wrote_a_clinical_change_is_told_before_pressing_anything(client, rita):
    page = live_page()
    change_words(page, "<p>New ideas.</p>")
    publishing.restore(page.versions.get(number=1), author=rita)
    html = client.get(review_url(page)).content.decode()
    assert "another clinician has to sign it off" in html and 'name="_sign_off"' not in html


def test_a_save_into_a_page_that_went_to_trash_meanwhile_says_so(client):
    page, emma = live_page(), make_staff("Editor", "emma@vtc.example")
    client.force_login(emma)
    fields = fields_of(client.get(change_url(page)))
    client.force_login(make_staff("Publisher", "paul@vtc.example"))
    trash_url = reverse("admin:content_page_trash", args=[page.pk])
    assert "emma@vtc.example</strong> has this page open now" in client.get(trash_url).content.decode()
    client.post(trash_url)
    client.force_login(emma)
    answer = client.post(change_url(page), fields | {"_continue": "1"}, follow=True)
    assert "was moved to trash. Once a publisher restores it" in answer.content.decode()
    assert "In trash since" in answer.content.decode()
