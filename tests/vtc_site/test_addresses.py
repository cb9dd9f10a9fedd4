"""The site's address and its senders have one spelling, or the start says how to write them."""

import os
import subprocess
import sys
from contextlib import suppress
from email import message_from_bytes, policy

import pytest
from django.conf import settings as real_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from vtc_site import addresses
from vtc_site.middleware import CanonicalAddressMiddleware

pytestmark = pytest.mark.once

SITE = "https://www.example.org"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://WWW.Example.ORG", SITE),
        ("HTTPS://www.example.org/", SITE),
        ("https://www.example.org:443", SITE),
        ("https://www.example.org.", SITE),
        (" https://www.example.org ", SITE),
        ("http://example.org:80", "http://example.org"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("http://example.org:443", "http://example.org:443"),
        ("https://[2001:DB8:0:0::1]", "https://[2001:db8::1]"),
        ("https://[2001:db8::1]:443", "https://[2001:db8::1]"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://Clínica.example", "https://xn--clnica-4va.example"),
        ("https://xn--clnica-4va.example", "https://xn--clnica-4va.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://ｗｗｗ．example。org", SITE),
        ("http://[::ffff:192.0.2.1]", "http://[::ffff:c000:201]"),
    ],
)
def test_address_of_the_site_has_one_spelling(written, read):
    assert addresses.site_url(written) == read
    assert addresses.site_url(read) == read


@pytest.mark.parametrize(
    "written",
    [
        "www.example.org",
        "https://",
        "https://a/b",
        "https://a?b",
        "https://a#b",
        "ftp://a",
        "https://me:secret@a",
        "https://a:port",
        "https://a:99999",
        "https://a:0",
        "https://2001:db8::1",
        "https://[::1",
        "https://a b",
        "https://straße.example",
        "https://-",
        "https://127.1",
        "https://0x7f.0.0.1",
        "https://192.0.2.010",
        "https://[fe80::1%25eth0]",
        "https://*.example.org",
    ],
)
def test_address_that_is_none_is_refused_with_the_way_to_write_it(written):
    with pytest.raises(ImproperlyConfigured, match="such as https://www") as refused:
        addresses.site_url(written)
    assert "secret" not in str(refused.value)


@given(st.text())
def test_any_text_is_an_address_or_refused(text):
    with suppress(ImproperlyConfigured):
        assert addresses.site_url(addresses.site_url(text)) == addresses.site_url(text)


def test_allowed_hosts_are_read_like_the_address():
    assert [addresses.allowed_host(name) for name in (" Example.ORG", "[::1]", ".Clínica.org", "*")] == [
        "example.org",
        "[::1]",
        ".xn--clnica-4va.org",
        "*",
    ]


@pytest.mark.parametrize("name", ["https://example.org", "example.org:443", "*.example.org", "a b", "."])
def test_host_that_no_browser_sends_is_refused(name):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        addresses.allowed_host(name)


@pytest.mark.parametrize("host", ["www.example.org", "www.example.org:443", "WWW.EXAMPLE.ORG"])
def test_page_is_shown_and_not_redirected_to_itself(rf, settings, host):
    settings.SITE_URL, settings.IS_HTTPS, settings.ALLOWED_HOSTS = SITE, True, ["www.example.org"]
    shown = CanonicalAddressMiddleware(lambda request: "the page")
    assert shown(rf.get("/", headers={"host": host}, secure=True)) == "the page"
    assert shown(rf.get("/", headers={"host": "www.example.org:8443"}, secure=True)).status_code == 301


SENDERS = [
    ("Center, Virtual <website@example.org>", '"Center, Virtual" <website@example.org>'),
    ("V. Center <website@exämple.org>", '"V. Center" <website@xn--exmple-cua.org>'),
    ("website@exämple.org", "website@xn--exmple-cua.org"),
    ("wébsite@example.org", "website@example.org"),
    ("website", "website@example.org"),
    ("a@example.org, b@example.org", "website@example.org"),
    ("Center <a@example.org> <b@example.org>", "b@example.org"),
    ("website@example.org\nBcc: x@example.org", "website@example.org"),
    ("Center <>", "website@example.org"),
    ("Center <website@clinic.org", "Center <website@clinic.org>"),
    ("Center: a@example.org;", "website@example.org"),
    ("web..site@example.org", "website@example.org"),
    (f"{'a' * 65}@example.org", "website@example.org"),
    ("Center <web\u200bsite@example.org>", "website@example.org"),
    ("Center\u202e <website@example.org>", "Center <website@example.org>"),
]


@pytest.mark.parametrize(("written", "cure"), SENDERS)
def test_sender_that_no_server_reads_is_refused_with_the_way_to_write_it(written, cure):
    with pytest.raises(ImproperlyConfigured) as refused:
        addresses.sender("DEFAULT_FROM_EMAIL", written)
    said = str(refused.value).split("Write it as DEFAULT_FROM_EMAIL=")[1].splitlines()[0]
    assert cure in said and addresses.sender("DEFAULT_FROM_EMAIL", said) == said


@pytest.mark.parametrize(
    "written",
    [
        "website@example.org",
        "Center <website@example.org>",
        '"Center, Virtual" <website@example.org>',
        "Clínica <website@example.org>",
        "website@localhost",
        "web.site+x@sub.example.org",
    ],
)
def test_sender_that_is_taken_is_in_the_email(written):
    sent = EmailMessage("Hello", "", addresses.sender("DEFAULT_FROM_EMAIL", written), ["a@example.org"])
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert [each.addr_spec for each in read["From"].addresses] == [written.split("<")[-1].strip(">")]


@pytest.mark.parametrize(
    ("name", "value"), [("DEFAULT_FROM_EMAIL", SENDERS[0][0]), ("COPY_FROM_EMAIL", SENDERS[2][0])]
)
def test_site_does_not_start_with_a_sender_that_no_server_reads(name, value):
    good = {
        "SECRET_KEY": "x" * 60,
        "FIELD_ENCRYPTION_KEYS": "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdDA=",
        "SITE_URL": "https://WWW.clinic.org:443",
        "EMAIL_URL": "smtp+tls://user:secret@mail.clinic.org:587",
        "DEFAULT_FROM_EMAIL": "website@clinic.org",
        "DATABASE_URL": "sqlite:///var/tests.sqlite3",
        "ENV_FILE": "/dev/null",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-c", "from vtc_site.settings import *; print(SITE_URL, ALLOWED_HOSTS)"]
    root = real_settings.BASE_DIR
    started = subprocess.run(command, cwd=root, env=good, capture_output=True, text=True, check=True)
    assert started.stdout.strip() == "https://www.clinic.org ['www.clinic.org']"
    refused = subprocess.run(command, cwd=root, env=good | {name: value}, capture_output=True, text=True)
    assert refused.returncode and f"Write it as {name}=" in refused.stderr
