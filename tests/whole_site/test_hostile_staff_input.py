"""Whatever a signed-in person types into a form of the admin, or into its address: an answer, never a 500."""

import logging
import random
from collections import Counter
from itertools import islice
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.support.form_fields import FormFields
from tests.support.staff import make_staff
from tests.vtc_site.staff.admin_paths import KEY, admin_routes, label_of, make_example, path_of
from tests.vtc_site.staff.admin_urls import ADDRESSES

TRIES = 2  # for each form and each address
HOSTILE = [
    "", " ", "\x00", "a\x00b", "\ud800", "\r\nSet-Cookie: x=1", "<script>alert(1)</script>", "<p>" * 500,
    "'; DROP TABLE content_page; --", "-1", "0", "1", "2147483648", "9" * 19, "9" * 400, "1e999", "NaN", "²",
    "٣", "0001-01-01", "9999-12-31", "2026-02-30", "2027-03-14", "02:30", "24:00", "23:59:59.9999999", "on",
    "None", "🕯" * 300, "x" * 70_000, "{}", "[1]", "null", "//evil.example/", "/../../", "/a b/", "%00",
    "__all__", "[no-such-source]", "{no-such-line}",
]  # fmt: skip
WISHES = [
    "q", "p", "o", "e", "all", "_changelist_filters", "_popup", "_to_field", "status", "status__exact",
    "pk__in", "from", "to", "view", "id__lt", "claimed_by", "received_at__gte", "next", "term",
    "field_name", "message",
]  # fmt: skip


def hostile_forms(form, chance):
    """Yield `form` with one to three of its values replaced, taken away or sent twice."""
    for _ in range(TRIES):
        fields = {name: list(values) for name, values in form.items() if name != "csrfmiddlewaretoken"}
        for name in chance.sample(sorted(fields), min(len(fields), chance.choice([1, 1, 2, 3]))):
            fields[name] = chance.choice(
                [[chance.choice(HOSTILE)], [chance.choice(HOSTILE)], [], fields[name] * 2]
            )
        yield fields


def hostile_queries(chance):
    for _ in range(TRIES):
        yield {name: chance.choice(HOSTILE) for name in chance.sample(WISHES, 2)}


def hostile_answers(client, path, chance):
    """Yield method, what was sent, and status of the answers at `path` to hostile queries and forms."""
    page = client.get(path)
    for query in hostile_queries(chance):
        text = urlencode(query, errors="surrogatepass")
        yield "GET", query, client.get(f"{path}?{text}").status_code
    if page.status_code != 200 or "html" not in page.get("Content-Type", ""):
        return
    for form in FormFields(page.content.decode()).forms:
        for fields in hostile_forms(form, chance):
            body = urlencode(fields, doseq=True, errors="surrogatepass")
            with transaction.atomic():
                answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
                transaction.set_rollback(True)
            yield "POST", fields, answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("share", [8, pytest.param(1, marks=pytest.mark.drill)], ids=["an eighth", "all"])
def test_no_input_of_staff_makes_an_error(starting_pages, caplog, share):
    begin = 4 % share if connection.vendor == "postgresql" else 0  # each database has addresses of its own
    caplog.set_level(logging.CRITICAL, "django.request")
    chance, client = random.Random(1), Client(raise_request_exception=False)
    client.force_login(make_staff("Owner", "owner@vtc.example"))
    answers, wrong = Counter(), []
    for path in islice(paths_of_an_owner(), begin, None, share):
        for method, sent, status in hostile_answers(client, path, chance):
            answers[method, status] += 1
            if status >= 500:
                wrong.append((method, path, status, sent))
    assert not wrong
    # Some were taken, more were shown again.
    assert share * answers["POST", 302] > 4 and share * answers["POST", 200] > 50


def paths_of_an_owner():
    """Yield each address that an owner may open; its example is there until the next one is asked for."""
    routes = admin_routes()
    for address in ADDRESSES:
        if "O" in address.get and address.name != "logout":
            route = routes[address.name]
            with transaction.atomic():
                path = path_of(route, make_example(label_of(address)) if KEY.search(route) else None)
                yield f"{path}?{address.query}" if address.query else path
                transaction.set_rollback(True)
