"""People of the publish screen; a test file that needs others of that name makes its own."""

import pytest

from tests.support.staff import make_clinician, make_staff


@pytest.fixture
def publisher(client):
    user = make_staff("Publisher")
    client.force_login(user)
    return user


@pytest.fixture
def reviewer():
    return make_clinician()
