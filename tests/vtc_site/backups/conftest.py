"""Where the tests of this folder write their backup."""

import pytest


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.vtc"
