"""Everybody writes from one address, as behind a shelter's router or an unknown CDN; prints figures.

Run as `python -m tests.drills.one_network`, with or without `.ci/with-postgresql`, on loopback: the shipped
nginx slows that network down, and whoever it refuses sends again.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.site import Site
from tests.deploy.proxy import HOST, Proxy
from tests.drills.kills import database_of_its_own
from tests.drills.slow_clients import run_python
from tests.drills.tally import FORM, Senders

STEADY, BURST, AT_ONCE = 150, 60, 8
TOLD = """
from django.utils import timezone
from intake import dashboard
from intake.models import Submission
spam = Submission.objects.filter(status__in=Submission.Status.spam()).count()
labeled = Submission.objects.exclude(suspected_spam_reason="").count()
print(spam)
print(f"{spam} called spam, {labeled} labeled as many from one network; the start page of staff says:")
for row in dashboard._flood(timezone.now())["rows"]:
    print(" ", row["text"])
"""


def through(proxy):
    headers = {name.replace("-", "_"): value for name, value in FORM.items()}

    def send(body):
        answer = proxy.ask("/contact/", "POST", body=body, **headers)
        return answer.status, answer.body.decode(errors="replace")

    return send


def send_until_taken(senders):
    """A person who is refused goes back and sends again."""
    while senders.send_one() != 303:
        time.sleep(1)


def main():
    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as name:
        folder = Path(name)
        site = Site(folder, database_url=database_of_its_own(name), is_collected=False)
        site.environment |= {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST}
        with site, Proxy(folder / "nginx", 6 * [site.port]) as proxy:
            site.serve(workers=2)
            senders = Senders(through(proxy))
            for number, at_once in ((STEADY, AT_ONCE), (BURST, BURST)):
                with ThreadPoolExecutor(at_once) as people:
                    list(people.map(lambda _: send_until_taken(senders), range(number)))
            lost = senders.lost(site)
            spam, *words = run_python(site, TOLD).splitlines()
            print(*(f"  {line}" for line in words), sep="\n")
    raise SystemExit(0 if not lost and spam == "0" and len(words) > 1 else 1)


if __name__ == "__main__":
    main()
