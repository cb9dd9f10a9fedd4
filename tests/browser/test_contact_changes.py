"""Staff correct how a person is reached, and write to them, on the screen of a message."""

import pytest

from tests.browser.axe import violations
from tests.browser.people import Mouse
from tests.support.message_screen import page_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.drill)])
def test_staff_add_a_wish_and_see_it_hold(visitor, sign_in, width):
    visitor.set_viewport_size({"width": width, "height": 900})
    message = stored_message(reply_by="email", email="sam@vtc.example", may_name_us="yes")
    dana = Mouse(visitor)
    sign_in(visitor, make_staff(), to=page_of(message))
    dana.presses("I have read the note: claim and show")
    for title in ("Write an email", "They told us something else", "Add a number or an address"):
        visitor.get_by_text(title, exact=True).click()
    assert violations(visitor) == []
    assert visitor.evaluate("document.documentElement.scrollWidth") <= width
    dana.picks("May we say who we are", "No")
    dana.presses("Add this wish")
    dana.sees("Never say who we are")
