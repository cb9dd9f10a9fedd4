"""No key that a running process writes with is called superfluous, and one that is missing is named."""

import re
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from intake import encryption
from intake.models import KeyCheck, Submission, WritingKey
from intake.receiving import keys_in_use, readiness
from tests.support.messages import stored_message
from tests.support.staff import code, make_staff, with_app
from vtc_site import background
from vtc_site.models import AuthenticatorApp

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(settings):
    return settings.FIELD_ENCRYPTION_KEYS[0]


@pytest.fixture
def new():
    return Fernet.generate_key().decode()


def write_as_a_running_process():
    """What the background thread of each process does every minute."""
    readiness.prove()
    readiness.watch_keys()


def test_each_process_looks_every_minute_however_often_somebody_asks_for_its_health():
    job = background.Job(readiness.watch_keys, every_seconds=60)
    assert background.JOBS.index(job) == 1  # before anything that waits for a mail server


def rotate(**options):
    out = StringIO()
    call_command("rotate_encryption_keys", stdout=out, **options)
    return out.getvalue()


def pass_three_minutes():
    WritingKey.objects.update(used_at="2026-01-01T00:00:00Z")


def test_a_rotation_waits_for_processes_that_write_with_the_old_key(settings, old, new):
    stored_message()
    write_as_a_running_process()
    (of_old,) = encryption.fingerprints()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    with pytest.raises(
        CommandError, match=rf"still wrote with the key {of_old} .* Restart the site first"
    ) as refusal:
        rotate()
    assert re.search(r"Then run this again in 1[45]\d seconds", str(refusal.value))
    assert encryption.rows_with_older_keys() == 2  # nothing was touched
    write_as_a_running_process()  # restarted
    pass_three_minutes()
    assert f"({of_old}) can be removed" in rotate()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert keys_in_use.problem() == ""


def test_a_process_that_begins_to_write_while_the_rotation_runs_is_noticed(settings, monkeypatch, old, new):
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    real = encryption.rotate

    def meanwhile():
        settings.FIELD_ENCRYPTION_KEYS = [old, new]
        keys_in_use.note()
        settings.FIELD_ENCRYPTION_KEYS = [new, old]
        return real()

    monkeypatch.setattr(encryption, "rotate", meanwhile)
    with pytest.raises(CommandError, match="Remove no key"):
        rotate()


def test_a_process_with_a_wrong_key_notes_none(settings, new):
    stored_message()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    write_as_a_running_process()
    assert not WritingKey.objects.exists()


def remove_the_old_key_too_early(settings, old, new):
    """Everything but one message is written anew, and the one key that opens it is gone."""
    write_as_a_running_process()
    name = encryption.fingerprints()[0]
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    encryption.rotate()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    row = stored_message()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    return row, name


def test_monitor_and_checks_name_the_key_that_is_missing(settings, client, old, new):
    _, name = remove_the_old_key_too_early(settings, old, new)
    write_as_a_running_process()  # with the new key alone
    answer = client.get("/healthz/")
    assert answer.status_code == 503 and f"lacks the key {name}" in answer.json()["reasons"][0]
    told = [each.msg for each in run_checks(tags=["database"], databases=["default"])]
    assert any(f"lacks the key {name}" in text for text in told)
    assert client.get("/contact/").status_code == 200  # what is sent now can be read


def test_new_rows_that_no_key_opens_are_seen_although_no_process_noted_its_key(settings, old, new):
    stored_message()
    assert keys_in_use.problem() == ""
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert "one of the newest messages opens with none" in keys_in_use.problem()


def test_staff_read_which_key_is_missing_where_a_text_cannot_be_read(settings, client, old, new):
    row, name = remove_the_old_key_too_early(settings, old, new)
    client.force_login(make_staff())
    for address in ("/admin/intake/submission/", f"/admin/intake/submission/{row.pk}/change/"):
        page = client.get(address).content.decode()
        assert f"lacks the key {name}" in page and "whoever runs the site" in page
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert Submission.objects.get(pk=row.pk).message


def lose_the_old_key(settings, old, new):
    """Messages and an authenticator app of the old key, a message of the new one: the old one is gone."""
    with_app(make_staff())
    lost = stored_message(message="words of the lost key", name="Jo", phone="415 555 0123")
    write_as_a_running_process()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    kept = stored_message(message="kept")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    pass_three_minutes()
    return lost, kept


def test_a_key_that_is_lost_for_good_is_given_up_by_one_command_that_says_what_that_costs(
    settings, client, old, new
):
    lost, kept = lose_the_old_key(settings, old, new)
    assert "Is it lost for good? `manage.py rotate_encryption_keys`" in keys_in_use.problem()
    with pytest.raises(CommandError, match=r"(?s)^3 row\(s\) .* --give-up 3`.* for good, and stands"):
        rotate()
    with pytest.raises(CommandError, match=r"^3 row\(s\)"):  # another number than the one that was read
        rotate(give_up=2)
    assert keys_in_use.problem()
    assert "3 row(s) were given up" in rotate(give_up=3)
    write_as_a_running_process()
    assert client.get("/healthz/").status_code == 200 and keys_in_use.problem() == ""
    lost, kept = (Submission.objects.get(pk=each.pk) for each in (lost, kept))
    assert (lost.name, lost.phone, lost.message) == ("", "", encryption.LOST)
    assert kept.message == "kept"
    assert not AuthenticatorApp.objects.get().verify_token(code())  # nor does anything fail


def test_a_missing_key_that_no_row_needs_is_forgotten_by_a_rotation(settings, old, new):
    write_as_a_running_process()
    KeyCheck.objects.all().delete()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    pass_three_minutes()
    assert keys_in_use.problem()
    rotate()
    assert keys_in_use.problem() == ""
