"""Scores every public page: `python -m tests.bench.scores observatory` (or lighthouse). Needs npm, Chromium.

The npm packages go into var/bench-packages on first use. Nothing leaves this machine while scoring.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from tests.bench.site import ROOT, Site

PACKAGES = ROOT / "var" / "bench-packages"
NEEDED = {"observatory": "@mdn/mdn-http-observatory@1", "lighthouse": "lighthouse@12"}
HOST = "www.example.org"


def install(name):
    if (PACKAGES / "node_modules" / NEEDED[name].rpartition("@")[0]).exists():
        return
    PACKAGES.mkdir(parents=True, exist_ok=True)
    options = ["--prefix", str(PACKAGES), "--no-fund", "--no-audit", "--ignore-scripts"]
    subprocess.run(["npm", "install", *options, NEEDED[name]], check=True)


def observatory(site, paths):
    """Print the score of each path and of the sign-in, with what was not passed."""
    script = ROOT / "tests" / "bench" / "observatory.mjs"
    address = f"http://127.0.0.1:{site.port}"
    subprocess.run(["node", script, PACKAGES, address, HOST, *paths, "/admin/login/"], check=True)


def lighthouse(site, paths):
    """Print the four scores of each path on a simulated phone, and the audits that are not full."""
    for path in paths:
        command = [PACKAGES / "node_modules/.bin/lighthouse", site.url + path, "--output=json", "--quiet"]
        command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
        environment = os.environ | {"CHROME_PATH": shutil.which("chromium")}
        answer = subprocess.run(command, env=environment, capture_output=True, check=True)
        _print_report(path, json.loads(answer.stdout))


def _print_report(path, report):
    scores = {name: round(100 * (kind["score"] or 0)) for name, kind in report["categories"].items()}
    weighted = {
        ref["id"] for kind in report["categories"].values() for ref in kind["auditRefs"] if ref["weight"]
    }
    audits = report["audits"]
    missed = [name for name in weighted if audits[name]["score"] not in (None, 1)]
    print(path, scores, *(f"{name}: {audits[name]['score']}" for name in missed), flush=True)


def main(name, chosen):
    install(name)
    from content import starter

    paths = chosen or [data["path"] for data in starter.page_files()] + ["/contact/"]
    with tempfile.TemporaryDirectory() as folder, Site(folder) as site:
        if name == "observatory":
            site.environment |= {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": f"{HOST},127.0.0.1"}
        site.serve()
        {"observatory": observatory, "lighthouse": lighthouse}[name](site, paths)


if __name__ == "__main__":
    import django

    os.environ.update(Site(tempfile.gettempdir()).environment)
    django.setup()
    main(sys.argv[1], sys.argv[2:])
