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
  BIND = 127.0.0.1 \t
; another
email_url=y
email_url=x
export PORT=canary
canary
EMAIL_URL=smtp://u:ca\\nary@host
WORKERS=3\r
HSTS_SECONDS=7"""


def test_a_trial_is_refused_where_a_server_runs(tmp_path):
    """Its .env would lead every later command to a database beside the real one."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "vtc.env").touch()
    script = (settings.BASE_DIR / ".ci/try-site").read_text()
    script = script.replace("/srv/vtc/site ]", f"{tmp_path} ]").replace(
        "/etc/vtc.env", str(tmp_path / "vtc.env")
    )
    (tmp_path / ".ci/try-site").write_text(script)
    said = subprocess.run(["/bin/sh", tmp_path / ".ci/try-site"], capture_output=True, text=True)
    assert said.returncode == 1 and "as-vtc make staff" in said.stderr
    assert not (tmp_path / ".env").exists()


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
        "BIND=127.0.0.1",
        "email_url=x",
        "WORKERS=3",
        "HSTS_SECONDS=7",  # the last line, without an end
    ):
        assert line in said.stdout.splitlines()
    assert [line.split(" of ")[0] for line in said.stderr.splitlines()] == [
        f"Line {number}" for number in (9, 10, 11, 12)
    ]
    assert "ca" not in said.stderr.replace("place", "") and "canary" not in said.stdout
