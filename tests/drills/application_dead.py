"""Reloaded under load, published to, and killed behind the shipped nginx; prints figures.

Run as `python -m tests.drills.application_dead`, with or without `.ci/with-postgresql`, on loopback.
"""

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.bench.site import ROOT, Site, family
from tests.deploy.proxy import HOST, Proxy
from tests.drills.kills import database_of_its_own
from tests.drills.slow_clients import COUNT, FORM, PUBLISH, message, run_python, share
from tests.drills.tally import tell_log

MOST_SECONDS_OLD = 6.5  # five that the proxy may keep a page, and what it takes to see it
RELOAD_SECONDS = 25
WITHDRAW = """
from content.models import Page
from content import publishing
page = Page.objects.get(path="/faq/")
page.is_protected = False
page.save()
publishing.withdraw(page)
"""


class Load:
    """People who read and people who write, through `proxy`, until the block ends; counts what they got.

    Staff always get their pages from the application.
    """

    def __init__(self, proxy, *, is_staff=False):
        self.proxy, self._cookie = proxy, {"Cookie": "__Host-session=nobody"} if is_staff else {}
        self.statuses, self.seconds = Counter(), {"GET": [0], "POST": [0]}
        self._is_over = threading.Event()

    def __enter__(self):
        self._people = [threading.Thread(target=self._read) for _ in range(3)]
        self._people.append(threading.Thread(target=self._write))
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *error):
        self._is_over.set()
        for person in self._people:
            person.join()

    def _read(self):
        while not self._is_over.is_set():
            self._ask("GET", "/overdose-help/", **self._cookie)

    def _write(self):
        number = 0
        while not self._is_over.wait(0.2):
            self._ask("POST", "/contact/", body=message(number), **FORM | {"Host": HOST})
            number += 1

    def _ask(self, method, path, **request):
        request.pop("Host", None)
        begun = time.monotonic()
        try:
            status = spoken(self.proxy.ask(path, method, **request))
        except OSError as error:
            status = type(error).__name__
        self.seconds[method].append(time.monotonic() - begun)
        self.statuses[method, status] += 1


def spoken(answer):
    """Return the status of `answer`, and who said it where that is not the site itself."""
    is_nginx = answer.status >= 400 and "script-src" not in answer.headers.get("Content-Security-Policy", "")
    return f"{answer.status} of nginx" if is_nginx else answer.status


def kill(server):
    for each in family(server):
        os.kill(each, signal.SIGKILL)
    server.wait()


def all_pages(proxy):
    """Return the paths of the sitemap, and have nginx keep every page, as vtc-pages.timer does."""
    environment = os.environ | {"SITE_URL": f"https://{HOST}", "PROXY": f"127.0.0.1:{proxy.https}"}
    subprocess.run([ROOT / "docs/deploy/keep-pages"], env=environment, check=True)
    return re.findall(rf"<loc>https://{HOST}(/[^<]*)</loc>", proxy.ask("/sitemap.xml").body.decode())


def try_reload(proxy, server):
    with Load(proxy, is_staff=True) as load:
        time.sleep(1)
        server.send_signal(signal.SIGHUP)
        time.sleep(RELOAD_SECONDS)
    good = {("GET", 200), ("POST", 303)}
    refused = {what: count for what, count in load.statuses.items() if what not in good}
    total, p99 = sum(load.statuses.values()), share(load.seconds["GET"], 0.99)
    print(
        f"  reload under load: {total} asked, {refused or 'none'} refused, page p99 {p99:.0f} ms,"
        f" longest wait with a message {max(load.seconds['POST']):.1f} s"
    )
    for words, count in proxy.errors().items():
        print(f"    nginx says {count} times: {words}")
    return not refused, load.statuses["POST", 303]


def try_publish(site, proxy):
    proxy.ask("/signs/"), proxy.ask("/faq/")
    run_python(site, PUBLISH)
    shown = until(lambda: b"Drill: a new sentence." in proxy.ask("/signs/", Accept_Encoding="").body)
    run_python(site, WITHDRAW)
    gone = until(lambda: proxy.ask("/faq/").status in (404, 410))
    print(f"  a publish shows behind nginx after {shown:.1f} s, a withdrawal after {gone:.1f} s (limit 5 s)")
    return max(shown, gone) < MOST_SECONDS_OLD


def until(is_so):
    """Return the seconds until `is_so()`, 20 at the most."""
    begun = time.monotonic()
    while not is_so() and time.monotonic() - begun < 20:
        time.sleep(0.05)
    return time.monotonic() - begun


def try_dead(proxy, server, paths):
    kill(server)
    answers = {path: proxy.ask(path, Accept_Encoding=encoding) for path in paths for encoding in ("br", "")}
    statuses = Counter(answer.status for path, answer in answers.items() if not path.startswith("/contact"))
    withdrawn, form, health = proxy.ask("/faq/").status, proxy.ask("/contact/"), proxy.ask("/healthz/").status
    is_told = form.status == 503 and b'href="tel:988"' in form.body
    with Load(proxy) as load:
        time.sleep(5)
    figures = (
        f"{load.statuses['GET', 200] / 5:.0f} pages a second, p99 {share(load.seconds['GET'], 0.99):.0f} ms"
    )
    told = f"pages {dict(statuses)}, withdrawn page {withdrawn}, form {form.status}, /healthz/ {health}"
    print(f"  application dead: {told}; {figures}")
    return set(statuses) == {200} and withdrawn != 200 and is_told and health == 503


def main():
    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as name:
        folder = Path(name)
        site = Site(folder, database_url=database_of_its_own(name))
        site.environment |= {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST}
        site.environment |= {"PORT": str(site.port), "BIND": "127.0.0.1", "WORKERS": "2"}
        with site, Proxy(folder / "nginx", 6 * [site.port]) as proxy:
            server, _ = site._start([ROOT / ".ci" / "serve"], site.port)
            is_reloaded, sent = try_reload(proxy, server)
            is_published = try_publish(site, proxy)
            paths = [path for path in all_pages(proxy) if path != "/faq/"]
            is_kept = try_dead(proxy, server, paths)
            stored = int(run_python(site, COUNT).split()[0])
            lost = max(0, sent - stored)
            tell_log(site)
            print(f"  acknowledged {sent}, stored {stored}, lost {lost}")
    raise SystemExit(0 if is_reloaded and is_published and is_kept and lost <= 0 else 1)


if __name__ == "__main__":
    main()
