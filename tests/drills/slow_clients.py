"""Slow clients, many clients, and two hosts, against the shipped nginx configuration; prints figures.

Run as `.ci/with-postgresql python -m tests.drills.slow_clients`. Everything is on loopback, bounded in number
and time, and thrown away afterwards. Two application servers share one PostgreSQL; nginx stands in front.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.site import Site, family, free_port
from tests.deploy.proxy import TLS, Proxy

ROOT = Path(__file__).resolve().parents[2]
SLOW, AT_ONCE, REQUESTS, MESSAGES = 200, 20, 600, 200
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Host": "127.0.0.1"}
AS_THE_PROXY = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https"}
PUBLISH = """
from content import publishing
from content.models import Page, Version
page = Page.objects.get(path="/signs/")
page.lede = "Drill: a new sentence."
page.save()
version = publishing.record(page, note="drill")
publishing.publish(version, change=Version.Change.CLINICAL)
"""
COUNT = """
from intake.models import Notification, Submission
print(Submission.objects.count(), Notification.objects.count())
"""


def ask(port, method="GET", path="/withdrawal/", body=None, person=1):
    """Return the seconds that one request took, and its status; None when there was no answer.

    Every `person` has an address of their own: messages from one address wait for each other's count.
    """
    own = (f"127.0.{1 + person % 250}.1", 0)
    begun = time.monotonic()
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, source_address=own, context=TLS)
    try:
        connection.request(method, path, body, FORM if body else {"Host": "127.0.0.1"})
        answer = connection.getresponse()
        answer.read()
        return time.monotonic() - begun, answer.status
    except (OSError, http.client.HTTPException):
        return time.monotonic() - begun, None
    finally:
        connection.close()


def message(number):
    return urlencode({"name": f"Drill {number}", "phone": "714 555 0123", "message": f"Drill {number}"})


def share(seconds, part):
    return sorted(seconds)[min(int(len(seconds) * part), len(seconds) - 1)] * 1000


def tell(title, answers, part, limit, good):
    figure, wrong = share([seconds for seconds, _ in answers], part), [s for _, s in answers if s != good]
    errors = f"{len(wrong)} errors {set(wrong) or ''}"
    print(f"  {title:44} p{part * 100:.0f} {figure:6.0f} ms (limit {limit}), {errors}")


@contextmanager
def slow_connections(port, head):
    """Hold SLOW connections open that send a byte every second, headers first or only of a body."""
    sockets = [TLS.wrap_socket(socket.create_connection(("127.0.0.1", port))) for _ in range(SLOW)]
    is_over = threading.Event()

    def drip():
        while not is_over.wait(1):
            for each in sockets:
                with suppress(OSError):
                    each.send(b"a")

    for each in sockets:
        each.send(head)
    threading.Thread(target=drip, daemon=True).start()
    yield
    is_over.set()
    for each in sockets:
        each.close()


def try_slow(port):
    host = b"Host: 127.0.0.1\r\n"
    heads = {
        "slow headers": b"GET /withdrawal/ HTTP/1.1\r\n" + host + b"X-Slow: a",
        "slow bodies": b"POST /contact/ HTTP/1.1\r\n" + host
        + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nmessage=",
    }  # fmt: skip
    for name, head in heads.items():
        with slow_connections(port, head):
            time.sleep(2)
            pages = [ask(port) for _ in range(100)]
        tell(f"page beside {SLOW} {name}", pages, 0.95, 200, 200)


def try_many(port):
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        pages = list(crowd.map(lambda _: ask(port), range(REQUESTS)))
        sent = list(crowd.map(lambda n: ask(port, "POST", "/contact/", message(n), n), range(MESSAGES)))
    tell(f"GET, {AT_ONCE} at once", pages, 0.99, 300, 200)
    tell(f"POST, {AT_ONCE} at once", sent, 0.99, 600, 303)
    return len(sent)


def run_python(site, code):
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True
    ).stdout


def try_publish(site, ports):
    run_python(site, PUBLISH)
    published, seen = time.monotonic(), {}
    while len(seen) < len(ports) and time.monotonic() - published < 10:
        for each in set(ports) - seen.keys():
            connection = http.client.HTTPConnection("127.0.0.1", each, timeout=10)
            connection.request("GET", "/signs/", headers=AS_THE_PROXY)
            if b"Drill: a new sentence." in connection.getresponse().read():
                seen[each] = time.monotonic() - published
    told = ", ".join(f"{seconds:.1f} s" for seconds in seen.values())
    print(f"  a publish shows on {len(seen)} of {len(ports)} hosts after {told} (limit 2 s)")


def kill(host):
    """Kill all processes of a host at once, as a loss of power does."""
    for each in family(host):
        os.kill(each, signal.SIGKILL)


def try_kill(port, host, before):
    """Kill one host while people send; every acknowledged message must be in the database, once."""
    numbers = range(10_000, 10_000 + MESSAGES)

    def send(number):
        if number == numbers[MESSAGES // 2]:
            kill(host)
        return ask(port, "POST", "/contact/", message(number), number)

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        sent = list(crowd.map(send, numbers))
    kept = sum(status == 303 for _, status in sent)
    print(
        f"  one host killed under load: {kept} of {len(sent)} acknowledged; with those before {before + kept}"
    )


def main():
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("Left out: this drill needs a PostgreSQL of its own.")
        return
    print(f"Slow clients and many; load of the machine now {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder, other = Path(name), free_port()
        site = Site(folder)
        # People come by the address of nginx; any other one each process first asks Django about.
        site.environment |= {
            "DATABASE_URL": os.environ["DATABASE_URL"],
            "SITE_URL": "https://127.0.0.1",  # nginx hands on the name, not the port
        }
        with site:
            site.serve(workers=2)
            host, _ = site.serve(port=other, workers=2)
            with Proxy(folder, [site.port, other], names="127.0.0.1") as proxy:
                try_slow(proxy.https)
                sent = try_many(proxy.https)
                try_publish(site, [site.port, other])
                try_kill(proxy.https, host, sent)
            print("  rows and notices in the database:", run_python(site, COUNT).strip())


if __name__ == "__main__":
    main()
