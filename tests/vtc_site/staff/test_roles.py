"""Every address of the admin, as every role: what is not granted in admin_urls.py is refused."""

import logging

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from content.models import PreviewLink, Version
from tests.support.staff import make_staff
from tests.vtc_site.staff.admin_paths import KEY, TABLE, admin_routes, label_of, make_example, path_of
from tests.vtc_site.staff.admin_urls import ADDRESSES
from vtc_site.sign_in.middleware import METHODS

pytestmark = pytest.mark.once

ROLES = {"E": "Editor", "P": "Publisher", "R": "Reviewer", "I": "Intake", "O": "Owner"}
PEOPLE = {**ROLES, "N": "no role", "S": "a stranger"}
REFUSED = (403, 404, 405)
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_every_address_is_in_the_table():
    listed = {address.name for address in ADDRESSES}
    missing = sorted(admin_routes().keys() - listed)
    lines = "\n".join(f'    *address("{name}", get="…", post="…"),' for name in missing)
    assert not missing, (
        f"Nobody has decided who may open these addresses of the admin. Add a line for each to ADDRESSES in"
        f" {TABLE}, with the letters of the roles that may read (get) and send (post):\n{lines}"
    )


def test_the_table_has_no_address_that_is_gone():
    gone = sorted({address.name for address in ADDRESSES} - admin_routes().keys())
    assert not gone, f"These addresses do not exist any more. Take them out of {TABLE}: {gone}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE, ids=PEOPLE.values())
def test_a_role_gets_what_the_table_grants_and_nothing_else(role, unchanged_pages, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")  # every refusal would print its traceback
    session, client = _session(role), Client(raise_request_exception=False)
    routes, wrong = admin_routes(), []
    for address in ADDRESSES:
        for method, granted in (("GET", address.get), ("POST", address.post)):
            with transaction.atomic():
                status, where = _send(client, session, method, address, routes[address.name])
                transaction.set_rollback(True)
            is_granted = role in granted
            if _is_let_in(status, where) != is_granted or status >= 500:
                expected = "to be let in" if is_granted else "to be refused"
                wrong.append(f"{method} {address.name}: {status} {where}, expected {expected}")
    assert not wrong, f"As {PEOPLE[role]}, against {TABLE}:\n  " + "\n  ".join(wrong)


def _session(role):
    """Return the key of a session of somebody with `role`, or nothing for a stranger."""
    if role == "S":
        return ""
    client = Client()
    client.force_login(make_staff(ROLES.get(role, ""), "member@vtc.example"))
    return client.cookies["session"].value


def _send(client, session, method, address, route):
    client.cookies.clear()
    if session:
        client.cookies["session"] = session
    path = path_of(route, make_example(label_of(address)) if KEY.search(route) else None)
    answer = client.get(f"{path}?{address.query}") if method == "GET" else client.post(path)
    return answer.status_code, answer.get("Location", "")


def _is_let_in(status, where):
    return status not in REFUSED and not where.startswith("/admin/login/?next=")


@pytest.mark.django_db
def test_no_other_method_is_answered(unchanged_pages):
    assert METHODS == ("GET", "HEAD", "POST")
    user, routes = make_staff("Owner", "member@vtc.example"), admin_routes()
    client = Client()
    client.force_login(user)
    for number, address in enumerate(ADDRESSES):
        path = "/admin/" + KEY.sub("1", routes[address.name])
        for method in OTHER_METHODS if number == 0 else ("DELETE",):  # one gate before all: see METHODS
            assert client.generic(method, path).status_code == 405, f"{method} {path}"


@pytest.mark.django_db
def test_reading_the_head_needs_what_reading_needs(unchanged_pages):
    client = Client()
    client.force_login(make_staff("", "member@vtc.example"))
    for path in ("/admin/content/page/", "/admin/intake/submission/", "/admin/auth/user/"):
        assert client.head(path).status_code == 403


@pytest.mark.django_db
def test_a_secret_address_is_told_only_to_those_who_may_see_the_record(unchanged_pages):
    link = PreviewLink.objects.create(version=Version.objects.first())
    path = f"/admin/r/{ContentType.objects.get_for_model(PreviewLink).pk}/{link.pk}/"
    for role, status in (("Intake", 403), ("Editor", 302)):
        client = Client()
        client.force_login(make_staff(role, f"{role}@vtc.example"))
        assert client.get(path).status_code == status
        assert client.get(path.replace("/r/", "/r/%20")).status_code == status
        assert client.get("/admin/r/x/1/").status_code == 404
