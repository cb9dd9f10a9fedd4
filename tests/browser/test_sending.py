"""Sending is easy in a real browser: Enter sends nothing unfinished, and the page afterwards takes more."""

from urllib.parse import urlsplit

import pytest

from intake.models import Addition, Submission

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["phone", "name"])
def test_enter_in_a_one_line_field_sends_nothing(visitor, site, name):
    visitor.goto(f"{site}/contact/")
    visitor.get_by_label("Phone call").check()
    visitor.locator("#message-form [name=phone]").fill("714 555 0123")
    visitor.locator(f"#message-form [name={name}]").press("Enter")
    visitor.get_by_label("Your message", exact=True).fill("now it is finished")
    assert visitor.url.endswith("/contact/") and not Submission.objects.exists()
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Send message").click()
    assert Submission.objects.get().message == "now it is finished"


def test_enter_asks_where_a_message_is(visitor, site):
    visitor.goto(f"{site}/contact/status/")
    visitor.get_by_label("Your phone number or email").press("Enter")
    visitor.get_by_text("That didn’t work yet").wait_for()


def test_back_from_an_answer_leads_to_the_empty_form(visitor, site):
    visitor.goto(f"{site}/es/contacto/estado/")
    for reference in ("x", "no me acuerdo"):
        visitor.fill("[name=reference]", reference)
        with visitor.expect_navigation():
            visitor.get_by_role("button", name="Mostrar").click()
    visitor.go_back()
    assert visitor.locator("[name=reference]").input_value() == ""
    assert "Todavía no funcionó" not in visitor.locator("main").inner_text()


def test_the_page_after_sending_takes_more_and_a_change_of_mind(visitor, site):
    visitor.goto(f"{site}/contact/")
    visitor.get_by_label("Phone call").check()
    visitor.locator("#message-form [name=phone]").fill("714 555 0123")
    visitor.get_by_label("Your message", exact=True).fill("I want to kill myself")
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Send message").click()
    assert visitor.locator("h1").inner_text() == "Please talk with someone now."
    top = visitor.get_by_role("link", name="Call 988").nth(1).bounding_box()["y"]
    assert top < visitor.viewport_size["height"]
    visitor.get_by_text("Add something, or correct it").click()
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Please don’t contact me after all").click()
    assert urlsplit(visitor.url).path == "/contact/added/" and "kill" not in visitor.url
    assert Addition.objects.get().kind == "call-off" and Submission.objects.get().status == "new"


def test_a_message_in_spanish_is_thanked_for_in_spanish(visitor, site):
    visitor.goto(f"{site}/es/contacto/")
    visitor.get_by_label("Llamada", exact=True).check()
    visitor.locator("#message-form [name=phone]").fill("714 555 0123")
    visitor.locator("#message-form [name=message]").fill("Necesito ayuda para mi hijo")
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="Mandar mensaje").click()
    assert urlsplit(visitor.url).path == "/es/contacto/enviado/"
    assert Submission.objects.get().language == "es"
