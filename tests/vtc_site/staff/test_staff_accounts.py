"""Owners manage staff accounts, and nobody becomes more than a role by it."""

import re
from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from intake.models import Submission, TimelineEvent
from intake.staff import workflow
from tests.support.messages import stored_message
from tests.support.staff import give_password, is_signed_in, make_staff, with_app
from vtc_site.sign_in import second_factor
from vtc_site.staff.forms import StaffEmailField

pytestmark = pytest.mark.django_db
ADD = "/admin/auth/user/add/"


@pytest.fixture
def owner():
    return make_staff("Owner", "olga@vtc.example")


@pytest.fixture
def office(client, owner):
    """A browser in which an owner has signed in."""
    client.force_login(owner)
    return client


def filled_in(email="ben@vtc.example", roles=("Intake",), **changes):
    groups = list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))
    return {"email": email, "groups": groups, "is_active": "on"} | changes


def page_of(user, name="change"):
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def test_an_owner_adds_a_colleague_who_signs_in_with_a_one_time_password(office):
    answer = office.post(ADD, filled_in("Ben@VTC.example", first_name="Ben"))
    password = re.findall(r"<code>([^<]+)</code>", answer.content.decode())[1]
    assert not answer.cookies.get("messages") or password not in answer.cookies["messages"].value
    ben = get_user_model().objects.get(username="ben@vtc.example")
    assert (ben.email, ben.is_staff, ben.is_superuser) == ("ben@vtc.example", True, False)
    assert [group.name for group in ben.groups.all()] == ["Intake"]
    assert give_password(Client(), "ben@vtc.example", password)["Location"] == "/admin/login/password/"


def test_every_screen_says_staff_account_and_none_says_user(office):
    ben = make_staff(email="ben@vtc.example", is_active=False)
    for path in ("/admin/", "/admin/auth/user/", ADD, page_of(ben), page_of(ben, "history")):
        page = office.get(path).content.decode()
        assert "taff account" in page
        assert not re.search(r">[^<]*\b[Uu]sers?\b[^<]*<", page), path
    assert "Switched off" in office.get("/admin/auth/user/").content.decode()


def test_an_account_is_added_once(office):
    make_staff("", "ben@vtc.example")
    assert "There is already an account" in office.post(ADD, filled_in("BEN@vtc.example")).content.decode()


def test_an_account_without_a_role_is_refused(office):
    assert "This field is required" in office.post(ADD, filled_in(roles=())).content.decode()


def test_nobody_is_made_a_superuser_or_given_a_single_permission(office):
    more = {"is_superuser": "on", "is_staff": "", "user_permissions": [Permission.objects.first().pk]}
    office.post(ADD, filled_in(**more))
    ben = get_user_model().objects.get(username="ben@vtc.example")
    office.post(page_of(ben), filled_in(**more, password="pbkdf2$x"))
    ben.refresh_from_db()
    assert (ben.is_superuser, ben.is_staff, ben.user_permissions.count()) == (False, True, 0)


def test_only_the_roles_can_be_given(office):
    other = Group.objects.create(name="Everything")
    answer = office.post(ADD, filled_in(groups=[other.pk]))
    assert answer.status_code == 200
    assert not get_user_model().objects.filter(username="ben@vtc.example").exists()


def test_a_superuser_cannot_be_seen_or_changed_by_an_owner(office):
    root = make_staff("", "root@vtc.example", is_superuser=True)
    assert "root@vtc.example" not in office.get("/admin/auth/user/").content.decode()
    for name in ("change", "one_time_password", "forget_phone"):
        answer = office.post(page_of(root, name), filled_in("mine@vtc.example"))
        assert answer.status_code in (302, 404)
    root.refresh_from_db()
    assert root.email == "root@vtc.example"
    assert root.check_password("one-time-password-1")


def test_owners_do_not_shut_themselves_out(office, owner):
    for changes in ({"is_active": ""}, {"roles": ("Editor",)}):
        answer = office.post(page_of(owner), filled_in(owner.email, **{"roles": ("Owner",)} | changes))
        assert "You can’t deactivate yourself" in answer.content.decode()
    owner.refresh_from_db()
    assert owner.is_active
    assert owner.groups.filter(name="Owner").exists()


@pytest.mark.parametrize("name", ["one_time_password", "forget_phone"])
def test_owners_do_not_reset_their_own_sign_in(office, owner, name):
    assert office.post(page_of(owner, name)).status_code == 403


def test_an_owner_gives_a_colleague_a_new_one_time_password(office):
    ben = make_staff(email="ben@vtc.example")
    theirs = Client()
    give_password(theirs, ben.email)
    assert office.get(page_of(ben, "one_time_password")).status_code == 200
    page = office.post(page_of(ben, "one_time_password")).content.decode()
    password = re.findall(r"<code>([^<]+)</code>", page)[1]
    assert not is_signed_in(theirs)
    assert give_password(Client(), ben.email).status_code == 422
    assert give_password(Client(), ben.email, password)["Location"] == "/admin/login/password/"
    assert password not in str(list(LogEntry.objects.values()))


