"""Who may do what around publishing: every role on every address, and on every button."""

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from content.models import AuditEntry, Version
from tests.content.admin.test_publish_screen import change_words, live_page, publish_url, send
from tests.support.edit_form import change_url, fields_of
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROLES = ["Editor", "Reviewer", "Publisher", "Owner", "Intake", "stranger"]
PAGE_ROLES = {"Editor", "Reviewer", "Publisher", "Owner"}
PUBLISHERS = {"Publisher", "Owner"}
MAY = {
    ("get", "publish"): PAGE_ROLES,
    ("get", "history"): PAGE_ROLES,
    ("get", "compare"): PAGE_ROLES,
    ("get", "version"): PAGE_ROLES,
    ("get", "withdraw"): PUBLISHERS,
    ("post", "withdraw"): PUBLISHERS,
    ("post", "restore"): PAGE_ROLES - {"Reviewer"},
    ("post", "unschedule"): PUBLISHERS,
    ("get", "restore"): set(),
    ("get", "unschedule"): set(),
    ("post", "compare"): set(),
    ("post", "version"): set(),
}
BUTTONS = {"_publish": PUBLISHERS, "_sign_off": PUBLISHERS | {"Reviewer"}}


@pytest.fixture(params=ROLES)
def role(request, client):
    if request.param != "stranger":
        client.force_login(make_staff(request.param))
    return request.param


def address(name, page):
    numbered = [1] if name in ("version", "restore", "unschedule") else []
    query = "?from=1&to=2" if name == "compare" else ""
    return reverse(f"admin:content_page_{name}", args=[page.pk, *numbered]) + query


@pytest.mark.parametrize(("method", "name"), MAY)
def test_only_the_right_roles_get_an_answer(client, role, method, name):
    page = live_page()
    change_words(page)
    before = list(Version.objects.values_list("pk", "live_from", "live_until"))
    response = getattr(client, method)(address(name, page))
    if role in MAY[method, name]:
        assert response.status_code == (200 if method == "get" else 302)
        assert "/login/" not in response.get("Location", "")
    else:
        assert response.status_code in (403, 405) or "/login/" in response["Location"]
        assert list(Version.objects.values_list("pk", "live_from", "live_until")) == before


@pytest.mark.parametrize("button", BUTTONS)
def test_only_the_right_roles_may_press_the_buttons(client, role, button):
    page, user = live_page(), get_user(client)
    reviewer = make_clinician(user if user.is_authenticated else None)
    version = change_words(page)
    response = send(client, page, button=button, change="wording", reviewer=reviewer.pk)
    version.refresh_from_db()
    is_done = version.is_live() if button == "_publish" else version.reviewer == reviewer
    assert is_done is (role in BUTTONS[button])
    if role not in BUTTONS[button]:
        assert response.status_code == 403 or "/login/" in response["Location"]


def test_who_only_publishes_cannot_slip_in_a_sign_off(client):
    publisher = make_staff("Editor")
    publisher.user_permissions.add(_permission("publish_page"))
    client.force_login(publisher)
    page, reviewer = live_page(), make_clinician(publisher)
    version = change_words(page, "<p>It takes 5 days.</p>")
    response = send(client, page, change="clinical", reviewer=reviewer.pk)
    assert "needs a clinician’s sign-off" in str(response.context["form"].errors)
    version.refresh_from_db()
    assert version.reviewer is None
    assert not version.is_live()


def test_only_owners_change_which_safety_boxes_a_page_must_have(client, role):
    page = live_page()
    client.post(publish_url(page), {"_topics": "1", "required_topics": ["suicide", "tolerance"]})
    page.refresh_from_db()
    is_owner = role == "Owner"
    assert page.required_topics == (["suicide", "tolerance"] if is_owner else [])
    if is_owner:
        entry = AuditEntry.objects.get(action="fact-changed")
        assert entry.detail == "required safety boxes: suicide, tolerance"
        assert "needs a box on" in client.get(publish_url(page)).content.decode()


def test_each_role_sees_only_its_own_fields(client, role):
    page = live_page()
    if role != "stranger":
        make_clinician(get_user(client))
    change_words(page)
    response = client.get(publish_url(page))
    html = response.content.decode()
    assert ('name="_sign_off"' in html) is (role in BUTTONS["_sign_off"])
    assert ('name="_publish"' in html) is (role in BUTTONS["_publish"])


def test_saving_leads_to_the_publish_screen_for_those_who_ask(client):
    client.force_login(make_staff("Editor"))
    page = live_page()
    values = fields_of(client.get(change_url(page)))
    response = client.post(change_url(page), values | {"_to_publish": "1"})
    assert response.url == publish_url(page)
    assert Version.objects.current().get(page=page).live_from < timezone.now()


def _permission(codename):
    return Permission.objects.get(content_type__app_label="content", codename=codename)
