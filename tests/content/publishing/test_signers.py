"""A sign-off belongs to a person: as oneself, not on one's own text, kept as it was on that day."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from content import publishing
from content.models import AuditEntry, Clinic, Text, Version
from tests.content.admin.test_publish_screen import (
    change_words,
    draft_page,
    live_page,
    publish_url,
    send,
    told,
)
from tests.support.staff import code, make_clinician, make_staff, with_app
from vtc_site.models import AuthenticatorApp
from vtc_site.sign_in import sessions

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHANGE = "admin:content_clinician_change"


def own_change(page, user, body="<p>New ideas.</p>"):
    Text.objects.filter(parent=page).update(body=body)
    return publishing.record(page, author=user)


def test_a_publisher_makes_nobody_a_clinician_and_signs_as_nobody_else(client, publisher):
    make_clinician()
    assert client.get(reverse("admin:content_clinician_add")).status_code == 403
    page = live_page()
    change_words(page, "<p>New ideas.</p>")
    assert 'name="_sign_off"' not in client.get(publish_url(page)).content.decode()
    answer = client.post(publish_url(page), {"_sign_off": "1", "signs": "on"})
    assert "Only a clinician can sign off" in told(answer)
    assert not Version.objects.exclude(reviewer=None).exists()


def test_the_verb_refuses_to_sign_as_somebody_else(reviewer):
    version = publishing.record(draft_page())
    with pytest.raises(ValidationError, match="only as yourself"):
        publishing.sign_off(version, reviewer=reviewer, author=make_staff("Owner"))


def test_who_wrote_a_clinical_change_cannot_be_the_only_one_to_sign_it(client, publisher, reviewer):
    page = live_page()
    publishing.sign_off(publishing.record(page), reviewer=reviewer)
    own_change(page, publisher)
    assert "another clinician has to sign" in told(send(client, page, change="clinical", reviewer=1))
    change_words(page, "<p>New idea.</p>")  # a colleague's full stop does not wash it
    assert "another clinician has to sign" in told(send(client, page, button="_sign_off", reviewer=1))
    other = make_clinician(name="B Clinician")
    publishing.sign_off(page.versions.order_by("-number").first(), reviewer=other)
    own_change(page, publisher, "<p>New idea</p>")  # spelling after a sign-off is no clinical change
    assert send(client, page, button="_sign_off", reviewer=1).status_code == 302


def test_a_clinic_of_one_person_may_and_the_audit_trail_shows_it(client, publisher, reviewer):
    Clinic.objects.create(is_one_person=True)
    page = live_page()
    own_change(page, publisher)
    assert send(client, page, button="_sign_off", reviewer=reviewer.pk).status_code == 302
    assert "one-person clinic" in AuditEntry.objects.get(action="signed-off").detail


@pytest.mark.parametrize(("role", "is_set"), [("Publisher", False), ("Owner", True)])
def test_only_an_owner_says_that_the_clinic_is_one_person(client, role, is_set):
    client.force_login(make_staff(role))
    clinic = Clinic.objects.create()
    url = reverse("admin:content_clinic_change", args=[clinic.pk])
    shown = client.get(url).content.decode()
    assert ('name="is_one_person"' in shown) is is_set
    assert ("No. Owners change this." in shown) is not is_set
    sent = {"is_one_person": "on", "name": clinic.name, "leave_url": clinic.leave_url, "_make_live": "1"}
    client.post(url, sent)
    assert Clinic.objects.filter(is_one_person=True).exists() is is_set


def test_the_record_of_the_clinic_is_changed_from_the_first_time_on(client):
    client.force_login(make_staff("Publisher"))
    shown = client.get(reverse("admin:content_clinic_add")).content.decode()
    assert "<h1>Change clinic</h1>" in shown and "Save and add another" not in shown


def test_a_record_that_signed_can_be_ended_and_never_renamed(client, reviewer):
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    url = reverse(CHANGE, args=[reviewer.pk])
    assert 'name="name"' in client.get(url).content.decode()
    version = publishing.sign_off(publishing.record(draft_page()), reviewer=reviewer)
    html = client.get(url).content.decode()
    assert not any(f'name="{field}"' in html for field in ("name", "credentials", "user"))
    assert client.post(url, {"name": "Somebody, MD", "license_number": "1"}).status_code == 302
    reviewer.refresh_from_db()
    assert (reviewer.name, reviewer.is_active) == ("A Clinician", False)
    reviewer.name = "Another"
    reviewer.save()
    version.refresh_from_db()
    assert version.reviewer_title == "A Clinician, LMFT"
    with pytest.raises(ValidationError, match="does not sign off any more"):
        publishing.sign_off(version, reviewer=reviewer)


def test_an_open_screen_is_not_enough_the_code_must_be_fresh(client, settings, publisher, reviewer):
    page = live_page()
    change_words(page, "<p>New ideas.</p>")
    with_app(publisher)
    settings.STAFF_SECOND_FACTOR = True
    session = client.session
    device = AuthenticatorApp.objects.get(user=publisher)
    session["otp_device_id"] = device.persistent_id
    session[sessions.CODE] = 0
    session.save()
    answer = send(client, page, button="_sign_off", reviewer=reviewer.pk)
    assert answer.url.startswith(reverse("admin:confirm_code"))
    assert not Version.objects.exclude(reviewer=None).exists()
    answer = client.post(answer.url, {"code": code(), "next": publish_url(page)})
    assert answer.url == publish_url(page)
    assert send(client, page, button="_sign_off", reviewer=reviewer.pk).status_code == 302
    assert Version.objects.exclude(reviewer=None).exists()