def test_an_owner_sets_the_second_step_of_a_colleague_back(office, settings):
    ben = make_staff(email="ben@vtc.example")
    codes = with_app(ben)
    office.post(page_of(ben, "forget_phone"))
    assert second_factor.of(ben) is None
    with pytest.raises(second_factor.Refused):
        second_factor.verify(ben, codes[0])
    assert LogEntry.objects.filter(object_id=ben.pk, change_message__contains="two-factor").exists()
    settings.STAFF_SECOND_FACTOR = True
    assert give_password(Client(), ben.email)["Location"] == "/admin/login/second-step/"


def change_email(office, ben):
    office.post(page_of(ben), filled_in("ben.new@vtc.example"))


def give_password_anew(office, ben):
    office.post(page_of(ben, "one_time_password"))


def set_second_step_back(office, ben):
    office.post(page_of(ben, "forget_phone"))


@pytest.mark.parametrize(
    ("change", "told", "words"),
    [
        (change_email, ["ben.new@vtc.example", "ben@vtc.example"], "email address"),
        (give_password_anew, ["ben@vtc.example"], "one-time password"),
        (set_second_step_back, ["ben@vtc.example"], "Two-factor sign-in"),
    ],
)
def test_a_colleague_is_told_when_an_owner_changes_their_sign_in(
    office, mailoutbox, django_capture_on_commit_callbacks, change, told, words
):
    ben = make_staff(email="ben@vtc.example", first_name="Canary")
    with django_capture_on_commit_callbacks(execute=True):
        change(office, ben)
    assert [letter.to for letter in mailoutbox] == [[address] for address in told]
    for letter in mailoutbox:
        text = f"{letter.subject} {letter.body}"
        assert words in letter.body
        assert not re.search(
            r"canary|olga|vtc\.example|http|drug|treatment|intake|message", text, re.IGNORECASE
        )


def test_an_owner_hears_that_the_colleague_was_told(office):
    ben = make_staff(email="ben@vtc.example")
    for name in ("forget_phone", "one_time_password"):
        page = office.post(page_of(ben, name), follow=True).content.decode()
        assert "Notified by email: ben@vtc.example." in page


def test_an_owner_hears_when_the_colleague_could_not_be_told(office, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    ben = make_staff(email="ben@vtc.example")
    page = office.post(page_of(ben, "one_time_password")).content.decode()
    assert "No email could be sent to ben@vtc.example: tell them yourself." in page and "<code>" in page
    assert "ben@" not in caplog.text


def test_a_name_or_role_is_changed_without_a_letter(office, mailoutbox, django_capture_on_commit_callbacks):
    ben = make_staff(email="ben@vtc.example")
    with django_capture_on_commit_callbacks(execute=True):
        office.post(page_of(ben), filled_in(ben.email, roles=("Editor",), first_name="Ben"))
    assert mailoutbox == [] and ben.groups.get().name == "Editor"


def test_passwords_cannot_be_guessed_through_a_filter(office):
    for lookup in ("password__startswith=argon2", "authenticatorapp__key__startswith=3"):
        assert office.get(f"/admin/auth/user/?{lookup}").status_code == 400


def test_nobody_edits_groups_or_second_factors(office):
    registered = {model._meta.label for model in admin.site._registry}
    assert not registered & {"auth.Group", "vtc_site.AuthenticatorApp", "otp_static.StaticDevice"}
    assert not {label for label in registered if label.startswith(("axes.", "sessions."))}


def test_only_owners_may_touch_accounts_and_nobody_may_touch_groups_or_permissions():
    held = {
        (group.name, permission.codename)
        for group in Group.objects.all()
        for permission in group.permissions.exclude(content_type__app_label__in=["content", "intake"])
    }
    assert held == {
        ("Owner", "add_user"),
        ("Owner", "change_user"),
        ("Owner", "view_user"),
        ("Owner", "view_signinevent"),
    }


@pytest.mark.parametrize("change", [{"is_active": ""}, {"roles": ("Editor",)}], ids=["account", "role"])
def test_who_cannot_answer_any_more_gives_all_their_messages_back_at_once(office, change):
    ben = make_staff("Intake", "ben@vtc.example")
    submissions = [stored_message(message=str(number)) for number in range(3)]
    for submission in submissions:
        workflow.claim(submission, by=ben)
    office.post(page_of(ben), filled_in(**change))
    assert not Submission.objects.filter(claimed_by=ben).exists()
    assert {event.kind for event in TimelineEvent.objects.all()} == {"claimed", "released-off"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["kim@vtc.example\u200e", "\ufeffKim@vtc.exa\u200bmple", "Kim Lee <kim@vtc.example>"]
)
def test_address_of_an_account_holds_no_mark_that_nobody_sees(typed):
    """With such a mark in one address, every notice to it fails."""
    assert StaffEmailField().clean(typed) == "kim@vtc.example"
    call_command("add_staff", typed, role="intake", stdout=StringIO())
    assert get_user_model().objects.get().email == "kim@vtc.example"
