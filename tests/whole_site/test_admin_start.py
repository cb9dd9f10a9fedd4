"""The admin opens on what needs doing, messages before pages; each role sees its own part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Submission
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TITLES = [
    "Failed notices",
    "Needs action now",
    "Suspected spam",
    "Claimed by me",
    "Pages without sign-off",
]
SEEN = {"Owner": TITLES, "Intake": TITLES[:4], "Editor": TITLES[4:], "Publisher": TITLES[4:]}


@pytest.mark.parametrize("role", SEEN)
def test_admin_opens_on_what_the_role_has_to_do(client, starting_pages, role):
    user = make_staff(role)
    _, mine, spam = (stored_message(message=f"{number}") for number in range(3))
    Submission.objects.filter(pk=mine.pk).update(status="claimed", claimed_by=user)
    Submission.objects.filter(pk=spam.pk).update(status="suspected")
    mine.notifications.update(created_at=timezone.now() - timedelta(hours=1))
    client.force_login(user)
    page = client.get("/admin/").content.decode()
    places = {title: page.find(title) for title in TITLES}
    assert [title for title in TITLES if places[title] >= 0] == SEEN[role]
    shown = [places[title] for title in SEEN[role]]
    assert shown == sorted(shown)
    assert all(place < page.find('id="recent-actions-module"') for place in shown)
