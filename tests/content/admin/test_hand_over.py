"""A page goes from hand to hand: asked about, sent back, signed; each with a mail and a place to find it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from content import dashboard, publishing
from content.models import HandOver, Reminder, Text
from content.publishing import hand_over
from tests.content.admin.test_publish_screen import change_words, live_page
from tests.content.admin.test_review_screen import review_url, titles
from tests.support.edit_form import change_url, fields_of, save
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_text_that_nobody_could_sign_is_not_asked_about(client, rita):
    page = live_page()
    Text.objects.filter(parent=page).update(body="<p>Call 1-800-555-0199.</p>")
    version = publishing.record(page)
    client.force_login(make_staff("Editor", "emma@vtc.example"))
    html = client.get(review_url(page)).content.decode()
    assert "then ask for a sign-off" in html and 'name="_ask"' not in html
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
    _, bar = html.split('class="submit-row__said">')  # one: two would lie over each other on a phone
    assert bar.startswith("Saved as version 3 of “This”.")
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


def test_what_is_asked_follows_a_text_that_comes_back(client, rita):
    page, asked = live_page(), "<p>New ideas.</p>"
    hand_over.ask(change_words(page, asked), author=make_staff("Editor", "emma@vtc.example"))
    change_words(page, "<p>Newer ideas.</p>")
    again = change_words(page, asked)
    turn = hand_over.open_ones(page).get()
    assert (turn.version, turn.newer) == (again, None)
    assert publishing.newer_than(page.versions.get(number=2)) is None
