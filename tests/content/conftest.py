"""People of the publish screen; a test file that needs others of that name makes its own."""

import pytest

from tests.support.staff import make_clinician, make_staff


@pytest.fixture
def publisher(client):
    user = make_staff("Publisher")
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(request):
    """The clinician who is signed in: a publisher here, if the test has one."""
    is_publisher = "publisher" in request.fixturenames
    return make_clinician(request.getfixturevalue("publisher") if is_publisher else None)


@pytest.fixture
def rita(client):
    """The clinician, signed in as a reviewer alone."""
    user = make_staff("Reviewer", "rita@vtc.example")
    make_clinician(user)
    client.force_login(user)
    return user
