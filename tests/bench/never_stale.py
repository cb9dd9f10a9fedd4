"""Drill: two servers of one host are never older than the last save, however often editors save.

`python -m tests.bench.never_stale 1000` saves 1,000 times; each time, as soon as the save returns, it
asks both servers and compares. The other change is a helpline, saved without its page.
"""

import os
import re
import subprocess
import sys
import tempfile

from tests.bench.site import ROOT, Site, fetch, free_port

FIRST = 2000  # “Edit 911” could not go live: that number has to be a link


def main(edits):
    with tempfile.TemporaryDirectory() as folder, Site(folder, is_collected=False) as site:
        ports = [site.port, free_port()]
        site.environment["ALLOWED_HOSTS"] = "127.0.0.1"
        for port in ports:
            site.serve(port=port)
        command = [sys.executable, "-m", "tests.bench.never_stale", "edit", str(edits), *map(str, ports)]
        return subprocess.run(command, cwd=ROOT, env=site.environment).returncode


def edit(edits, ports):
    """Save and ask, in a process of its own: an editor is no part of the servers."""
    import django

    django.setup()
    from content import publishing
    from content.models import Helpline, Page, Version

    page, line = Page.objects.get(path="/signs/"), Helpline.objects.get(slug="988")
    old = 0
    for number in range(FIRST, FIRST + edits):
        if number % 2:
            page.heading = f"Edit {number}"
            page.save()
            publishing.publish(publishing.record(page), change=Version.Change.CLINICAL)
        else:
            line.name = f"Edit {number}"
            line.save()
        for port in ports:
            html = fetch(f"http://127.0.0.1:{port}/signs/")[2].decode()
            old += not re.search(rf"\bEdit {number}\b", html)
    print(f"{edits} edits, {len(ports)} servers: {old} answers were older than the save")
    return 1 if old else 0


if __name__ == "__main__":
    if sys.argv[1] == "edit":
        sys.exit(edit(int(sys.argv[2]), sys.argv[3:]))
    os.environ.pop("DATABASE_URL", None)
    sys.exit(main(int(sys.argv[1])))
