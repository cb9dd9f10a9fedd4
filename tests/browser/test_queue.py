"""A message of the night is answered: mailed, found, claimed, tried, hidden, due again, reached, closed."""

import email
import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from intake import reply_times
from intake.models import AccessLogEntry, Attempt, IntakeSettings, OfficeHours, Submission
from intake.outbox import delivery
from intake.staff import presence
from tests.browser.axe import check
from tests.support import staff as sign_in_steps
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
DRILL = pytest.mark.drill  # there the same at the other size
TALL_PHONE = {"width": 390, "height": 844}
DESKTOP, TABLET, PHONE = (
    {"width": wide, "height": high} for wide, high in [(1280, 900), (768, 1024), (360, 740)]
)


@pytest.fixture
def night(site, monkeypatch):
    """Weekday hours, an answer within an hour, and a clock that stands on a Saturday night."""
    for day in range(5):
        OfficeHours.objects.create(weekday=day, opens_at=time(9), closes_at=time(17))
    IntakeSettings(reply_minutes=60, tries=3).save()
    reply_times.remember_offered_times()
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
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=reply_times.PACIFIC)
        self._monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def second_factor(settings):
    settings.STAFF_SECOND_FACTOR = True
    settings.OTP_TOTP_THROTTLE_FACTOR = 0


@pytest.fixture
def ana(second_factor):
    """Somebody who answers messages and has an app for codes."""
    user = make_staff()
    sign_in_steps.with_app(user)
    return user


def link_in(mail):
    """Return the link of a notice that one message waits."""
    text = email.message_from_bytes(mail.content).get_payload(decode=True).decode()
    assert "Sam" not in text and "555 0100" not in text
    return re.search(r"Read it: (\S+)", text)[1]


def give_password_and_code(page, account, *, steps=0):
    """Sign in where the page is; `steps` is how many codes the app has shown since the last sign-in."""
    page.get_by_label("Email").fill(account.email)
    page.get_by_label("Password", exact=True).fill(sign_in_steps.PASSWORD)
    press(page, "Sign in")
    page.get_by_label("6-digit code").fill(sign_in_steps.code(steps=steps))
    press(page, "Continue")


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("size", [DESKTOP, pytest.param(PHONE, marks=DRILL)], ids=["desktop", "phone"])
def test_a_message_of_the_night_is_answered(visitor, site, night, ana, postbox, size):
    visitor.set_viewport_size(size)
    message = write_at_night(visitor, site)
    assert delivery.deliver_due() == 1

    night.set(2, 10, 30)
    visitor.goto(link_in(postbox.mails[0]))
    give_password_and_code(visitor, ana)
    assert visitor.url == f"{site}/admin/intake/submission/{message.pk}/change/"

    find_on_start_page(visitor, site, message, "Needs action now", "Overdue since today at 10 a.m.")
    claim_and_read_safety_note(visitor)
    log_no_answer(visitor)
    assert_hidden_until_due(visitor, site, message)

    night.set(3, 9, 5)
    visitor.goto(f"{site}/admin/")  # yesterday's sign-in is over
    give_password_and_code(visitor, ana, steps=1)
    find_on_start_page(visitor, site, message, "Claimed by me", "Next step now")
    reach_and_close(visitor)
    assert set(AccessLogEntry.objects.values_list("kind", flat=True)) == {"list", "detail", "contact"}


def write_at_night(page, site):
    """Send a message as a visitor on Saturday night, and return it."""
    page.goto(f"{site}/contact/")
    page.get_by_label("Phone call").check()
    page.get_by_label("Phone number").fill("818 555 0100")
    page.get_by_label("Your name").fill("Sam Rivers")
    press(page, "Send message")
    assert "We will call you by Monday at 10 a.m." in page.locator("main").inner_text()
    return Submission.objects.get()


def find_on_start_page(page, site, message, title, words):
    """See the message under `title` with `words`, and open it."""
    page.goto(f"{site}/admin/")
    listed = page.get_by_role("region", name=title)
    assert words in listed.inner_text()
    check(page)
    with page.expect_navigation():
        listed.get_by_role("link", name=message.spoken_reference).click()
    assert page.get_by_role("heading", name=f"Message {message.spoken_reference}").is_visible()


def claim_and_read_safety_note(page):
    """Claim the message; name and number show after the tick only."""
    assert page.get_by_text("Don’t leave a voicemail. Hang up.").is_visible()
    assert "555 0100" not in page.content() and "Sam Rivers" not in page.content()
    press(page, "I have read the note: claim and show")
    assert page.get_by_role("link", name="818 555 0100").get_attribute("href") == "tel:+18185550100"
    check(page)


def log_no_answer(page):
    page.locator("summary", has_text="No answer").click()
    check(page)
    page.locator("details[open]").get_by_role("button").first.click()
    page.get_by_text("Attempt logged.").wait_for()
    assert Attempt.objects.get().next_due_at.astimezone(reply_times.PACIFIC).hour == 9


def assert_hidden_until_due(page, site, message):
    page.goto(f"{site}/admin/")
    assert page.get_by_role("link", name="1 for later").is_visible()
    assert not page.get_by_role("link", name=message.spoken_reference).count()


def reach_and_close(page):
    page.locator("summary", has_text="Reached the person").click()
    check(page)
    press(page, "Started care with us")
    assert Submission.objects.get().status == "closed"
    assert page.get_by_text("Closed: started care with us", exact=True).is_visible()
    check(page)


