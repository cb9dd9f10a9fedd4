"""The report counts whole weeks or months."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.models import AccessLogEntry, Attempt, Submission
from intake.reply_times import PACIFIC
from intake.staff import statistics
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
REPORTS = reverse("admin:intake_submission_reports")
MONDAY = datetime(2026, 11, 2, 10, tzinfo=PACIFIC)
PERIOD = {"first": MONDAY.date(), "last": MONDAY.date() + timedelta(days=13)}


def came(at, *, tried_after=None, reached=False, **fields):
    """Store a message that came at `at`, was tried `tried_after` minutes later and again in another hour."""
    submission = stored_message(message=f"{Submission.objects.count()}")
    Submission.objects.filter(pk=submission.pk).update(received_at=at, **fields)
    if tried_after is not None:
        first = at + timedelta(minutes=tried_after)
        outcomes = {first: "no-answer", first + timedelta(hours=1): "reached" if reached else "no-answer"}
        for moment, outcome in outcomes.items():
            Attempt.objects.create(submission=submission, channel="call", outcome=outcome, at=moment)
    return submission


def week_of_six():
    """Six messages: five tried after 10, 20, 30, 40, 50 minutes, three of these reached in the end."""
    for number in range(5):
        came(MONDAY, tried_after=10 * (number + 1), reached=number < 3)
    came(MONDAY)


@pytest.fixture
def page(client):
    """Return a function that shows the report to a member of staff."""
    client.force_login(make_staff(email="dana@vtc.example"))

    def show(status=200, **asked):
        answer = client.get(REPORTS, asked)
        assert answer.status_code == status
        return " ".join(answer.content.decode().split())

    return show


def test_a_week_tells_volume_median_and_share_reached():
    week_of_six()
    came(MONDAY, status="spam")
    [row, other], total = statistics.report(**PERIOD, by="week")
    assert (row.messages, row.first_try, row.reached_percent) == (6, timedelta(minutes=30), 50)
    assert (row.first, row.last) == (MONDAY.date(), MONDAY.date() + timedelta(days=6))
    assert (other.messages, other.first_try, other.reached_percent) == (0, None, None)
    assert (total.messages, total.first, total.last) == (6, PERIOD["first"], PERIOD["last"])


def test_every_row_is_counted_and_the_total_is_their_sum():
    for week, count in enumerate([5, 0, 3]):
        for _ in range(count):
            came(MONDAY + timedelta(weeks=week))
    rows, total = statistics.report(PERIOD["first"], PERIOD["first"] + timedelta(weeks=2), by="week")
    assert [row.messages for row in rows] == [5, 0, 3]
    assert total.messages == 8 and total.first_try is None


@pytest.mark.parametrize(
    ("at", "index"),
    [
        (datetime(2026, 10, 31, 23, 59, tzinfo=PACIFIC), 0),
        (datetime(2026, 11, 1, 0, 0, tzinfo=PACIFIC), 1),
        (datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=PACIFIC), 1),  # the hour that comes twice
        (datetime(2026, 11, 30, 23, 59, tzinfo=PACIFIC), 1),
        (datetime(2026, 12, 1, 0, 0, tzinfo=PACIFIC), 2),
    ],
)
def test_months_begin_at_midnight_in_california(at, index):
    for _ in range(5):
        came(at)
    rows, _ = statistics.report(date(2026, 10, 15), date(2026, 12, 2), by="month")
    assert [row.messages for row in rows] == [5 if number == index else 0 for number in range(3)]


@pytest.mark.once
@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (35, "35 min"), (310, "5 h 10 min"), (1500, "1 day 1 h"), (2 * 1440, "2 days")],
)
def test_waits_are_said_in_words(minutes, words):
    assert statistics.in_words(timedelta(minutes=minutes)) == words


def test_page_shows_the_last_twelve_weeks_and_nobody(page):
    at = timezone.now() - timedelta(days=20)
    for _ in range(5):
        submission = came(at, tried_after=35, reached=True)
    text = page()
    assert text.count("<td>0</td><td>–</td><td>–</td>") == 11
    assert "<td>5</td><td>35 min</td><td>100%</td>" in text
    for private in ("Sam", submission.reference, submission.spoken_reference):
        assert private not in text
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("weekday", range(7))
def test_page_shows_twelve_weeks_on_every_day_of_the_week(page, monkeypatch, weekday):
    monkeypatch.setattr(timezone, "now", lambda: MONDAY + timedelta(days=weekday))
    text = page()
    assert text.split("</table>")[0].count('<th scope="row">') == 12 + 1  # the last line is their sum
    assert "Aug 17, 2026 to Nov 8, 2026" in text


def test_page_shows_the_chosen_period(page):
    week_of_six()
    text = page(by="month", first="2026-11-05", last="2026-11-06")
    assert (
        "Nov 1 – Nov 30</th>" in text
        and "Nov 1, 2026 to Nov 30, 2026" in text
        and "<td>6</td><td>30 min</td><td>50%</td>" in text
    )


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "day"},
        {"first": "yesterday"},
        {"first": "0001-01-01"},
        {"last": "9999-12-31"},
        {"first": "9999-12-31", "last": "9999-12-31"},
        {"first": "2026-11-05", "last": "2026-11-04"},
        {"first": "2020-01-01"},
    ],
)
def test_a_wrong_period_is_answered_with_words(page, wrong):
    assert "errorlist" in page(status=422, **wrong)


def test_queries_do_not_grow(client, django_assert_num_queries):
    client.force_login(make_staff(email="dana@vtc.example"))
    client.get(REPORTS)
    with CaptureQueriesContext(connection) as few:
        client.get(REPORTS)
    for _ in range(8):
        came(timezone.now(), tried_after=1)
    with django_assert_num_queries(len(few)):
        client.get(REPORTS)


def test_report_answers_who_asks_for_its_head_alone(client):
    client.force_login(make_staff(email="dana@vtc.example"))
    assert client.head(REPORTS).status_code == 200
    assert client.post(REPORTS).status_code == 405


def test_promises_that_are_over_were_kept_or_not(monkeypatch):
    promised = MONDAY + timedelta(minutes=25)
    for tried_after in (10, 20, 30, None):
        came(MONDAY, tried_after=tried_after, promised_by=promised)
    came(MONDAY, promised_by=None)
    monkeypatch.setattr(timezone, "now", lambda: promised)
    [row, _], total = statistics.report(**PERIOD, by="week")
    assert row.kept_percent == total.kept_percent == 50
    monkeypatch.setattr(timezone, "now", lambda: promised - timedelta(minutes=1))
    assert statistics.report(**PERIOD, by="week")[1].kept_percent is None


def test_outcomes_languages_and_arrivals_of_a_period_are_counted(page):
    came(MONDAY, status="closed", outcome="answered", language="es")
    came(MONDAY, status="closed", outcome="answered")
    came(MONDAY + timedelta(days=1), language="es")
    came(MONDAY, status="suspected", language="other")
    found = statistics.breakdown(**PERIOD, by="week")
    assert found.outcomes == [("Question answered", 2)]
    assert found.languages == [("Español", 2), ("English", 1)]
    hour = MONDAY.astimezone(PACIFIC).hour
    assert found.arrivals[hour] == [2, 1, 0, 0, 0, 0, 0] and sum(map(sum, found.arrivals)) == 3
    shown = page(**{name: str(day) for name, day in PERIOD.items()})
    assert "Promises kept" in shown and "Arrivals by weekday and hour" in shown
