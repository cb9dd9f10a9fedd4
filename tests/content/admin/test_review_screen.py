"""Whoever may not change a page reads it with its changes, comments, signs off, and hands it on."""

from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from content import dashboard, publishing
from content.admin import presence
from content.diff import marked_page
from content.models import Comment, HandOver, Reminder, Text
from content.publishing import hand_over
from tests.content.admin.test_publish_screen import change_words, draft_page, live_page, publish_url, send
from tests.support.edit_form import change_url, fields_of, save
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def rita(client):
    """The clinician, signed in as a reviewer alone."""
    user = make_staff("Reviewer", "rita@vtc.example")
    make_clinician(user)
    client.force_login(user)
    return user


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


def test_a_text_that_nobody_could_sign_is_not_asked_about(client, rita):
    page = live_page()
    Text.objects.filter(parent=page).update(body="<p>Call 1-800-555-0199.</p>")
    version = publishing.record(page)
    client.force_login(make_staff("Editor", "emma@vtc.example"))
    answer = client.post(review_url(page), {"version": version.number, "_ask": "1"}, follow=True)
    assert "before you ask for a sign-off of version 2" in answer.content.decode()
    assert "Waiting for your sign-off" not in titles(rita)


def test_a_page_goes_from_hand_to_hand_with_a_mail_and_a_place_each_time(client, rita):
    emma, page = make_staff("Editor", "emma@vtc.example"), live_page()
    paul = make_staff("Publisher", "paul@vtc.example")
    Text.objects.filter(parent=page).update(body="<p>New ideas.</p>")
    version = publishing.record(page, author=emma)
    client.force_login(emma)
    client.post(review_url(page), {"version": version.number, "_ask": "1"})
    assert mail.outbox == []
    hand_over.tell_due()
    hand_over.tell_due()
    assert [(each.to, each.subject) for each in mail.outbox] == [([rita.email], "Please sign off: This")]
    assert titles(rita)[0] == "Waiting for your sign-off"  # before the long lists that are everybody's
    assert "Waiting for your sign-off" not in titles(emma)
    client.force_login(rita)
    client.post(review_url(page), {"version": version.number, "_send_back": "1", "note": "Add a source"})
    hand_over.tell_due()
    assert mail.outbox[-1].to == [emma.email]
    assert review_url(page) in mail.outbox[-1].body
    assert "Add a source" not in mail.outbox[-1].body
    assert "Sent back to you" in titles(emma)
    assert "Waiting for your sign-off" not in titles(rita)
    publishing.sign_off(version, reviewer=rita.clinician)
    hand_over.tell_due()
    assert mail.outbox[-1].to == [paul.email]
    assert "Signed off, waiting to be published" in titles(paul)
    publishing.publish(version, change="clinical", author=paul)
    assert "Signed off, waiting to be published" not in titles(paul)
    assert not HandOver.objects.filter(ended_at=None).exists()


def test_a_text_that_was_sent_back_shows_what_changed_since(client, rita):
    page, emma = live_page(), make_staff("Editor", "emma@vtc.example")
    first = change_words(page, "<p>New ideas.</p>")
    hand_over.send_back(first, author=rita, note="Say whose")
    second = change_words(page, "<p>New ideas of ours.</p>")
    hand_over.ask(second, author=emma)
    html = client.get(review_url(page)).content.decode()
    assert "sent back</strong> by rita@vtc.example" in html and "“Say whose”" in html
    since, everything = html.split("Changes since version 2 was sent back")[1].split("All changes in words")
    assert ("Old" in since, "Old" in everything) == (False, True)
    frame = reverse("admin:content_page_review_frame", args=[page.pk])
    marked = client.get(f"{frame}?version={second.number}&since=sent-back").content.decode()
    assert '<del id="first-change">ideas.</del><ins>ideas</ins> <ins>of</ins>' in marked
    publishing.publish(first, change="urgent")
    assert "was sent back" not in client.get(review_url(page)).content.decode()


