"""The short form of the drill in tests/drills/flood.py."""

import pytest

from intake.models import Notification
from intake.outbox import delivery
from tests.drills import flood
from tests.support.staff import make_staff

JUNK = 300


@pytest.mark.django_db
def test_real_messages_are_stored_and_visible_among_junk_and_all_is_told_in_one_mail(postbox):
    make_staff()
    report = flood.run(JUNK)
    assert report.is_kept(), str(report)
    delivery.deliver_due()
    assert len(postbox.mails) == 1
    assert not Notification.objects.filter(sent_at=None).exists()
