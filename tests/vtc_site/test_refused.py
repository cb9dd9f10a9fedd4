"""An address that is not open to whoever asks: what staff read, and what everybody else does."""

import pytest
from django.urls import reverse

from tests.support.staff import make_staff
from vtc_site.views import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_staff_without_the_right_read_so_in_words_for_staff(client):
    client.force_login(make_staff("Reviewer"))
    answer = client.get(reverse("admin:content_page_add"))
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Your role is <strong>Reviewer</strong>" in shown
    assert "Call 911" not in shown


def test_the_same_address_tells_a_person_without_a_role_what_is_missing(client):
    client.force_login(make_staff(""))
    assert "has no role yet" in client.get(reverse("admin:content_page_changelist")).content.decode()


def test_outside_the_admin_visitors_words_stay(rf):
    request = rf.get("/preview/over/")
    request.user = make_staff("Reviewer")
    assert "Only our staff can see it" in refused(request, Exception()).content.decode()


def test_the_way_to_the_list_of_pages_names_it_once(client):
    client.force_login(make_staff("Editor"))
    shown = client.get(reverse("admin:content_page_changelist")).content.decode()
    way = shown.split('class="breadcrumbs"')[1].split("</div>")[0]
    assert way.count("Pages") == 1
