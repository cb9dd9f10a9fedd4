"""The site notice: on every page in its language, checked, and gone by itself at its end."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from content.caching import public_state
from content.models import AuditEntry, Helpline, Notice
from tests.content.admin.test_shared_facts import confirm
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOUR = timedelta(hours=1)


def make_notice(text="Closed on Monday.", starts=-HOUR, ends=HOUR, **fields):
    now = timezone.now()
    return Notice.objects.create(text=text, shown_from=now + starts, shown_until=now + ends, **fields)


def test_every_page_shows_it_in_its_language_with_numbers_as_links(starting_pages, client):
    make_notice("Call {988} today.", words={"es": "Llame hoy al {988}."})
    for path in ("/", "/overdose-help/", "/contact/", "/no-such-page/", "/search/"):
        html = client.get(path).content.decode()
        assert html.count('Call <a href="tel:988">988</a> today.') == 1, path
    assert 'Llame hoy al <a href="tel:988">988</a>.' in client.get("/es/").content.decode()


def test_it_shows_only_in_its_time_and_the_newer_of_two(client):
    publish_page(make_page())
    make_notice("Over.", starts=-2 * HOUR, ends=-HOUR)
    make_notice("Later.", starts=HOUR, ends=2 * HOUR)
    html = client.get("/some-page/").content.decode()
    assert "Over." not in html
    assert "Later." not in html
    assert 'aside class="wrap notice"' not in html
    older, newer = make_notice("Older.", starts=-2 * HOUR), make_notice("Newer.")
    html = client.get("/some-page/").content.decode()
    assert "Newer." in html
    assert "Older." not in html
    state = admin.site.get_model_admin(Notice).state
    assert (state(older), state(newer)) == ("hidden by a newer one", "shown now")


def test_pages_in_memory_are_old_when_it_starts_and_when_it_ends():
    now = timezone.now().timestamp()
    make_notice(ends=HOUR)
    assert abs(public_state.next_moment() - now - 3600) < 5
    make_notice(starts=HOUR / 2, ends=2 * HOUR)
    assert abs(public_state.next_moment() - now - 1800) < 5


def send(client, **typed):
    day = timezone.localdate() + timedelta(days=1)
    data = {
        "text": "We are closed on Monday.",
        "text_es": "El lunes cerramos.",
        "shown_from_0": timezone.localdate().isoformat(), "shown_from_1": "00:00:00",
        "shown_until_0": day.isoformat(), "shown_until_1": "12:00:00",
    }  # fmt: skip
    return client.post(reverse("admin:content_notice_add"), data | typed)


def test_a_publisher_writes_it_and_it_cannot_be_saved_without_an_end(client):
    client.force_login(make_staff("Publisher"))
    assert "This field is required" in send(client, shown_until_0="", shown_until_1="").content.decode()
    past = send(client, shown_until_0="2020-01-01").content.decode()
    assert "This time has passed" in past or "after the start" in past
    assert send(client).status_code == 302
    assert Notice.objects.get().words == {"es": "El lunes cerramos."}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("text", "Addicts can call us."),
        ("text", "Call 818-555-0100 today."),
        ("text", "Call {no-such-line}."),
        ("text_es", "Llame al 818-555-0100."),
        ("text_es", ""),
        ("text", "Give 4 mg of naloxone."),
        ("text", "Heroin is weak this week, so one shot is fine."),
        ("text_es", "La heroína viene débil esta semana."),
        ("text_es", "Póngalo de lado y espere."),
    ],
)
def test_its_words_are_checked_in_each_language(client, field, words):
    client.force_login(make_staff("Publisher"))
    answer = send(client, **{field: words})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {field}
    assert not Notice.objects.exists()
    assert not Helpline.objects.exists()


@pytest.mark.parametrize(
    "words", ["Stay home if you feel worse.", "Two are better than one.", "Nobody needs to come in any more."]
)
def test_more_than_when_and_where_you_are_there_is_said_by_a_clinician(client, words):
    clinician = make_clinician(make_staff("Publisher", "ben@vtc.example"))
    client.force_login(make_staff("Publisher"))
    assert "A clinician who may sign off says more." in send(client, text=words).content.decode()
    assert send(client, text="We moved to 12 Main Street, Irvine.").status_code == 302
    client.force_login(clinician.user)
    assert send(client, text=words).status_code == 302


@pytest.mark.parametrize("field", ["text", "text_es"])
def test_too_long_words_are_refused_and_never_cut(client, field):
    client.force_login(make_staff("Publisher"))
    answer = send(client, **{field: "Closed. " * 40})
    assert answer.context["adminform"].form.errors.keys() == {field}
    assert 'maxlength="200"' not in answer.content.decode()
    assert "Closed. " * 39 in answer.content.decode()


def test_it_goes_live_only_after_the_question_and_the_audit_trail_says_so(client):
    publish_page(make_page())
    client.force_login(make_staff("Publisher"))
    question = send(client)
    assert "This changes 1 live page" in question.content.decode()
    assert not Notice.objects.exists()
    assert "Nothing was changed" in confirm(client, question, "_back").content.decode()
    assert confirm(client, question).status_code == 302
    entry = AuditEntry.objects.get(action=AuditEntry.Action.FACT_CHANGED)
    assert (entry.subject, entry.detail) == ("site notice: We are closed on Monday.", "added")
    assert entry.after["text"] == "We are closed on Monday."


def test_it_ends_now_with_a_button_or_with_an_end_that_has_passed(client):
    publish_page(make_page())
    client.force_login(make_staff("Publisher"))
    pressed, typed = make_notice("One."), make_notice("Two.", starts=-72 * HOUR, words={"es": "Dos."})
    assert 'name="_end_now"' in client.get(change_url(pressed)).content.decode()
    client.post(change_url(pressed), {"_end_now": "1"})
    assert "One." not in client.get("/some-page/").content.decode()
    assert AuditEntry.objects.filter(detail="ended now", subject="site notice: One.").exists()
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    start = (timezone.localdate() - timedelta(days=3)).isoformat()
    data = {"text": "Two.", "text_es": "Dos.", "shown_from_0": start, "shown_from_1": "00:00:00"}
    question = client.post(change_url(typed), data | {"shown_until_0": day, "shown_until_1": "00:00:00"})
    assert confirm(client, question).status_code == 302
    assert "Two." not in client.get("/some-page/").content.decode()
    assert 'name="_end_now"' not in client.get(change_url(typed)).content.decode()


def change_url(notice):
    return reverse("admin:content_notice_change", args=[notice.pk])
