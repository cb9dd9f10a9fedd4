"""The short form of the drill tests/bench/never_stale.py: two real servers, an edit of each kind."""

import subprocess
import sys

import pytest

from tests.bench.site import ROOT, free_port, stop

pytestmark = pytest.mark.once


def test_two_servers_are_never_older_than_the_last_save(site, monkeypatch):
    monkeypatch.setitem(site.environment, "SITE_URL", site.url)
    ports = [free_port(), free_port()]
    servers = [site.serve(port=port)[0] for port in ports]
    command = [sys.executable, "-m", "tests.bench.never_stale", "edit", "2", *map(str, ports)]
    result = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    for server in servers:
        stop(server)
    assert "2 edits, 2 servers: 0 answers were older" in result.stdout, result.stdout + result.stderr
