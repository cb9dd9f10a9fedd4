"""Help in the admin: whoever has a role reads how to do their work, without leaving the admin."""

import re

import pytest
from django.test import Client

from tests.support.staff import make_staff
from vtc_site import help

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MESSAGES, PAGES = "/admin/help/answering-messages/", "/admin/help/editing-pages/"
REACHED = {
    "Editor": [PAGES],
    "Publisher": [PAGES],
    "Reviewer": [PAGES],
    "Intake": [MESSAGES],
    "Owner": [MESSAGES, PAGES],
}


@pytest.mark.parametrize("role", REACHED)
def test_every_role_gets_from_the_header_to_its_guides_and_no_other(role, client):
    client.force_login(make_staff(role))
    header = client.get("/admin/").content.decode().partition('id="user-tools"')[2]
    assert '<a href="/admin/help/">Help</a>' in header
    answer = client.get("/admin/help/", follow=True)
    html = answer.content.decode()
    reached = {answer.request["PATH_INFO"], *re.findall(r'href="(/admin/help/[\w-]+/)"', html)}
    assert sorted(reached - {"/admin/help/"}) == REACHED[role]
    for path in (MESSAGES, PAGES):
        assert client.get(path).status_code == (200 if path in REACHED[role] else 403)


def test_somebody_without_a_role_is_told_whom_to_ask(client):
    client.force_login(make_staff(""))
    assert "Ask an owner" in client.get("/admin/help/").content.decode()


def test_a_stranger_is_sent_to_the_sign_in():
    assert Client().get(PAGES)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("guide", help.GUIDES, ids=lambda guide: guide.file)
def test_a_guide_is_whole_inside_the_admin(guide, client):
    """One title, a list that leads to each part, and no link that only works among the files."""
    client.force_login(make_staff("Owner"))
    content = client.get(f"/admin/help/{guide.file.removesuffix('.md')}/").content.decode()
    assert content.count("<h1") == 1
    body, parts = help.read(guide.file)
    assert len(parts) > 3
    for anchor, _ in parts:
        assert f'href="#{anchor}"' in content
        assert content.count(f'id="{anchor}"') == 1
    links = re.findall(r'href="([^"]*)"', body)
    assert [link for link in links if not link.startswith(("#", "/admin/"))] == []
