"""A canary word in everything a visitor sends is found in no log, mail, address, history or database file."""

import io
import logging
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection
from django.test import Client

from intake.forms.message import MessageForm
from intake.models import Submission
from intake.outbox import delivery, emails
from intake.receiving import storing
from tests.support.disk import bytes_on_disk
from tests.support.messages import filled_in
from tests.support.staff import make_staff
from vtc_site.models import StaffSession
from vtc_site.private_logging import PrivateFormatter, RepeatFilter
from vtc_site.sign_in.session_store import SessionStore

CANARY = "Kanarienvogel"
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)  # staff keep their rights


def send(path="/contact/", **fields):
    """Send the canary in every field, header, cookie and query."""
    texts = {name: f"{CANARY} {name}" for name in ("name", "relationship", "message")}
    contacts = {"phone": f"818 555 0100 {CANARY}", "email": f"{CANARY}@example.org", "asked_phone": "x"}
    client = Client(raise_request_exception=False)
    client.cookies["visitor"] = CANARY
    contacts["asked_phone"] = contacts["phone"]
    return client.post(
        f"{path}?q={CANARY}",
        filled_in(reason="someone-else", **texts, **contacts) | {CANARY: CANARY} | fields,
        headers={"User-Agent": CANARY, "Referer": f"https://{CANARY}.example/", "X-Canary": CANARY},
    )


def broken(*args, **kwargs):
    raise DatabaseError(f"DETAIL: {CANARY}")


@pytest.fixture
def log(monkeypatch):
    """What the handlers of the site itself write, as an operator reads it."""
    text = io.StringIO()
    [handler] = [
        each for each in logging.getLogger().handlers if isinstance(each.formatter, PrivateFormatter)
    ]
    monkeypatch.setattr(handler, "stream", text)
    [repeats] = [each for each in handler.filters if isinstance(each, RepeatFilter)]
    monkeypatch.setattr(repeats, "_seen", {})  # another test may have written the same line
    return text


def test_canary_is_nowhere_after_it_was_stored_told_and_read(log, postbox, client):
    person = make_staff()
    answer = send()
    assert answer.status_code == 303 and CANARY not in answer["Location"]
    delivery.deliver_due()
    client.force_login(person)
    submission = Submission.objects.get()
    assert CANARY in submission.message
    screen = client.get(f"/admin/intake/submission/{submission.pk}/change/")
    assert screen.status_code == 200 and CANARY in screen.content.decode() and CANARY not in title(screen)
    found = client.post("/admin/intake/submission/search/", {"text": f"{CANARY}@example.org"})
    assert submission.spoken_reference in found.content.decode() and CANARY not in title(found)
    assert CANARY not in client.get("/contact/").content.decode()
    assert CANARY not in postbox.mails[0].content.decode()
    assert CANARY not in log.getvalue()
    assert CANARY not in " ".join(
        f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()
    )
    assert not any(
        CANARY in str(SessionStore().decode(session.session_data)) for session in StaffSession.objects.all()
    )
    assert CANARY.encode() not in everything_on_disk()


def everything_on_disk():
    """Return all bytes of the database: its files, or every table of a server."""
    if connection.vendor == "sqlite":
        return bytes_on_disk()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the database itself
            rows += cursor.fetchall()
    return str(rows).encode()


@pytest.mark.parametrize(
    "place",
    [(MessageForm, "clean"), (storing, "receive"), (Submission.objects.__class__, "bulk_create")],
)
def test_canary_is_in_no_log_when_something_breaks(log, monkeypatch, place):
    monkeypatch.setattr(*place, broken)
    answer = send()
    assert answer.status_code == 503 and CANARY in answer.content.decode()
    assert "could not be stored: DatabaseError" in log.getvalue() and CANARY not in log.getvalue()
    assert not Submission.objects.exists()


def test_canary_of_one_person_is_on_no_page_of_another(monkeypatch):
    monkeypatch.setattr(storing, "receive", broken)
    assert CANARY in send().content.decode()
    assert CANARY not in Client().get("/contact/").content.decode()
    assert CANARY not in Client().post("/contact/", {}).content.decode()


NOWHERE = ["/{}/", "/contact/{}/", "/preview/{}/", "/admin/{}/", "/static/{}.css", "/contact/?q={}"]
FAILING = ["/fails/500/?q={}", "/fails/database/?q={}", "/fails/403/?q={}"]


@pytest.mark.once
@pytest.mark.parametrize("path", NOWHERE + FAILING)
def test_canary_in_an_address_is_in_no_log_and_no_title(log, settings, path):
    settings.ROOT_URLCONF = "tests.browser.urls"
    client = Client(raise_request_exception=False)
    client.cookies["visitor"] = CANARY
    for method in ("GET", "POST", "PUT"):
        answer = client.generic(method, path.format(CANARY), CANARY, headers={"User-Agent": CANARY})
        assert CANARY not in title(answer)
    assert "django.request" in log.getvalue()
    assert CANARY not in log.getvalue()


def title(answer):
    found = re.search("<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    return found[1] if found else ""


@pytest.mark.once
def test_canary_in_an_unexpected_error_is_in_no_log(log, monkeypatch):
    monkeypatch.setattr("vtc_site.health.delivery.health", broken)
    assert Client(raise_request_exception=False).get("/healthz/").status_code == 503
    assert "The outbox could not be read: DatabaseError" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.once
@pytest.mark.parametrize("path", ["/fails/500/", "/fails/database/", "/fails/403/", "/contact/"])
def test_no_error_is_mailed_to_admins(settings, mailoutbox, monkeypatch, path):
    """Django's own error mail holds the whole request, typed text and all."""
    settings.ROOT_URLCONF = "tests.browser.urls"
    assert settings.ADMINS == settings.MANAGERS == []
    settings.ADMINS = settings.MANAGERS = [("Olga", "olga@vtc.example")]
    monkeypatch.setattr(MessageForm, "clean", broken)
    assert send(path).status_code >= 400
    assert mailoutbox == []


@pytest.mark.once
@pytest.mark.parametrize("is_broken", [False, True])
def test_canary_is_in_no_title_of_a_form_that_is_shown_again(monkeypatch, is_broken):
    if is_broken:
        monkeypatch.setattr(storing, "receive", broken)
    answer = send() if is_broken else send(phone="", email="")
    assert answer.status_code == (503 if is_broken else 422)
    assert CANARY in answer.content.decode() and CANARY not in title(answer)


def test_canary_is_in_no_log_when_the_mail_breaks(log, monkeypatch):
    make_staff()
    send()
    monkeypatch.setattr(emails, "send", broken)
    delivery.deliver_due()
    assert CANARY not in log.getvalue()
    assert "DatabaseError" in log.getvalue()


@pytest.mark.once
def test_a_program_that_tries_other_names_fills_no_log_with_errors(log, client):
    assert client.get("/", headers={"Host": f"{CANARY}.example"}).status_code == 400
    assert "ERROR" not in log.getvalue() and CANARY not in log.getvalue()
