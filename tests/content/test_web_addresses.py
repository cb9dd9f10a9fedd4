"""One place decides which links lead somewhere; fields, texts, the footer, and the leave button ask it."""

import pytest
from django.core.exceptions import ValidationError

from content.admin.site_words import link_errors
from content.models import Clinic, Helpline
from content.models.web_addresses import link_problem

pytestmark = pytest.mark.once

WRONG = {
    "https:///x": "names no site",
    "https://": "names no site",
    "https://[::1/": "names no site",
    "https://user:pw@host.example/": "before the @",
    "https://www.irs.gov@evil.example/": "before the @",
    "https://1.2.3.4/": "not the number of its machine",
    "https://127.1/": "not the number",
    "https://2130706433/": "not the number",
    "https://0x7f.1/": "not the number",
    "https://[::1]/": "not the number",
    "https://localhost/": "only in your own network",
    "https://intranet/": "only in your own network",
    "https://printer.local/": "only in your own network",
    "https://localhost.:8000/": "only in your own network",
    "https://exa mple.org/": "no full web address",
    "https://example..org/": "no full web address",
    "https://-a.example.org/": "no full web address",
    "https://example.org:x/": "names no site",
    "HTTP:///x": "names no site",
}
OF_PEOPLE = {
    "mailto:": "no email address",
    "mailto:%20": "no email address",
    "mailto:?subject=Hi": "no email address",
    "mailto:a@b": "no email address",
    "MAILTO:sam": "no email address",
    "tel:": "no number",
    "tel:call": "no number",
    "tel:+": "no number",
    "tel:1-800-GET-HELP": "no number",
    "sms:?body=Hi": "no number",
}
RIGHT = [
    "https://example.org", "https://example.org:8443/a?b=c#d", "https://españa.example/",
    "HTTPS://Example.org/", "https://xn--espaa-rta.example/",
    "mailto:sam@example.org", "mailto:a@example.org,b@example.org?subject=Hi",
    "tel:911", "tel:+1-818-555-0100;ext=12", "tel:(818)%20555-0100", "sms:+18185550100?body=Hi",
]  # fmt: skip


@pytest.mark.parametrize(("address", "words"), (WRONG | OF_PEOPLE).items())
def test_a_link_that_leads_nowhere_is_named(address, words):
    assert words in link_problem(address)


@pytest.mark.parametrize("address", RIGHT)
def test_a_link_that_leads_somewhere_is_taken(address):
    assert link_problem(address) == ""


@pytest.mark.parametrize("address", ["https://1.2.3.4/", "https:///x", "https://user:pw@host.example/"])
def test_every_field_for_an_address_asks(db, address):
    line = Helpline(slug="a", name="A", web_url=address)
    for record, field in ((line, "web_url"), (Clinic(leave_url=address), "leave_url")):
        with pytest.raises(ValidationError) as error:
            record.full_clean()
        assert error.value.message_dict[field] == [link_problem(address)]


@pytest.mark.parametrize("address", [*WRONG, *OF_PEOPLE])
def test_a_link_in_a_text_or_in_the_footer_asks(db, address):
    errors = link_errors([{"words": "Our friends", "address": address}], "en")
    assert f"{link_problem(address)} ({address})" in errors
