"""The audit trail: every act leaves an entry, nobody changes one, the export cannot hurt."""

import codecs
import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.admin.audit import csv_text
from content.models import AuditEntry, Clinic, Helpline, Source, Version
from content.publishing import audit
from tests.support.csv_cells import FORMULAS, HARMLESS, PARTED
from tests.support.pages import add_text, make_page, make_source
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "admin:content_auditentry_changelist"


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "version__number"))


def test_every_verb_leaves_an_entry_with_author_and_version():
    ana, page, day = make_staff("Publisher"), make_page(), timezone.localdate()
    reviewer = make_clinician(ana)
    Clinic.objects.create(is_one_person=True)
    first = publishing.record(page, author=ana)
    publishing.sign_off(
        first, reviewer=reviewer, reviewed_on=day, next_review_on=day + timedelta(days=9), author=ana
    )
    publishing.publish(first, change=Version.Change.CLINICAL, author=ana)
    add_text(page)
    second = publishing.record(page, author=ana)
    publishing.publish(
        second, change="urgent", live_from=timezone.now() + timedelta(days=1), author=ana, reason="A dose"
    )
    publishing.unschedule(second, author=ana)
    publishing.restore(first, author=ana)
    publishing.withdraw(page, author=ana)
    assert acts() == [
        ("recorded", 1),
        ("signed-off", 1),
        ("published", 1),
        ("recorded", 2),
        ("scheduled", 2),
        ("withdrawn", 2),
        ("restored", 3),
        ("withdrawn", 1),
    ]
    assert set(AuditEntry.objects.values_list("author", "author_name", "subject")) == {
        (ana.pk, "ana@vtc.example", "/some-page/")
    }


def test_a_verb_that_fails_leaves_no_entry():
    version = publishing.record(make_page())
    with pytest.raises(Exception, match="end must be after the start"):
        publishing.publish(version, change="clinical", live_until=timezone.now() - timedelta(days=1))
    assert acts() == [("recorded", 1)]


def test_recording_without_a_change_leaves_no_entry():
    page = make_page()
    publishing.record(page)
    publishing.record(page)
    assert acts() == [("recorded", 1)]


def test_the_name_survives_the_account():
    ana = make_staff("Editor")
    audit.log("recorded", author=ana, subject="/x/")
    ana.delete()
    assert str(AuditEntry.objects.get()) == "ana@vtc.example saved a draft /x/"


def test_long_details_are_shortened():
    assert len(audit.log("recorded", author=None, subject="/x/", detail="x" * 999).detail) == 300


def test_a_changed_fact_keeps_the_old_and_the_new_value(client):
    client.force_login(make_staff("Publisher"))
    clinic = Clinic.objects.create()
    form = client.get(reverse("admin:content_clinic_change", args=[clinic.pk])).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields}
    changed = values | {"phone": "1-800-555-0100", "who_answers": "Pat Example"}
    client.post(reverse("admin:content_clinic_change", args=[clinic.pk]), changed)
    entry = AuditEntry.objects.get()
    assert entry.subject == "clinic: Virtual Treatment Center"
    assert entry.detail == "Phone: nothing → 1-800-555-0100; Who answers the phone: nothing → Pat Example"


def test_added_and_deleted_facts_are_named(client):
    client.force_login(get_user_model().objects.create_superuser("root@vtc.example"))
    values = {"slug": "new-source", "publisher": "P", "title": "T", "url": "https://example.org/"}
    client.post(reverse("admin:content_source_add"), values)
    source = Source.objects.get()
    client.post(reverse("admin:content_source_delete", args=[source.pk]), {"post": "yes"})
    assert list(AuditEntry.objects.order_by("pk").values_list("subject", "detail")) == [
        ("source: new-source", "added"),
        ("source: new-source", "deleted"),
    ]


def test_saving_a_fact_unchanged_leaves_no_entry(client):
    client.force_login(make_staff("Publisher"))
    line = Helpline.objects.create(slug="a-line", name="A line")
    address = reverse("admin:content_helpline_change", args=[line.pk])
    form = client.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    client.post(address, {name: value for name, value in values.items() if value not in (None, False, [])})
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["Editor", "Reviewer", "Publisher", "Owner", "superuser"])
def test_nobody_adds_changes_or_deletes_an_entry(client, role):
    entry = audit.log("recorded", author=None, subject="/x/")
    is_super = role == "superuser"
    client.force_login(get_user_model().objects.create_superuser("root") if is_super else make_staff(role))
    assert client.get(reverse(LIST)).status_code == 200
    for name, args in (("add", []), ("delete", [entry.pk]), ("change", [entry.pk])):
        response = client.post(
            reverse(f"admin:content_auditentry_{name}", args=args), {"subject": "y", "post": "yes"}
        )
        assert response.status_code == 403, name
    action = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(reverse(LIST), action)
    assert AuditEntry.objects.get().subject == "/x/"


def test_filters_and_search_narrow_the_list(client):
    client.force_login(make_staff("Editor"))
    audit.log("recorded", author=None, subject="/x/")
    audit.log("published", author=None, subject="/y/")
    assert client.get(reverse(LIST), {"action__exact": "published"}).context["cl"].result_count == 1
    assert client.get(reverse(LIST), {"q": "/x/"}).context["cl"].result_count == 1


def export(client, **query):
    response = client.get(reverse("admin:content_auditentry_export"), query)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_exports_what_the_list_shows(client):
    client.force_login(make_staff("Publisher"))
    audit.log("recorded", author=None, subject="/x/")
    audit.log("published", author=None, subject="/y/", detail="Wording only")
    rows = export(client, action__exact="published")
    assert rows[0] == ["when", "who", "did", "what", "version", "detail"]
    assert [row[2:] for row in rows[1:]] == [["published", "/y/", "", "Wording only"]]


def test_the_export_holds_no_formula_and_says_how_its_letters_are_written(client):
    client.force_login(make_staff("Publisher"))
    audit.log("recorded", author=None, subject="/x/", detail="=1+1")
    assert export(client)[1][5] == "'=1+1"
    assert client.get(reverse("admin:content_auditentry_export")).content.startswith(codecs.BOM_UTF8)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_is_never_a_formula(text):
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_cells_stay_as_they_are(text):
    assert csv_text(text) == text


@pytest.mark.parametrize(("text", "safe"), PARTED.items())
def test_no_half_of_a_cell_is_a_formula(text, safe):
    assert csv_text(text) == safe


@pytest.mark.parametrize("role", ["Editor", "Reviewer", "Intake"])
def test_exporting_needs_its_own_right(client, role):
    client.force_login(make_staff(role))
    assert client.get(reverse("admin:content_auditentry_export")).status_code == 403


def test_queries_do_not_grow_with_entries(client, django_assert_max_num_queries):
    client.force_login(make_staff("Owner"))
    page = make_page()
    make_source()
    counts = []
    for number in range(3):
        add_text(page, f"<p>{number}</p>")
        publishing.record(page)
        with django_assert_max_num_queries(30) as queries:
            client.get(reverse(LIST))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_an_export_with_a_wrong_filter_says_so(client):
    client.force_login(make_staff("Publisher"))
    answer = client.get(reverse("admin:content_auditentry_export"), {"status": "x"}, follow=True)
    assert "Nothing was exported" in answer.content.decode()
