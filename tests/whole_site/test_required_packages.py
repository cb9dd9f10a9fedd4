"""Who lacks programs and may not install any is told the one command that does. See .ci/require-packages."""

import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("purpose", "program"), [("test", "lynx"), ("test", "fonts-liberation"), ("bench", "wrk")]
)
def test_names_the_command_when_it_may_not_install(purpose, program, tmp_path):
    for name, answer in (("id", "echo 1000"), ("sudo", "exit 1"), ("apt-get", "exit 1"), ("ls", "exit 1")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tmp_path / name).chmod(0o755)
    command = ["/bin/sh", settings.BASE_DIR / ".ci" / "require-packages", purpose]
    result = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert result.returncode == 1
    assert f"make {purpose} needs programs that are not installed: " in result.stderr
    [line] = [line for line in result.stderr.splitlines() if "sudo apt-get install" in line]
    assert program in line.split()
