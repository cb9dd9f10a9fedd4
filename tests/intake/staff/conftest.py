"""Colleagues who answer messages."""

import pytest

from tests.support.staff import make_staff


@pytest.fixture
def ana():
    return make_staff(email="ana@vtc.example")


@pytest.fixture
def ben():
    return make_staff(email="ben@vtc.example")


@pytest.fixture
def dana():
    return make_staff(email="dana@vtc.example")
