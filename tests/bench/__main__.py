"""`make bench`: measures everything once, in a folder that is thrown away."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import messages, pages
from tests.bench.site import ROOT, Site


def main():
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder, Site(folder) as site:
        for title, part in (("What a page costs", "pages"), ("Growth", "growth")):
            print(f"\n== {title}", flush=True)
            command = [sys.executable, "-m", "tests.bench.processes", part]
            subprocess.run(command, cwd=ROOT, env=site.environment, check=True)
    with tempfile.TemporaryDirectory() as folder, Site(folder) as site:
        print("\n== On the wire", flush=True)
        pages.measure(site)
    with tempfile.TemporaryDirectory() as folder, Site(folder) as site:
        print("\n== Messages on SQLite", flush=True)
        messages.measure(site)


def _machine():
    cpu = next(
        line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    )
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    python = platform.python_version()
    machine = f"{os.cpu_count()} cores,{cpu.split(':')[1]}, Python {python}, load {load}"
    return f"{time.strftime('%Y-%m-%d %H:%M')}: {machine}"


if __name__ == "__main__":
    main()
