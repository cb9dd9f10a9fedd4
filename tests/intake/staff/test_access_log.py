"""n looks are n rows; nobody changes or deletes one; search and export are looks too."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from intake import retention
from intake.forms.message import MessageForm
from intake.models import (
    AccessLogEntry,
    AccessLogProtectedError,
    DailyChore,
    IntakeSettings,
    SavedView,
    Submission,
)
from intake.models.intake_settings import MIN_ACCESS_LOG_DAYS
from intake.staff import export
from intake.staff.export import csv_text
from tests.support.csv_cells import FORMULAS, HARMLESS, PARTED
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:intake_submission_changelist")
SEARCH = reverse("admin:intake_submission_search")
EXPORT = reverse("admin:intake_submission_export")
READS = reverse("admin:intake_accesslogentry_changelist")


def page_of(submission):
    return reverse("admin:intake_submission_change", args=[submission.pk])


@pytest.fixture
def owner(client):
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    return client


@pytest.fixture
def intake(client):
    client.force_login(make_staff(email="dana@vtc.example"))
    return client


def rows():
    return list(AccessLogEntry.objects.order_by("pk").values_list("author_name", "kind", "reference"))


def test_every_look_is_one_row(intake):
    one, two = stored_message(), stored_message(phone="213 555 0177")
    for _ in range(3):
        intake.get(page_of(one))
    assert rows() == [("dana@vtc.example", "detail", one.reference)] * 3
    intake.get(LIST)
    assert sorted(rows()[3:]) == sorted(
        [("dana@vtc.example", "list", one.reference), ("dana@vtc.example", "list", two.reference)]
    )


def test_looks_of_start_page_spam_list_search_and_export_are_rows(owner):
    submission = stored_message()
    owner.get("/admin/")
    owner.post(SEARCH, {"text": "Sam"})
    b"".join(owner.post(EXPORT).streaming_content)
    Submission.objects.update(status="spam")
    owner.get(reverse("admin:intake_suspectedspam_changelist"))
    kinds = ["list", "search", "export", "list"]
    assert rows() == [("olga@vtc.example", kind, submission.reference) for kind in kinds]


def test_contact_details_are_a_look_of_their_own(intake):
    submission = stored_message()
    intake.post(page_of(submission), {"act": "contact", "has_read": "yes"}, follow=True)
    assert rows() == [("dana@vtc.example", "contact", submission.reference)]


def test_who_is_refused_sees_nothing_and_leaves_no_row(client):
    client.force_login(make_staff("Editor", "eddie@vtc.example"))
    submission = stored_message()
    for address in (LIST, page_of(submission), SEARCH, READS):
        assert client.get(address).status_code == 403
    assert rows() == []


def test_no_code_changes_or_deletes_a_row():
    AccessLogEntry.objects.create(kind="detail", reference="KD7MR4TB")
    row = AccessLogEntry.objects.get()
    for attempt in (
        row.save,
        row.delete,
        AccessLogEntry.objects.all().delete,
        lambda: AccessLogEntry.objects.update(kind="x"),
    ):
        with pytest.raises(AccessLogProtectedError):
            attempt()
    assert AccessLogEntry.objects.get().kind == "detail"


@pytest.mark.parametrize("who", ["Owner", "superuser"])
def test_nobody_changes_or_deletes_a_row_in_the_admin(client, who):
    row = AccessLogEntry.objects.create(kind="detail", reference="KD7MR4TB")
    client.force_login(make_staff("Owner", "olga@vtc.example", is_superuser=who == "superuser"))
    for action in ("change", "delete"):
        address = reverse(f"admin:intake_accesslogentry_{action}", args=[row.pk])
        assert client.post(address, {"post": "yes", "kind": "list"}).status_code == 403
    client.post(READS, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert AccessLogEntry.objects.get().kind == "detail"


def test_a_row_outlives_the_account_and_the_message(owner):
    submission, ben = stored_message(), make_staff(email="ben@vtc.example")
    AccessLogEntry.objects.create(
        author=ben, author_name="ben@vtc.example", kind="detail", reference=submission.reference
    )
    ben.delete()
    owner.post(reverse("admin:intake_submission_delete", args=[submission.pk]), {"post": "yes"})
    assert not Submission.objects.exists()
    assert ("ben@vtc.example", "detail", submission.reference) in rows()


def looks_of(*days_ago):
    for days in days_ago:
        at = timezone.now() - timedelta(days=days)
        AccessLogEntry.objects.create(at=at, kind="detail", reference=f"DAYS{days:04}")


def kept():
    return sorted(AccessLogEntry.objects.values_list("reference", flat=True))


def test_looks_stay_as_long_as_no_days_are_set():
    looks_of(9999)
    IntakeSettings(keep_finished_days=1).save()
    assert retention.purge_access_log() == 0 and kept() == ["DAYS9999"]


def test_the_daily_purge_deletes_old_looks_and_no_others():
    looks_of(0, 364, 366, 800)
    IntakeSettings(keep_access_log_days=365).save()
    assert retention.purge_access_log(is_dry_run=True) == 2 and len(kept()) == 4
    DailyChore.objects.create(name="purge", done_at=timezone.now() - timedelta(hours=25))
    retention.purge_daily()
    assert kept() == ["DAYS0000", "DAYS0364"]


def test_command_tells_how_many_looks_go():
    looks_of(0, 366)
    IntakeSettings(keep_access_log_days=365).save()
    for options, verb in (["--dry-run"], "would be deleted"), ([], "deleted"):
        out = io.StringIO()
        call_command("purge_submissions", *options, stdout=out)
        assert f"Access log entries: 1 {verb}" in out.getvalue()
    assert kept() == ["DAYS0000"]


def test_owner_cannot_set_looks_to_be_gone_soon(owner):
    address = reverse("admin:intake_intakesettings_change", args=[1])
    owner.get(reverse("admin:intake_intakesettings_changelist"))
    for days, status in ((MIN_ACCESS_LOG_DAYS - 1, 200), (MIN_ACCESS_LOG_DAYS, 302)):
        assert owner.post(address, {"alarm_percent": 50, "keep_access_log_days": days}).status_code == status
    assert IntakeSettings.objects.get().keep_access_log_days == MIN_ACCESS_LOG_DAYS


def test_owner_reads_and_filters_them(owner):
    AccessLogEntry.objects.create(author_name="ben", kind="detail", reference="KD7MR4TB")
    AccessLogEntry.objects.create(author_name="ana", kind="export", reference="KD7MR4TC")
    page = owner.get(READS, {"kind__exact": "export"}).content.decode()
    assert "KD7MR4TC" in page and "KD7MR4TB" not in page
    page = owner.get(READS, {"reference": "KD7MR4TB"}).content.decode()
    assert "ben" in page and "ana" not in page.split("result_list")[1].split("</table>")[0]


def test_screen_of_a_message_leads_an_owner_to_its_looks(owner, client):
    submission = stored_message()
    link = f"{READS}?reference={submission.reference}"
    assert link in owner.get(page_of(submission)).content.decode()
    client.force_login(make_staff(email="dana@vtc.example"))
    assert link not in client.get(page_of(submission)).content.decode()


def test_list_is_never_filtered_by_what_a_person_wrote(intake):
    stored_message()
    for lookup in ("name", "phone_hash", "claimed_by__password__startswith"):
        assert intake.get(LIST, {lookup: "x"}).status_code in (302, 400)


# --- Views and export ---------------------------------------------------------------------------------------


def test_view_is_saved_for_its_maker_and_removed(intake):
    address = reverse("admin:intake_savedview_save")
    intake.post(address, {"name": "Spanish", "filters": "language__exact=es&q=canary&name=x"})
    assert SavedView.objects.get().query == "language__exact=es"
    assert '<a href="?language__exact=es">Spanish</a>' in intake.get(LIST).content.decode()
    intake.force_login(make_staff(email="ben@vtc.example"))
    assert ">Spanish</a>" not in intake.get(LIST).content.decode()
    intake.post(address, {"delete": "Spanish"})
    assert SavedView.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize("due", ["now", "overdue", "later"])
def test_filters_answer(intake, due):
    submission = stored_message()
    answer = intake.get(LIST, {"due": due, "holder": "nobody", "status": "new"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (page_of(submission) in page) is (due == "now")


def exported(answer):
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_export_holds_no_person_unless_asked_for(owner):
    submission = stored_message(name="Canary", message="=cmd()")
    [row] = exported(owner.post(EXPORT))
    assert row["reference"] == submission.reference and "Canary" not in str(row)
    answer = owner.post(EXPORT, {"with_contacts": "yes"})
    assert answer.headers["Cache-Control"].startswith("no-store")
    [row] = exported(answer)
    assert (row["name"], row["message"]) == ("Canary", "'=cmd()")


def test_export_has_what_the_list_shows(owner):
    stored_message(message="one")
    spanish = stored_message(message="two", language="es")
    Submission.objects.filter(pk=stored_message(message="three", language="es").pk).update(status="spam")
    [row] = exported(owner.post(EXPORT, {"filters": "language__exact=es"}))
    assert row["reference"] == spanish.reference


def test_nothing_is_exported_that_came_after_the_looks_were_recorded(owner, monkeypatch):
    monkeypatch.setattr(export, "READ_AT_ONCE", 2)
    references = [stored_message(message=f"number {number}").reference for number in range(5)]
    answer = owner.post(EXPORT)
    stored_message(message="later")
    assert [row["reference"] for row in exported(answer)] == references[::-1]
    assert sorted(rows()) == sorted(("olga@vtc.example", "export", reference) for reference in references)


def test_intake_staff_may_not_export(intake):
    stored_message()
    assert intake.post(EXPORT).status_code == 403
    assert "Export as CSV" not in intake.get(LIST).content.decode()


def test_export_starts_with_a_byte_order_mark_for_excel(owner):
    assert b"".join(owner.post(EXPORT).streaming_content).startswith(b"\xef\xbb\xbf")


@pytest.mark.once
@pytest.mark.parametrize("number", ["+18185550100", "+1 (818) 555-0100", "+44 20 7946 0000"])
def test_phone_numbers_stay_readable(number):
    assert csv_text(number) == number


def test_every_field_of_the_form_is_exported(owner):
    stored_message()
    [row] = exported(owner.post(EXPORT, {"with_contacts": "yes"}))
    assert set(MessageForm.visible_names()) <= row.keys()


@pytest.mark.once
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    assert csv_text(text) == f"'{text}"


@pytest.mark.once
@pytest.mark.parametrize("text", HARMLESS)
def test_other_cells_stay_as_they_are(text):
    assert csv_text(text) == text


@pytest.mark.once
@pytest.mark.parametrize(("text", "safe"), PARTED.items())
def test_no_half_of_a_cell_is_a_formula(text, safe):
    assert csv_text(text) == safe
