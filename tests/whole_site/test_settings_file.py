"""docs/deploy/as-vtc reads the file of settings as systemd does, and names what is no setting."""

import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
FILE = """\
# a comment

SITE_URL="https://www.clinic.org"
DEFAULT_FROM_EMAIL="Center, Virtual" <website@clinic.org>
SECRET_KEY='a$b=c `d`'
SECRET_KEY =canary
  DEBUG=True
"""


def test_values_are_read_and_odd_lines_named_by_their_number(tmp_path):
    file = tmp_path / "vtc.env"
    file.write_text(FILE)
    script = (settings.BASE_DIR / "docs/deploy/as-vtc").read_text()
    reading, _, running = script.partition("\ncd /srv/vtc/site\n")
    assert running
    said = subprocess.run(
        ["/bin/sh", "-c", reading.replace("/etc/vtc.env", str(file)) + "\nenv"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    for line in (
        "SITE_URL=https://www.clinic.org",
        'DEFAULT_FROM_EMAIL="Center, Virtual" <website@clinic.org>',
        "SECRET_KEY=a$b=c `d`",
    ):
        assert line in said.stdout.splitlines()
    assert [line.split(" of ")[0] for line in said.stderr.splitlines()] == ["Line 6", "Line 7"]
    assert "canary" not in said.stderr and "DEBUG" not in said.stdout
