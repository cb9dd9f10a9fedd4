"""Takes the two pictures of the README, light and dark, from a site that runs on this machine.

make run                                                             # in another terminal
.venv/bin/python .ci/take_screenshots.py http://localhost:8000
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs"
WINDOW = {"width": 1200, "height": 900}


def main(site):
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport=WINDOW, color_scheme=scheme, reduced_motion="reduce")
            page.goto(site, wait_until="networkidle")
            page.screenshot(path=FOLDER / f"home-{scheme}.jpg", type="jpeg", quality=80)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:] or ["http://localhost:8000"])
