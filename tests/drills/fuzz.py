"""Sends hostile requests to the whole site, in the same process, and looks for a failure or a leak.

Every answer must be below 500 and repeat no host that is not ours. At least a fifth of the requests are
messages that a real person could have sent in spite of it all, and must be stored.
"""

import argparse
import io
import logging
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

OURS = "testserver"
FOREIGN = "foreign-host.example"
FORM = "application/x-www-form-urlencoded"
PATHS = [
    "/contact/",
    "/contact",
    "/contact/sent/",
    "/contact/sent/clear.css",
    "/",
    "/healthz/",
    "/withdrawal/",
]
PATHS += [
    "/admin/login/",
    "/contact/\x00",
    "/contact/%0d%0aSet-Cookie:x=1",
    "//other-host.example/",
    "/\xff\xfe",
    "",
]
METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW", "get", "P\x00ST"]
HEADERS = [
    "HTTP_ORIGIN",
    "HTTP_REFERER",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_ACCEPT_LANGUAGE",
]
HEADERS += [
    "HTTP_SEC_FETCH_SITE",
    "HTTP_COOKIE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_ACCEPT_ENCODING",
]
HEADERS += [
    "HTTP_RANGE",
    "HTTP_CONTENT_ENCODING",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_X_HTTP_METHOD_OVERRIDE",
    "REMOTE_ADDR",
]
HOSTS = ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "SERVER_NAME"]
NASTY = [
    "\x00",
    "\r\nX-Injected: 1",
    "%00%ed%a0%80",
    "\ufeff",
    "🙂" * 50,
    "a" * 20_000,
    "../../etc/passwd",
    "' OR 1=1 --",
]
NASTY += [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "${jndi:ldap://x}",
    "\u202e",
    "﷽" * 100,
    "%s%n%x",
    "=cmd|' /C calc'!A0",
    "-1",
]
TYPES = [
    FORM,
    FORM + "; charset=utf-7",
    FORM + "; charset=latin-1",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
]
TYPES += [
    "application/json",
    "text/plain",
    "",
    "multipart/form-data; boundary=" + "x" * 300,
    "\x00",
    "a/b; charset=\xff",
]
FIELDS = [
    "reason",
    "name",
    "reply_by",
    "phone",
    "email",
    "voicemail",
    "message",
    "asked_phone",
    "leave_this_empty",
    "email_copy",
    "x",
]


@dataclass
class Report:
    """What came of a run."""

    requests: int
    stored: int = 0
    statuses: Counter = field(default_factory=Counter)
    failures: list = field(default_factory=list)

    def __str__(self):
        by_status = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return f"{self.requests} requests, {self.stored} stored, {len(self.failures)} failures ({by_status})"


def run(requests, *, seed):
    """Send so many requests; the same seed sends the same ones."""
    from intake.models import Submission  # Django may be set up only after this module was read

    chance, site, report = random.Random(seed), WSGIHandler(), Report(requests)
    before = Submission.objects.count()
    for number in range(requests):
        environ = plausible(chance, number) if number % 4 == 0 else hostile(chance)
        status, answer = ask(site, environ)
        report.statuses[status] += 1
        if status >= 500 or FOREIGN in answer:
            report.failures.append((status, {k: v for k, v in environ.items() if not k.startswith("wsgi")}))
    report.stored = Submission.objects.count() - before
    return report


def ask(site, environ):
    """Return status and everything else of an answer as one text."""
    seen = {}

    def start_response(status, headers, exc_info=None):
        seen.update(status=int(status.split()[0]), headers=str(headers))

    answer = site(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    return seen["status"], seen["headers"] + body.decode(errors="replace")


def environ_of(path, method, content_type, body, **headers):
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": OURS,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_HOST": OURS,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    } | {name: as_a_server_passes_it(text) for name, text in headers.items()}


def as_a_server_passes_it(text):
    """Headers reach an application as the bytes of the line, read as Latin-1 (PEP 3333)."""
    return text.encode().decode("latin-1")


def plausible(chance, number):
    """A message that can be stored, whatever else comes with it."""
    fields = {"phone": "818 555 0100", "message": f"number {number} {chance.choice(NASTY)[:4000]}"}
    fields |= {chance.choice(["name", "reason", "voicemail", "x", "reply_by"]): chance.choice(NASTY)[:90]}
    body = urlencode(fields, errors="surrogatepass").encode()
    headers = {header: chance.choice(NASTY) for header in chance.sample(HEADERS, 2)}
    return environ_of(chance.choice(["/contact/", "/contact"]), "POST", FORM, body, **headers)


def hostile(chance):
    headers = {header: chance.choice(NASTY) for header in chance.sample(HEADERS, chance.randint(0, 4))}
    if chance.random() < 0.3:
        headers[chance.choice(HOSTS)] = chance.choice(
            [FOREIGN, f"{OURS}@{FOREIGN}", f"{FOREIGN}:80", "", "\x00", "a b"]
        )
    body = body_of(chance)
    if chance.random() < 0.1:
        headers["CONTENT_LENGTH"] = chance.choice(["-1", "x", "99999999999", "0", "", "1e3"])
    headers["QUERY_STRING"] = chance.choice(
        ["", "message=%00", "a=" + "b" * 5000, "%", "\xff", "next=//" + OURS]
    )
    method = "POST" if chance.random() < 0.6 else chance.choice(METHODS)
    path = "/contact/" if chance.random() < 0.5 else chance.choice(PATHS)
    return environ_of(path, method, chance.choice(TYPES), body, **headers)


def body_of(chance):
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randint(0, 3000))
    if kind == 1:
        return b"&".join(
            b"%s=%s" % (chance.randbytes(3).hex().encode(), b"1") for _ in range(chance.randint(0, 1500))
        )
    if kind == 2:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a"\r\n\r\n' for name in FIELDS
        ]
        return "".join(chance.sample(parts, 3)).encode() + chance.randbytes(50)
    fields = [(name, chance.choice(NASTY)) for name in chance.sample(FIELDS, chance.randint(0, 6))]
    return urlencode(fields * chance.choice([1, 1, 3])).encode() + (b"%ed%a0%80\xff" if kind == 4 else b"")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    report = run(options.requests, seed=options.seed)
    print(f"{report} (seed {options.seed})", *report.failures[:5], sep="\n")
    raise SystemExit(1 if report.failures or report.stored < options.requests / 5 else 0)


if __name__ == "__main__":
    from tests.drills import kills

    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as drill_folder:
        kills.prepare(drill_folder, mail_port=1, host=OURS)
        main()
