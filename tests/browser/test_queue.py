"""A message of the night is answered: mailed, found, claimed, tried, hidden, due again, reached, closed."""

import email
import re
from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from intake import notifications, presence, promises
from intake.models import Attempt, IntakeSettings, OfficeHours, ReadRecord, Submission
from tests.browser.axe import violations
from tests.intake.conftest import postbox, process_without_memory  # noqa: F401 - fixtures
from tests.intake.factories import stored_message
from tests.whole_site import sign_in_steps

pytestmark = pytest.mark.browser
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def night(site, monkeypatch):
    """Weekday hours, an answer within an hour, and a clock that stands on a Saturday night."""
    for day in range(5):
        OfficeHours.objects.create(weekday=day, opens_at=time(9), closes_at=time(17))
    IntakeSettings(reply_minutes=60, tries=3).save()
    promises.remember_offered_times()
    return Clock(monkeypatch)


class Clock:
    """Stands still until it is set; only the time that the site reads, not that of the browser."""

    def __init__(self, monkeypatch):
        self._monkeypatch, self._real = monkeypatch, timezone.now
        days = (5 - timezone.localdate().weekday()) % 7 or 7
        self.saturday = timezone.localdate() + timedelta(days=days)
        self.set(0, 21)

    def set(self, days, hour, minute=0):
        """Set the clock to the day that is `days` after the Saturday."""
        day = self.saturday + timedelta(days=days)
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=promises.PACIFIC)
        self._monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def second_factor(settings):
    settings.STAFF_SECOND_FACTOR = True
    settings.OTP_TOTP_THROTTLE_FACTOR = 0


@pytest.fixture
def ana(make_staff, second_factor):
    """E-mail and password of a member of staff who answers messages and has an app for codes."""
    account = make_staff("Intake")
    sign_in_steps.with_app(get_user_model().objects.get(username=account[0]))
    return account


def link_in(mail):
    """Return the link of a notice that one message waits."""
    text = email.message_from_bytes(mail.content).get_payload(decode=True).decode()
    assert "Sam" not in text and "555" not in text
    return re.search(r"Read it: (\S+)", text)[1]


def give_password_and_code(page, account, *, steps=0):
    """Sign in where the page is; `steps` is how many codes the app has shown since the last sign-in."""
    page.get_by_label("E-mail").fill(account[0])
    page.get_by_label("Password", exact=True).fill(account[1])
    press(page, "Sign in")
    page.get_by_label("6-digit code").fill(sign_in_steps.code(steps=steps))
    press(page, "Go on")


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def check(page):
    """No violation, nothing wider than the screen."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_message_of_the_night_is_answered(visitor, site, night, ana, postbox, size):  # noqa: F811
    visitor.set_viewport_size(size)
    visitor.goto(f"{site}/contact/")
    visitor.get_by_label("Phone number").fill("818 555 0100")
    visitor.get_by_label("Your name").fill("Sam Rivers")
    visitor.wait_for_timeout(2100)  # who sends faster looks like a program
    press(visitor, "Send message")
    assert visitor.get_by_text("It is Saturday, 9 p.m. We will call you by Monday at 10 a.m.").is_visible()
    message = Submission.objects.get()
    reference = message.spoken_reference
    assert notifications.deliver_due() == 1

    night.set(2, 10, 30)
    visitor.goto(link_in(postbox.mails[0]))
    give_password_and_code(visitor, ana)
    assert visitor.url == f"{site}/admin/intake/submission/{message.pk}/change/"
    assert visitor.get_by_role("heading", name=f"Message {reference}").is_visible()
    visitor.goto(f"{site}/admin/")
    due = visitor.get_by_role("region", name="Needs action now")
    assert "Overdue since today at 10 a.m." in due.inner_text()
    check(visitor)
    with visitor.expect_navigation():
        due.get_by_role("link", name=reference).click()
    assert visitor.get_by_text("Leave no voicemail. Hang up.").is_visible()
    assert "555" not in visitor.content() and "Sam" not in visitor.content()
    press(visitor, "Claim it")
    check(visitor)
    visitor.get_by_label("I read the safety note").check()
    press(visitor, "Show name and contact details")
    assert visitor.get_by_role("link", name="818 555 0100").get_attribute("href") == "tel:+18185550100"
    check(visitor)

    visitor.get_by_label("No answer, no voicemail left").check()
    press(visitor, "Log this attempt")
    assert Attempt.objects.get().next_due_at.astimezone(promises.PACIFIC).hour == 9
    visitor.goto(f"{site}/admin/")
    assert visitor.get_by_role("link", name="1 to call back later").is_visible()
    assert not visitor.get_by_role("link", name=reference).count()

    night.set(3, 9, 5)
    visitor.goto(f"{site}/admin/")  # yesterday's sign-in is over
    give_password_and_code(visitor, ana, steps=1)
    mine = visitor.get_by_role("region", name="Claimed by me")
    assert "Call back now" in mine.inner_text()
    with visitor.expect_navigation():
        mine.get_by_role("link", name=reference).click()
    visitor.get_by_label("Reached the person").check()
    press(visitor, "Log this attempt")
    visitor.get_by_label("How did it end?").select_option("Started care with us")
    press(visitor, "Close it")
    assert Submission.objects.get().status == "closed"
    assert visitor.get_by_text("Closed: started care with us", exact=True).is_visible()
    check(visitor)
    assert set(ReadRecord.objects.values_list("kind", flat=True)) == {"list", "detail", "contact"}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_lists_search_and_typing_in_fit_and_are_accessible(visitor, site, make_staff, sign_in, size):
    visitor.set_viewport_size(size)
    stored_message()
    sign_in(visitor, *make_staff("Owner"), to="/admin/intake/submission/")
    check(visitor)
    visitor.get_by_role("search").get_by_label("Find a message").fill("0100")
    press(visitor, "Find")
    assert visitor.get_by_text("1 found").is_visible()
    assert "0100" not in visitor.url
    check(visitor)
    visitor.emulate_media(color_scheme="dark")
    with visitor.expect_navigation():
        visitor.get_by_role("link", name=Submission.objects.get().spoken_reference).click()
    check(visitor)
    for address in (
        "submission/add/",
        "suspectedspam/",
        "readrecord/",
        "officehours/",
        "script/",
        "notification/",
    ):
        visitor.goto(f"{site}/admin/intake/{address}")
        check(visitor)


def test_a_colleague_who_opens_the_message_is_named_without_a_reload(visitor, site, make_staff, sign_in):
    submission = stored_message()
    sign_in(visitor, *make_staff("Intake"))
    visitor.clock.install()
    visitor.goto(f"{site}/admin/intake/submission/{submission.pk}/change/")
    make_staff("Intake", email="ben@vtc.example")
    presence.arrive(submission, get_user_model().objects.get(username="ben@vtc.example"))
    visitor.clock.fast_forward("01:01")
    visitor.get_by_text("ben@vtc.example has this message open too").wait_for()
