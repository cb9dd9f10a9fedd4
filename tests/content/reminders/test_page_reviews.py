"""Who is reminded of a review and when; what readers are told when it is late."""

from datetime import date, timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import BadHeaderError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from content.caching import public_state
from content.models import Reminder, Version
from content.reminders import page_reviews
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = pytest.mark.django_db
DUE = date(2027, 5, 22)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def page_due(on=DUE, path="/some-page/"):
    page = make_page(path)
    publish_page(page, change=Version.Change.CLINICAL, next_review_on=on)
    return page


def days_with_mail(start, end):
    """Run every day from `start` to `end` and return the days on which a mail went out."""
    count = (end - start).days + 1
    return [day for day in (start + n * DAY for n in range(count)) if page_reviews.send_reminders(day)]


def test_reminders_come_30_days_before_on_the_day_then_weekly():
    make_staff("Publisher")
    page_due()
    days = days_with_mail(DUE - 40 * DAY, DUE + 15 * DAY)
    assert days == [DUE - 30 * DAY, DUE, DUE + 7 * DAY, DUE + 14 * DAY]


def test_reminders_end_when_the_page_is_reviewed():
    make_staff("Publisher")
    page = page_due()
    page_reviews.send_reminders(DUE)
    add_text(page)
    clinician = make_clinician()
    review = {"reviewer": clinician, "reviewed_on": DUE, "next_review_on": DUE + 180 * DAY}
    publish_page(page, change=Version.Change.CLINICAL, **review)
    assert days_with_mail(DUE + 7 * DAY, DUE + 9 * DAY) == []


def test_a_change_of_wording_does_not_start_the_reminders_anew():
    make_staff("Publisher")
    page = page_due()
    assert page_reviews.send_reminders(DUE) == 1
    add_text(page)
    publish_page(page)
    assert page_reviews.send_reminders(DUE + DAY) == 0


def test_one_run_after_days_without_any_makes_up_for_them_once():
    make_staff("Publisher")
    page_due()
    assert page_reviews.send_reminders(DUE + 10 * DAY) == 1
    assert page_reviews.send_reminders(DUE + 10 * DAY) == 0
    assert Reminder.objects.get().scheduled_on == DUE + 7 * DAY


def test_those_who_can_do_it_get_one_short_mail_that_names_nobody():
    for role in ("Publisher", "Owner", "Editor", "Intake"):
        make_staff(role, f"{role.lower()}@vtc.example")
    make_staff("Publisher", "gone@vtc.example", is_active=False)
    get_user_model().objects.filter(pk=make_staff("Publisher", "silent@vtc.example").pk).update(email="")
    page_due()
    page_due(DUE + DAY, "/second/")
    assert page_reviews.send_reminders(DUE) == 2
    assert sorted(message.to[0] for message in mail.outbox) == ["owner@vtc.example", "publisher@vtc.example"]
    text = mail.outbox[0].body
    assert mail.outbox[0].subject == "2 pages need a review"
    assert "May 22, 2027" in text
    assert "http://testserver/admin/content/page/" in text
    assert "@" not in text


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({}),
        SMTPDataError(552, b"mailbox full"),
        SMTPNotSupportedError(),
        UnicodeError(),  # an address with a mark in it, from before they were cleaned
        BadHeaderError(),
    ],
)
def test_a_refused_mail_does_not_keep_others_uninformed(monkeypatch, refusal):
    make_staff("Publisher", "bad@vtc.example")
    make_staff("Publisher", "good@vtc.example")
    page_due()

    def picky(self, messages):
        if messages[0].to == ["bad@vtc.example"]:
            raise refusal
        return real(self, messages)

    real = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    assert page_reviews.send_reminders(DUE) == 1


def test_a_mail_that_failed_is_sent_later_by_whoever_comes_first(monkeypatch):
    make_staff("Publisher")
    page_due()
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda *args: (_ for _ in ()).throw(OSError()))
        with pytest.raises(OSError):
            page_reviews.send_reminders(DUE)
    assert page_reviews.send_reminders(DUE) == 0  # another process may still be sending it
    Reminder.objects.update(claimed_until=timezone.now() - DAY)
    assert page_reviews.send_reminders(DUE) == 1


def test_the_command_says_how_many_it_sent(capsys):
    make_staff("Publisher")
    page_due(timezone.localdate())
    call_command("send_review_reminders")
    call_command("send_review_reminders")
    assert capsys.readouterr().out == "1 sent\n0 sent\n"


@pytest.mark.django_db(transaction=True)
def test_the_background_jobs_remind_too_but_the_command_for_mail_about_messages_does_not():
    make_staff("Publisher")
    page_due(timezone.localdate())
    call_command("send_notifications", "--once")
    assert not Reminder.objects.exists()
    call_command("run_background", "--once")
    assert Reminder.objects.get().sent_at


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (-1, True)])
def test_an_overdue_page_says_so_to_readers(client, days, is_late):
    page = page_due(timezone.localdate() + days * DAY)
    html = client.get(page.path).content.decode()
    assert ("This page is late for its review" in html) == is_late


def test_both_dates_stand_on_the_page(client):
    page, reviewer = make_page(), make_clinician()
    review = {
        "reviewer": reviewer,
        "reviewed_on": date(2026, 5, 1),
        "next_review_on": timezone.localdate() + DAY,
    }
    publish_page(page, change=Version.Change.CLINICAL, **review)
    html = client.get(page.path).content.decode()
    assert "Reviewed by A Clinician, LMFT" in html
    assert '<time datetime="2026-05-01">May 1, 2026</time>' in html
    assert "Next review by" in html


def test_pages_in_memory_are_shown_anew_once_one_is_late(settings):
    page_due(timezone.localdate())
    tomorrow = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    assert (
        abs(public_state.next_moment() - tomorrow.timestamp()) <= 3600
    )  # an hour for the days clocks change