def test_what_is_asked_about_a_newer_text_outlives_what_happens_to_an_older_one(client, rita):
    page, emma = live_page(), make_staff("Editor", "emma@vtc.example")
    live, planned = page.versions.get(), change_words(page, "<p>New ideas.</p>")
    publishing.publish(planned, change="urgent", live_from=timezone.now() + timedelta(days=1))
    hand_over.ask(change_words(page, "<p>Newer ideas.</p>"), author=emma)
    for older in (live, planned):
        publishing.sign_off(older, reviewer=rita.clinician)
        publishing.publish(older, change="clinical")
        assert "Waiting for your sign-off" in titles(rita)


def test_a_mail_that_the_server_refuses_is_sent_again_and_a_turn_that_ended_tells_nobody(rita, monkeypatch):
    page = live_page()
    version, ben = change_words(page, "<p>New ideas.</p>"), make_staff("Editor", "ben@vtc.example")
    hand_over.ask(version, author=ben)
    with monkeypatch.context() as server:
        server.setattr(mail.EmailMessage, "send", _is_down)
        with pytest.raises(OSError, match="down"):
            hand_over.tell_due()
    hand_over.tell_due()
    assert mail.outbox == []  # another process may still be sending it
    Reminder.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    hand_over.tell_due()
    assert [each.to for each in mail.outbox] == [[rita.email]]
    hand_over.ask(version, author=ben)
    hand_over.settle(version)
    hand_over.tell_due()
    assert len(mail.outbox) == 1


def _is_down(message):
    raise ConnectionRefusedError("down")


def test_all_of_a_page_that_is_not_live_is_called_new(client, rita):
    html = client.get(review_url(draft_page())).content.decode()
    assert "All of it is new" in html and "nothing is marked" not in html


def test_sending_back_needs_a_note_and_the_right(client, rita):
    page = live_page()
    change_words(page)
    html = client.post(review_url(page), {"_send_back": "1", "note": " "}, follow=True).content.decode()
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


def test_what_comes_back_to_nobody_stands_on_every_editors_start_page(client, rita):
    emma, eddy = make_staff("Editor", "emma@vtc.example"), make_staff("Editor", "eddy@vtc.example")
    page = live_page()
    Text.objects.filter(parent=page).update(body="<p>New ideas.</p>")
    version = publishing.record(page, author=emma)
    emma.is_active = False
    emma.save()
    hand_over.send_back(version, author=rita, note="Add a source")
    rows = {each["title"]: each["rows"] for each in dashboard.items(eddy)}["Sent back to you"]
    assert rows[0]["note"].startswith("Add a source. Whoever wrote it has no account now")
    assert "Sent back to you" not in titles(rita)
    hand_over.tell_due()
    assert [each.to for each in mail.outbox] == [[eddy.email]]
    assert "every editor gets this email" in mail.outbox[0].body


def test_a_request_that_a_newer_text_has_passed_says_so_to_everybody(client, rita):
    page, emma = live_page(), make_staff("Editor", "emma@vtc.example")
    change_words(page, "<p>New ideas.</p>")
    client.force_login(emma)
    html = client.post(review_url(page), {"version": 2, "_ask": "1"}, follow=True).content.decode()
    assert "Asked for a sign-off</strong> (version 2) by emma@vtc.example on" in html
    assert "asked for already" in html and 'name="_ask"' not in html
    answer = save(client, page, fields_of(client.get(change_url(page))) | {"lede": "It is another."})
    html = client.get(answer.url).content.decode()
    assert "version 2, which nobody can sign now. Ask again under Review." in html
    assert "Version 3 is newer" in html and "Ask for a sign-off of version 3" in html
    rows = {each["title"]: each["rows"] for each in dashboard.items(rita)}["Waiting for your sign-off"]
    assert rows[0]["note"] == "version 2; version 3 is newer"
    html = client.get(f"{review_url(page)}?version=2").content.decode()
    assert html.index("Version 3 is newer than this one.") < html.index("<iframe")


def test_who_asks_is_told_while_nobody_can_sign(client):
    page = live_page()
    change_words(page, "<p>New ideas.</p>")
    client.force_login(make_staff("Editor", "emma@vtc.example"))
    answer = client.post(review_url(page), {"version": 2, "_ask": "1"}, follow=True)
    assert "Nobody can sign off yet: an owner has to add a clinician" in answer.content.decode()


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
