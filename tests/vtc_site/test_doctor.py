"""`manage.py doctor` says what is wrong with what runs, each with the cure, and ends with 1 then."""

import socket
import ssl
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from smtplib import (
    SMTPAuthenticationError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.utils import timezone

from intake.models import KeyCheck, Notification
from tests.bench.site import free_port
from tests.support.messages import stored_message
from tests.support.staff import make_staff
from vtc_site import database_condition, health
from vtc_site.management.commands import doctor, sendtestemail
from vtc_site.models import BackupRecord

pytestmark = pytest.mark.django_db


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        special = {"/": self.server.of_pages, "/contact/": self.server.of_form}
        self.send_response(special.get(self.path, self.server.status))
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture
def site(settings):
    """Something that answers at SITE_URL."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.status = server.of_pages = server.of_form = 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SITE_URL = server.address = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def told():
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
        return 0, out.getvalue()
    except SystemExit as end:
        return end.code, out.getvalue()


@pytest.fixture
def well(site, postbox, monkeypatch):
    """A site of which the doctor finds nothing to say."""
    BackupRecord.objects.create(rows=1)
    make_staff(email="dana@vtc.example")
    monkeypatch.setattr(doctor, "wrong_settings", list)
    monkeypatch.setenv("PORT", str(site.server_port))
    examinations = [
        pair for pair in doctor.EXAMINATIONS if pair[0] not in ("Settings", "Database, and what is set in it")
    ]
    monkeypatch.setattr(doctor, "EXAMINATIONS", examinations)
    monkeypatch.setattr(database_condition, "log_problem", lambda: "")


def test_a_site_that_is_well_is_told_so(well):
    status, words = told()
    assert status == 0 and "No problems." in words and "✗" not in words


def test_processes_that_hang_are_told_whatever_the_proxy_says(well, monkeypatch):
    monkeypatch.setattr(doctor, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        port = hanging.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert f"No process answers at 127.0.0.1:{port}: it did not answer in time" in told()[1]
    assert f"port: not checked, nobody listens at 127.0.0.1:{port}. Is PORT another" in told()[1]


def test_what_is_wrong_outside_is_told(well, site, postbox):
    site.status = 502
    postbox.stop()
    status, words = told()
    assert status == 1
    assert "answers 502. Is the site running, and does the proxy pass to it?" in words
    assert "The mail server in EMAIL_URL takes no mail: nobody listens at this host and port (" in words


def test_a_form_that_visitors_do_not_reach_is_told_although_health_is_green(well, site):
    site.of_form = 400
    assert "/contact/ answers 400." in told()[1]


def test_a_proxy_that_cannot_keep_pages_is_told(well, site):
    site.of_pages = 500
    words = told()[1]
    assert f"{site.address}/ answers 500. Is the site running" in words and "Problems: 1." in words


def test_a_certificate_that_nobody_signed_is_told_with_the_way_to_a_real_one():
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    assert "install.sh again: it gets one" in doctor._no_answer("https://www.clinic.org/", error)


def test_a_certificate_without_the_name_is_told_by_the_name():
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = 62
    words = doctor._no_answer("https://www.clinic.org/", error)
    assert "lacks the name www.clinic.org." in words and "replace that one yourself" in words


def test_a_certificate_that_ends_soon_is_told(well, settings):
    assert doctor._certificate_problem(time.time() + 30 * 86400) == []
    assert (
        "ends in 2 days. Does certbot.timer run?" in doctor._certificate_problem(time.time() + 2.5 * 86400)[0]
    )
    assert "– The certificate lasts: not checked, SITE_URL has none." in told()[1]


def test_messages_that_staff_were_not_told_of_are_named(well, site):
    stored_message()
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    site.status = 503
    words = told()[1]
    assert "Staff have not been told of 1 message(s)" in words and "--once` sends all that wait" in words
    assert "/healthz/ answers 503: no message can be stored or told. See above" in words


def test_notices_that_no_recipient_got_are_told(well, postbox):
    stored_message()
    Notification.objects.update(last_error="SMTPRecipientsRefused", attempts=2)
    words = told()[1]
    assert "1 notice(s) to staff failed more than once" in words
    assert (
        "✗ Mail server\n    It lets the site sign in, but did not take the last notice to staff: SMTPRec"
        in words
    )


def test_the_list_of_a_site_that_stores_nothing_has_no_line_of_the_log_before_it(well, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(KeyCheck.objects, "create", fail)
    assert "✗ A message can be stored and read" in told()[1] and not caplog.text


def test_the_mail_server_of_references_is_asked_too(well, settings):
    settings.COPY_EMAIL = {"host": "127.0.0.1", "port": free_port()}
    assert "The mail server in COPY_EMAIL_URL takes no mail: nobody listens" in told()[1]


def test_a_test_email_that_no_server_takes_is_told_in_words(postbox):
    postbox.stop()
    with pytest.raises(CommandError, match=r"Nothing was sent: nobody listens .* in EMAIL_URL"):
        call_command("sendtestemail", "somebody@example.com")


def late(error):
    """Return the error as smtplib raises it, when the time for an answer is over."""
    error.__context__ = TimeoutError()
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            SMTPRecipientsRefused({"a@b.example": (550, b"5.1.1 <a@b.example>: no such\nuser")}),
            "this recipient .*It said: 550 5.1.1 … no such user. .*address right",
        ),
        (late(SMTPServerDisconnected("Connection unexpectedly closed")), "did not answer in time"),
        (SMTPAuthenticationError(535, b"wrong: hunter2"), "or the password .*It said: 535 wrong: …. Check"),
        (SMTPSenderRefused(451, b"later", "website@b.example"), "the sender .*451.*begins with 4 means"),
    ],
)
def test_a_test_email_that_is_not_taken_is_told_why(monkeypatch, settings, error, words):
    settings.EMAIL_HOST_PASSWORD = "hunter2"

    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(sendtestemail.sendtestemail.Command, "handle", refuse)
    with pytest.raises(CommandError, match=words) as told:
        call_command("sendtestemail", "a@b.example")
    assert ("Check host, port, and login" in str(told.value)) == (
        "this recipient" not in words and "sender" not in words
    )


def test_an_address_where_nobody_answers_is_told(well, settings):
    settings.SITE_URL = f"http://127.0.0.1:{free_port()}"
    assert "does not answer: nobody listens at this host and port" in told()[1]


def test_a_process_that_runs_with_other_settings_is_told(well, site):
    site.of_pages = 400
    assert "/ answers 400. Does the site still run with other settings? `systemctl restart vtc`" in told()[1]


def test_a_folder_that_the_next_start_could_not_write_to_is_told(well, monkeypatch, settings, tmp_path):
    (tmp_path / "var").mkdir()
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(doctor.os, "access", lambda place, mode: place.name != "var")
    assert "may not write" in told()[1]


def test_what_is_wrong_inside_is_told(well, monkeypatch):
    BackupRecord.objects.all().delete()
    monkeypatch.setattr(KeyCheck.objects, "create", lambda **kwargs: 1 / 0)
    monkeypatch.setattr(health, "disk_is_low", lambda: "Only 3 MiB are free")
    status, words = told()
    assert status == 1 and "Problems: 3." in words
    for problem in ("Storing fails: ZeroDivisionError", "Only 3 MiB are free", "There is no backup yet"):
        assert problem in words


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_somebody_removed_is_told_where_it_was_written(well, tmp_path):
    file = tmp_path / "backup.vtc"
    call_command("backup", str(file), stdout=StringIO())
    assert "✓ Its file is still there" in told()[1]
    file.unlink()
    status, words = told()
    assert status == 1 and f"{file} is gone, the last backup" in words
    BackupRecord.objects.update(host="another-machine")
    assert "– Its file is still there: not checked, this machine has written none." in told()[1]


def test_what_could_not_be_looked_at_is_never_said_to_be_well(well, monkeypatch):
    monkeypatch.setattr(database_condition, "outage", lambda: "Nobody listens there.")
    monkeypatch.setattr(doctor.connection, "vendor", "postgresql")
    words = told()[1]
    for name in (
        "A message can be stored",
        "PostgreSQL's log",
        "Clock",
        "A backup was written",
        "Its file is still",
    ):
        line = next(each for each in words.splitlines() if name in each)
        assert line.startswith("–") and "not checked, the database does not answer." in line


def test_every_check_is_run(settings):
    settings.SECRET_KEY = "short"
    told = " ".join(doctor.wrong_settings())
    assert "SECRET_KEY has fewer than 50 characters." in told
    assert "AxesMiddleware" not in told  # SILENCED_SYSTEM_CHECKS
    assert "Nobody would be notified of a new message." in " ".join(doctor.database())


def test_a_log_that_keeps_statements_is_told_on_postgresql():
    if connection.vendor != "postgresql":
        assert database_condition.log_problem() == ""
        return
    assert "ALTER ROLE vtc SET log_min_error_statement = 'panic'" in database_condition.log_problem()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL log_min_error_statement = 'panic'")
        assert "track_activities = off" in database_condition.log_problem()
        cursor.execute("SET LOCAL track_activities = off")
        assert "log_error_verbosity = 'terse'" in database_condition.log_problem()
        cursor.execute("SET LOCAL log_error_verbosity = 'terse'")
        assert database_condition.log_problem() == ""
        cursor.execute("SET LOCAL log_statement = 'all'")
    assert "log_statement" in database_condition.log_problem()
