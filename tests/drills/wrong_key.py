"""Serves the site with a key that its database was not written with, and with both keys; prints figures.

Run as `python -m tests.drills.wrong_key`, with or without `.ci/with-postgresql`, on loopback.
"""

import subprocess
import sys
import tempfile
import time

from cryptography.fernet import Fernet

from tests.bench.site import ROOT, Site, stop
from tests.drills.kills import database_of_its_own
from tests.drills.tally import Senders, post, status, until_told


def serve(site, senders, keys, wanted):
    """Serve with `keys` while people write; say whether /healthz/ answered `wanted`."""
    site.environment["FIELD_ENCRYPTION_KEYS"] = keys
    server, _ = site.serve(workers=2)
    with senders:
        is_told = until_told(site.port, wanted)
        time.sleep(3)
        form, page = status(site.port, "/contact/"), status(site.port, "/overdose-help/")
    print(f"  meanwhile: the form answers {form}, pages {page}")
    stop(server)
    return is_told and (form, page) == (wanted, 200)


def is_refused_at_the_start(site):
    """Whether what .ci/serve runs first refuses the wrong key, with words that it prints."""
    command = [sys.executable, "manage.py", "prepare_database"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    print(f"  the start ends with {done.returncode}: {done.stderr.splitlines()[0]}")
    return done.returncode == 1


def run(site):
    """Serve with the right key, a wrong one, and both; say whether nothing is lost and everybody was told."""
    senders = Senders(post(site.port))
    right, wrong = site.environment["FIELD_ENCRYPTION_KEYS"], Fernet.generate_key().decode()
    results = [
        serve(site, senders, right, 200),
        serve(site, senders, wrong, 503),
        is_refused_at_the_start(site),
        serve(site, senders, f"{wrong},{right}", 200),
    ]
    return not senders.lost(site) and all(results)


def main():
    with (
        tempfile.TemporaryDirectory(prefix="vtc-drill-") as folder,
        Site(folder, database_url=database_of_its_own(folder), is_collected=False) as site,
    ):
        is_kept = run(site)
    raise SystemExit(0 if is_kept else 1)


if __name__ == "__main__":
    main()
