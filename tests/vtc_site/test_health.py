"""What /healthz/, the log and the form page say when messages are not stored, not read, or not told."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.db import OperationalError, connection
from django.utils import timezone

from intake.models import KeyCheck, NoticePreference, Notification, Submission
from intake.outbox import delivery, wakeup
from intake.receiving import readiness, storing
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff
from vtc_site import background, health, release
from vtc_site.models import BackupRecord

pytestmark = pytest.mark.django_db
# SQLite adds no such column to a table, but refuses rows in the same way.
WANTING = {
    "postgresql": "ALTER TABLE intake_submission ADD COLUMN later integer NOT NULL",
    "sqlite": "CREATE TRIGGER wanting BEFORE INSERT ON intake_submission "
    "BEGIN SELECT RAISE(ABORT, 'NOT NULL constraint failed'); END",
}


def age(**duration):
    Notification.objects.update(created_at=timezone.now() - timedelta(**duration))


def test_all_is_well_when_nothing_waits():
    make_staff()
    assert delivery.health() == {
        "waiting": 0,
        "untold": 0,
        "oldest_seconds": 0,
        "nobody_to_tell": False,
        "failed": 0,
        "refused_addresses": 0,
        "thread_beat_seconds": None,
    }


def test_message_that_waits_14_minutes_is_no_alarm(caplog):
    stored_message()
    age(minutes=14)
    assert delivery.health()["waiting"] == 1 and delivery.health()["untold"] == 0
    delivery.sound_alarm()
    assert "ALARM" not in caplog.text


def test_message_that_waits_16_minutes_is_an_alarm_until_it_is_told(caplog, client):
    stored_message()
    age(minutes=16)
    health = delivery.health()
    assert health["untold"] == 1 and health["oldest_seconds"] >= 16 * 60 and health["nobody_to_tell"]
    delivery.sound_alarm()
    assert "ALARM: staff have not been notified of 1 message(s)" in caplog.text
    assert client.get("/healthz/").status_code == 503
    Notification.objects.update(sent_at=timezone.now())
    assert delivery.health()["untold"] == 0
    assert client.get("/healthz/").status_code == 200


def test_message_of_a_wrong_future_is_an_alarm_too():
    stored_message()
    age(days=-30)
    assert delivery.health()["untold"] == 1


def test_heartbeat_is_the_time_since_the_last_look_at_the_outbox():
    delivery.deliver_due()
    assert 0 <= delivery.health()["thread_beat_seconds"] < 60


def test_everything_is_well_and_the_machine_reads_the_figures(client):
    make_staff()
    BackupRecord.objects.create(rows=7)
    answer = client.get("/healthz/")
    figures = answer.json()
    assert answer.status_code == 200 and figures["ok"] and figures["database"]
    assert (figures["reasons"], figures["warnings"], figures["version"]) == ([], [], release.version())
    assert {"waiting", "untold", "oldest_seconds", "nobody_to_tell", "thread_beat_seconds"} <= figures.keys()


def test_the_proof_leaves_nothing_behind():
    assert readiness.prove() == "" == readiness.problem()
    assert KeyCheck.objects.get().pk == 1
    assert not Submission.objects.exists() and not Notification.objects.exists()


def test_the_proof_is_one_of_the_background_jobs_every_minute():
    assert background.JOBS[0] == background.Job(readiness.renew) and readiness.EVERY_SECONDS == 60


def test_a_wrong_key_is_told_although_this_process_proved_the_right_one(client, settings):
    readiness.prove()
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    readiness.prove()
    assert_refused(client, "FIELD_ENCRYPTION_KEYS lacks the key")


def test_a_database_that_became_another_one_is_told(client, settings):
    readiness.prove()
    other = Fernet.generate_key()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_keycheck SET sample = %s",
            [Fernet(other).encrypt(b"These keys are right.").decode()],
        )
    readiness.prove()
    assert_refused(client, "FIELD_ENCRYPTION_KEYS lacks the key")


def broken(code):
    """Return the error that Django raises for one of the database's, whose words may quote a message."""
    cause = Exception("canary words of a person")
    setattr(cause, "pgcode" if code[0].isdigit() else "sqlite_errorname", code)
    error = OperationalError("canary words of a person")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SQLITE_FULL", "The disk of the database is full (SQLITE_FULL): the one with the file of"),
        ("53100", "The disk of the database is full (53100): the one where PostgreSQL keeps its data"),
        ("SQLITE_READONLY", "The database takes no writes: it is read-only (SQLITE_READONLY)."),
        ("25006", "The database takes no writes: it is read-only (25006)."),
        ("42703", "The tables refuse every message (OperationalError (42703)): since a migration"),
        ("SQLITE_IOERR", "The database does not store: OperationalError (SQLITE_IOERR)."),
    ],
)
def test_what_stops_storing_is_told_in_words_without_the_errors_own(client, monkeypatch, caplog, code, words):
    def fail(*args, **kwargs):
        raise broken(code)

    monkeypatch.setattr(KeyCheck.objects, "create", fail)
    assert_refused(client, words)
    assert f"ALARM: no message can be stored. {words}" in caplog.text and "canary" not in caplog.text


