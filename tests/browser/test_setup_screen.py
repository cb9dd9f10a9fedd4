"""A fresh owner sees what is missing, and watches a test message arrive."""

import pytest
from playwright.sync_api import expect

from intake.outbox import canary, delivery
from tests.browser.axe import violations
from tests.browser.people import Mouse
from tests.support.staff import make_staff
from vtc_site.canary import send_wanted

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
MAX_WAIT = 15_000  # milliseconds; the page looks every 3 seconds


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.drill)], ids=["phone", "desk"])
def test_owner_watches_a_test_message_arrive(visitor, sign_in, postbox, size):
    visitor.set_viewport_size(size)
    owner = Mouse(visitor)
    sign_in(visitor, make_staff("Owner"))
    assert violations(visitor) == []
    owner.sees("stop you from opening")
    owner.follows("Before you open")
    owner.sees("People are promised no time")
    owner.presses("Send a test message")
    owner.sees("on its way")
    assert violations(visitor) == []
    assert visitor.evaluate("document.documentElement.scrollWidth") <= size["width"]
    send_wanted()
    delivery.deliver_due()
    canary.conclude()
    expect(visitor.locator(".setup__log")).to_contain_text("Taken by the mail server", timeout=MAX_WAIT)
