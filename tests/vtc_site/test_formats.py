"""Times as people type them, in every form, such as the one for publishing."""

from datetime import datetime

import pytest

from content.admin.screens.publish_forms import ReleaseForm
from intake.reply_times import PACIFIC

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "typed",
    ["2082-12-07 9 am", "12/07/2082 9:00AM", "Dec 7, 2082 9am", "2082-12-07T09:00"],
)
def test_nine_am_is_a_time_to_publish(typed):
    field = ReleaseForm.base_fields["live_from"]
    assert field.clean(typed) == datetime(2082, 12, 7, 9, tzinfo=PACIFIC)
