"""Every form of staff names each of its fields, also beside its errors."""

import pytest
from django.contrib import admin
from django.urls import reverse

from intake.models import Submission
from tests.browser.axe import violations
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
# Emptied and sent as it is, the server answers with every error that it has.
SEND_EMPTY = """
() => {
  const form = document.querySelector("#content-main form[method=post][id$=_form]");
  for (const field of form.elements) {
    if (field.type === "select-one") field.selectedIndex = 0;
    else if (!/hidden|submit|button|checkbox|radio|file/.test(field.type)) field.value = "";
  }
  HTMLFormElement.prototype.submit.call(form);
}
"""


def addresses():
    """Return the address of each form for a new record, and for one that is there."""
    names = [
        (model, f"admin:{model._meta.app_label}_{model._meta.model_name}") for model in admin.site._registry
    ]
    there = [
        (model.objects.order_by("-pk").first(), name) for model, name in names if model is not Submission
    ]
    return [reverse(f"{name}_add") for _, name in names] + [
        reverse(f"{name}_change", args=[record.pk]) for record, name in there if record
    ]


@pytest.mark.drill
def test_no_form_of_staff_has_a_barrier_beside_its_errors(page, sign_in, site):  # axe trips the CSP
    sign_in(page, make_staff("Owner", is_superuser=True))
    stored_message()
    found = {}
    for address in addresses():
        if (
            page.goto(site + address).status != 200
            or not page.locator("#content-main form[id$=_form]").count()
        ):
            continue
        with page.expect_navigation():
            page.evaluate(SEND_EMPTY)
        found[address] = violations(page)
    assert {address: lines for address, lines in found.items() if lines} == {}
