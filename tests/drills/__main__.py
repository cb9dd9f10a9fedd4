"""Runs all drills, one after another, and prints their figures: `python -m tests.drills`."""

import subprocess
import sys

DRILLS = [
    ["tests.drills.kills", "--messages", "10000"],
    ["tests.drills.outage", "--hours", "72"],
    ["tests.drills.fuzz", "--requests", "100000"],
    ["tests.drills.flood", "--junk", "10000"],
    ["tests.drills.slow_clients"],
    ["tests.drills.sign_in_flood"],
    ["tests.drills.application_dead"],
    ["tests.drills.long_page"],
    ["tests.drills.disk_full"],
    ["tests.drills.wrong_key"],
    ["tests.drills.one_network"],
]


def main():
    failed = 0
    for drill in DRILLS:
        print("==>", *drill, flush=True)
        failed += subprocess.run([sys.executable, "-W", "ignore", "-m", *drill]).returncode != 0
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
