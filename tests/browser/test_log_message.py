"""A call is typed in by hand, and nothing of it is lost when it cannot be stored."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from intake.models import Submission
from tests.browser.axe import violations
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
WORDS = "They said that they want to stop."


@pytest.fixture
def desk(page, site, sign_in):
    """The form for a call, filled in by a member of staff with the mouse and the keyboard."""
    sign_in(page, make_staff())
    page.goto(f"{site}{reverse('admin:intake_submission_add')}")
    page.get_by_label("I want help for myself").check()
    page.get_by_label("Name", exact=True).fill("Sam")
    page.get_by_label("Phone number").fill("714 555 0123")
    page.get_by_label("What they said").fill(WORDS)
    return page


def put_into_the_queue(desk):
    with desk.expect_navigation():
        desk.get_by_role("button", name="Add to the queue").click()


def test_a_call_is_in_the_queue_after_the_button(desk):
    put_into_the_queue(desk)
    submission = Submission.objects.get()
    assert submission.is_logged_by_staff and submission.message == WORDS
    assert desk.url.endswith(reverse("admin:intake_submission_change", args=[submission.pk]))


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.drill)])
def test_a_call_that_is_not_stored_is_still_in_the_form(desk, monkeypatch, width):
    def broken(*args, **options):
        raise OperationalError

    desk.set_viewport_size({"width": width, "height": 800})
    with monkeypatch.context() as patch:
        patch.setattr(Submission.objects.__class__, "bulk_create", broken)
        put_into_the_queue(desk)
    assert "This call could not be saved" in desk.get_by_role("main").inner_text()
    assert violations(desk) == []
    put_into_the_queue(desk)
    assert Submission.objects.get().message == WORDS
