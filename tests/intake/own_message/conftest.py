"""A message that was sent, and what a site can have switched on."""

import pytest

from intake.models import CopyReference, IntakeSettings
from tests.support.messages import stored_message
from tests.support.own_message import CANARY


@pytest.fixture
def sent():
    return stored_message(**CANARY)


@pytest.fixture
def copy(sent):
    return CopyReference.objects.create(submission=sent)


@pytest.fixture
def can_delete():
    IntakeSettings(can_delete=True).save()
