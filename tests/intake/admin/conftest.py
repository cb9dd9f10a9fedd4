"""Who is at the screens of messages."""

import pytest

from tests.support.staff import make_staff


@pytest.fixture
def dana(client):
    """A client signed in as an intake worker."""
    client.force_login(make_staff(email="dana@vtc.example"))
    return client
