"""The main line in a real browser: a person writes, with errors first; staff are told and read it."""

import re

import pytest

from intake.models import Submission
from intake.outbox import delivery
from tests.browser.axe import violations
from tests.browser.sending import send
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser


def write(page, **texts):
    for label, text in texts.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def test_a_message_with_an_error_first_reaches_staff(visitor, site, sign_in, postbox):
    owner = make_staff("Owner")
    visitor.goto(f"{site}/contact/")
    write(visitor, Your_name="Sam", Your_message="I would like to talk.")
    send(visitor)
    assert visitor.title().startswith("Error:")
    assert visitor.get_by_label("Your message", exact=True).input_value() == "I would like to talk."
    assert visitor.locator("fieldset .error").is_visible()
    visitor.get_by_label("Phone call").check()
    assert visitor.locator("fieldset .error").is_hidden(), "nothing red stands beside a choice that was made"
    write(visitor, Phone_number="(714) 555-0123")
    send(visitor)
    assert "/contact/sent/" in visitor.url
    submission = Submission.objects.get()
    assert submission.reference in visitor.locator("main").inner_text().replace(" ", "").replace("-", "")

    delivery.deliver_due()
    mail = postbox.mails[0].content.decode()
    assert submission.reference in mail.replace(" ", "")
    assert "Sam" not in mail
    assert "talk" not in mail

    sign_in(visitor, owner, to=f"/admin/intake/submission/{submission.pk}/change/")
    page_text = visitor.locator("#content").inner_text()
    assert "I would like to talk." in page_text
    assert "Sam" not in visitor.title()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_other_language_keeps_what_was_typed(browser, site, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    try:
        page.goto(f"{site}/contact/")
        write(page, Your_message="I would like to talk.")
        page.get_by_label("Your name", exact=True).press(
            "Enter"
        )  # presses no button, the switch least of all
        assert page.url == f"{site}/contact/"
        with page.expect_navigation():
            page.get_by_role("button", name="Español").click()
        assert page.url == f"{site}/es/contacto/"
        assert page.get_by_label("Su mensaje", exact=True).input_value() == "I would like to talk."
        assert Submission.objects.count() == 0
    finally:
        context.close()


def test_a_message_can_be_sent_without_script(browser, site, postbox):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{site}/withdrawal/")
        page.get_by_role("link", name="I want help for myself").click()
        page.get_by_label("Phone call").check()
        write(page, Phone_number="714 555 0123")
        with page.expect_navigation():
            page.get_by_role("button", name="Send message").click()
        assert "/contact/sent/" in page.url
        assert Submission.objects.count() == 1
        assert context.cookies() == []
    finally:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_back_shows_an_empty_form_after_sending(browser, site, scripts):
    """As “Using this site safely” says: somebody else may press Back on the same phone."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    try:
        page.goto(f"{site}/contact/?reason=treatment")
        assert page.locator("#id_reason_0").is_checked()
        assert page.url == f"{site}/contact/" or not scripts
        page.get_by_label("Phone call").check()
        page.locator("#id_in_california_0").check()
        write(page, Phone_number="714 555 0123", Your_name="Sam", Your_message="I would like to talk.")
        page.get_by_role("button", name="Send message").click()
        page.wait_for_url("**/contact/sent/**")
        page.get_by_text("Add something, or correct it").click()
        write(page, Add_something="One more thing")
        page.get_by_role("button", name="Send this").click()
        page.wait_for_url(re.compile("/contact/added/"))
        page.go_back()
        assert page.locator("[name=text]").input_value() == ""
        page.go_back()
        form = page.locator("#message-form")
        texts = [form.locator(f"[name={name}]").input_value() for name in ("phone", "name", "message")]
        assert texts == ["", "", ""]
        assert not form.locator("[name=reply_by]:checked, [name=in_california]:checked").count()
        assert not form.locator("[name=reason]:checked").count() or not scripts
    finally:
        context.close()


def test_every_state_of_the_form_is_free_of_axe_violations(page, site):
    page.goto(f"{site}/contact/")
    found = {"empty": violations(page)}
    page.get_by_label("I’m worried about someone").check()
    found["someone else"] = violations(page)
    send(page)
    found["errors"] = violations(page)
    page.get_by_label("Text", exact=True).check()
    found["text"] = violations(page)
    page.get_by_label("Phone number", exact=True).fill("714 555 0123")
    send(page)
    found["sent"] = violations(page)
    assert {state: lines for state, lines in found.items() if lines} == {}