OTHER_SCREENS = [
    "intake/submission/add/", "intake/closure/holidays/",
    "intake/submission/numbers/", "intake/suspectedspam/", "intake/accesslogentry/",
    "intake/officehours/", "intake/closure/", "intake/script/", "intake/notification/", "auth/user/",
]  # fmt: skip


@pytest.mark.parametrize(
    "size",
    [DESKTOP, pytest.param(TABLET, marks=DRILL), PHONE],
    ids=["desktop", "tablet", "phone"],
)
def test_lists_search_and_typing_in_fit_and_are_accessible(visitor, site, sign_in, size):
    visitor.set_viewport_size(size)
    stored_message(reply_by="email", email="a.very.long.address@of.a.long.subdomain.example.org")
    sign_in(visitor, make_staff("Owner"), to="/admin/intake/submission/")
    check(visitor)
    assert_all_of_a_row_is_seen(visitor)
    search_for(visitor, "0100")
    visitor.emulate_media(color_scheme="dark")
    with visitor.expect_navigation():
        visitor.get_by_role("link", name=Submission.objects.get().spoken_reference).click()
    press(visitor, "Show without claiming")
    check(visitor)
    for path in OTHER_SCREENS:
        visitor.goto(f"{site}/admin/{path}")
        check(visitor)


def assert_all_of_a_row_is_seen(page):
    """Nothing of the list, such as who has claimed a message, is cut off at its edge."""
    width = page.evaluate(
        "(e => e.scrollWidth - e.clientWidth)(document.querySelector('#changelist .results'))"
    )
    assert width <= 0, f"{width} pixels of the list are hidden"


def search_for(page, text):
    page.get_by_role("search").get_by_label("Find a message").fill(text)
    press(page, "Find")
    assert page.get_by_text("1 found").is_visible()
    assert text not in page.url
    check(page)


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, marks=DRILL), PHONE], ids=["desktop", "phone"])
def test_safety_wishes_are_the_loudest_thing_on_the_screen(visitor, site, sign_in, size):
    """The largest letters of all boxes, bold, above what they wrote; what is not safe is struck out."""
    visitor.set_viewport_size(size)
    message = stored_message(reply_by="email", email="sam@example.org")
    sign_in(visitor, make_staff(), to=f"/admin/intake/submission/{message.pk}/change/")
    press(visitor, "Show without claiming")
    rules, rest = letters_of(visitor, ".safety__rules li"), letters_of(visitor, ".case__box *")
    assert min(size for size, _ in rules) >= max(size for size, _ in rest)
    assert {weight for _, weight in rules} == {"700"}
    tops = [visitor.locator(box).first.bounding_box()["y"] for box in (".safety", ".case__main .case__box")]
    assert tops == sorted(tops) and tops[0] < size["height"]
    struck = visitor.locator(".contact__unsafe")
    assert "line-through" in struck.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert struck.evaluate("e => e.closest('a')") is None
    assert visitor.get_by_text("Not safe: do not call or text").is_visible()


def letters_of(page, places):
    """Return size and weight of the letters of every element of `places` that has text of its own."""
    return page.evaluate(
        """places => [...document.querySelectorAll(places)]
             .filter(e => e.checkVisibility())
             .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()))
             .map(e => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).fontWeight])""",
        places,
    )


def test_a_colleague_who_opens_the_message_is_named_without_a_reload(visitor, site, sign_in):
    submission = stored_message()
    sign_in(visitor, make_staff())
    visitor.clock.install()
    visitor.goto(f"{site}/admin/intake/submission/{submission.pk}/change/")
    presence.arrive(submission, make_staff(email="ben@vtc.example"))
    visitor.clock.fast_forward("01:01")
    visitor.get_by_text("ben@vtc.example also has this message open").wait_for()


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, marks=DRILL), TALL_PHONE], ids=["desktop", "phone"])
def test_a_message_is_reached_and_closed_in_five_clicks(visitor, site, sign_in, size):
    visitor.set_viewport_size(size)
    first, second = stored_message(message="one"), stored_message(message="two")
    sign_in(visitor, make_staff(), to="/admin/")
    check(visitor)
    press(visitor, "Next message")
    assert first.reference in visitor.title()
    press(visitor, "I have read the note: show contact details")
    visitor.locator("summary", has_text="Reached the person").click()
    press(visitor, "Question answered")
    press_first(visitor, "Next message")
    assert second.reference in visitor.title()
    first.refresh_from_db()
    assert (first.status, first.outcome) == ("closed", "answered")
    check(visitor)


def press_first(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_on_a_phone_the_actions_stay_in_reach_of_the_thumb(visitor, site, sign_in):
    visitor.set_viewport_size({"width": 390, "height": 844})
    message = stored_message()
    sign_in(visitor, make_staff(), to=f"/admin/intake/submission/{message.pk}/change/")
    bar = visitor.get_by_role("navigation", name="Quick actions")
    box = bar.bounding_box()
    assert box["y"] > 600 and box["y"] + box["height"] <= 844
    targets = [each.bounding_box()["height"] for each in bar.locator(".button").all()]
    assert len(targets) == 4 and min(targets) >= 44


def test_a_message_on_paper_has_the_words_and_nothing_to_press(visitor, site, sign_in):
    message = stored_message(message="The words of the person")
    sign_in(visitor, make_staff(), to=f"/admin/intake/submission/{message.pk}/change/")
    visitor.emulate_media(media="print")
    assert visitor.get_by_text("The words of the person").is_visible()
    assert not [each for each in visitor.get_by_role("button").all() if each.is_visible()]