def test_tables_of_a_newer_release_that_refuse_every_message_are_told(client, caplog):
    with connection.cursor() as cursor:
        cursor.execute(WANTING[connection.vendor])
    assert_refused(client, "The tables refuse every message (IntegrityError")
    assert "ALARM: no message can be stored. The tables" in caplog.text


def assert_refused(client, words):
    """The monitor, the world and the person who opens the form all learn that nothing can be stored."""
    answer = client.get("/healthz/")
    assert answer.status_code == 503 and not answer.json()["ok"]
    assert words in " ".join(answer.json()["reasons"])
    form = client.get("/contact/")
    assert form.status_code == 503 and "You can’t send us a message right now" in form.content.decode()


def test_the_form_is_back_and_the_log_says_so_when_storing_works_again(client, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(KeyCheck.objects, "create", lambda **kwargs: 1 / 0)
        readiness.prove()
    assert client.get("/contact/").status_code == 503
    readiness.prove()
    assert client.get("/contact/").status_code == 200
    assert "Messages can be stored again." in caplog.text


def test_an_old_proof_is_made_anew_and_a_fresh_one_believed(monkeypatch):
    """Old soon: or a monitor that meets one process and then the other would see a fault come and go."""
    now, proofs = [1000.0], []
    monkeypatch.setattr(readiness, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(readiness, "_write_and_read", lambda: proofs.append(now[0]))
    for now[0] in (1000, 1001, 1001.9, 1002):
        readiness.fresh_problem()
    for now[0] in (1060, 1072):
        readiness.renew()
    assert proofs == [1000, 1002, 1072]


def test_a_refused_message_makes_every_proof_old_and_a_problem_is_looked_at_again_soon(client, monkeypatch):
    readiness.prove()
    wakeup.bell.clear()
    with monkeypatch.context() as broken:
        broken.setattr(KeyCheck.objects, "create", lambda **kwargs: 1 / 0)
        assert readiness.fresh_problem() == ""  # the proof of a moment ago
        broken.setattr(storing, "_insert", lambda new: 1 / 0)
        assert client.post("/contact/", filled_in()).status_code == 503
        assert wakeup.bell.is_set()
        readiness.renew()
        assert client.get("/contact/").status_code == 503
    assert readiness.fresh_problem() == "Storing fails: ZeroDivisionError."
    readiness._last.at -= 2
    assert readiness.fresh_problem() == ""


def test_a_background_thread_that_hangs_is_told(client, monkeypatch):
    monkeypatch.setattr(delivery._process, "beat", time.monotonic() - 16 * 60)
    assert "hangs: restart the site" in client.get("/healthz/").json()["reasons"][0]


def test_little_room_on_the_disk_is_a_warning_and_no_failure(client, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: SimpleNamespace(free=900 * 1024**2))
    answer = client.get("/healthz/")
    assert answer.status_code == 200
    assert "Only 900 MiB are free" in answer.json()["warnings"][0]


def test_the_disk_of_a_postgresql_on_this_machine_is_looked_at(monkeypatch, tmp_path):
    (tmp_path / "15" / "main").mkdir(parents=True)
    monkeypatch.setattr(health, "OF_POSTGRESQL", tmp_path)
    monkeypatch.setattr(
        health, "connection", SimpleNamespace(vendor="postgresql", settings_dict={"HOST": ""})
    )
    sizes = {tmp_path / "15" / "main": 3 * 1024**2}
    monkeypatch.setattr(health.shutil, "disk_usage", lambda at: SimpleNamespace(free=sizes.get(at, 2**40)))
    assert f"Only 3 MiB are free on the disk of {tmp_path}/15/main" in health.disk_is_low()
    health.connection.settings_dict["HOST"] = "10.0.0.5"
    assert health.disk_is_low() == ""


@pytest.mark.once
@pytest.mark.parametrize("extra", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_the_world_gets_one_word(client, monkeypatch, extra):
    assert client.get("/healthz/", **extra).content == b"ok\n"
    monkeypatch.setattr(KeyCheck.objects, "create", lambda **kwargs: 1 / 0)
    monkeypatch.setattr(readiness._last, "at", None)
    answer = client.get("/healthz/", **extra)
    assert (answer.status_code, answer.content) == (503, b"failing\n")


@pytest.mark.once
@pytest.mark.parametrize("host", ["10.1.2.3", "localhost:8000", "[::1]", "whoever.asks.example", "a_b!"])
def test_it_answers_under_every_name(client, host):
    for path in ("/healthz/", "/healthz"):  # without the slash too: no monitor follows a redirect
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_balancers_are_told_to_keep_a_process_that_shows_pages(client, monkeypatch):
    monkeypatch.setattr(health, "database_answers", lambda: False)
    assert client.get("/healthz/").status_code == 503
    assert client.get("/healthz/?serve").status_code == 503  # it knows no page either
    health.public_state.look()
    answer = client.get("/healthz/?serve", headers={"Host": "10.1.2.3"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_owners_see_the_warnings_and_the_version_on_their_start_page(client, monkeypatch):
    BackupRecord.objects.create(rows=1)
    monkeypatch.setattr(health, "disk_is_low", lambda: "Only 3 MiB are free")
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    page = client.get("/admin/").content.decode()
    assert "For whoever runs the site" in page and "Only 3 MiB are free" in page
    assert f"Version {release.version()}" in page
    client.force_login(make_staff())
    assert "For whoever runs" not in client.get("/admin/").content.decode()
    assert release.version() not in type(client)().get("/admin/login/").content.decode()


def test_warnings_are_in_the_log_every_hour(caplog):
    health.log_warnings()
    assert "There is no backup yet" in caplog.text
    assert background.Job(health.log_warnings, every_seconds=3600) in background.JOBS


def test_a_flood_is_told_on_the_start_page(client, monkeypatch):
    client.force_login(make_staff())
    monkeypatch.setattr("intake.dashboard.MAX_PER_HOUR", 1)
    stored_message()
    assert "messages came within an hour" not in client.get("/admin/").content.decode()
    stored_message(message="one more")
    assert "2 messages came within an hour" in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_refused_address_of_staff_is_a_warning_and_no_failure():
    user = make_staff(email="ben@vtc.example")
    NoticePreference.objects.create(user=user, refused_at=timezone.now(), refusal="550")
    found = health.state()
    assert "The mail server refuses an email address of staff." in found["warnings"]
    assert not any("refuses" in reason for reason in found["reasons"])
