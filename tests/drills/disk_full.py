"""Fills the disk of the database under load and makes room again; prints figures.

Run as `python -m tests.drills.disk_full`, with or without `.ci/with-postgresql`, as root: the disk is a small
one in memory, seen by this drill alone, and PostgreSQL has a server of its own there.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.site import ROOT, Site
from tests.drills.tally import Senders, post, status, until_told

MEBIBYTES = {"sqlite": 24, "postgresql": 160}
INSIDE = "DRILL_DISK"  # the folder of the small disk; set once this process is the one that sees it


def main():
    if os.geteuid() != 0:
        print("Left out: this drill mounts a small disk, which only root may.")
        return
    if folder := os.environ.get(INSIDE):
        raise SystemExit(0 if run(Path(folder)) else 1)
    kind = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    server = [".ci/with-postgresql"] if kind == "postgresql" else []
    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as name:
        os.chmod(name, 0o755)  # PostgreSQL is another user
        mount = f"mount -t tmpfs -o size={MEBIBYTES[kind]}m,mode=1777 small {name}"
        command = [*server, sys.executable, "-m", "tests.drills.disk_full"]
        environment = os.environ | {INSIDE: name, "TMPDIR": name}
        if not server:
            environment.pop("DATABASE_URL", None)
        script = f'{mount} && exec "$@"'
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", script, "sh", *command], cwd=ROOT, env=environment
        )
    raise SystemExit(done.returncode)


def run(disk):
    """Send before, during and after; say whether nothing is lost and everybody was told."""
    with tempfile.TemporaryDirectory(prefix="vtc-drill-", dir="/var/tmp") as folder:
        url = os.environ.get("DATABASE_URL", f"sqlite:///{disk}/db.sqlite3")
        with Site(folder, database_url=url, is_collected=False) as site:
            site.serve(workers=2)
            senders = Senders(post(site.port))
            with senders:
                time.sleep(3)
                fill(disk)
                is_told = until_told(site.port, 503)
                time.sleep(3)  # in which each worker meets the fault itself
                form, page = status(site.port, "/contact/"), status(site.port, "/overdose-help/")
                print(f"  meanwhile: the form answers {form}, pages {page}")
                (disk / "filler").unlink()
                is_well = until_told(site.port, 200)
                time.sleep(3)
            return not senders.lost(site) and is_told and is_well and (form, page) == (503, 200)


def fill(disk):
    """Leave not a byte, whoever takes some meanwhile."""
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


if __name__ == "__main__":
    main()
