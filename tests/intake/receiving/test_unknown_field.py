"""The form is the list of what is stored: a field without a column is refused by name, never dropped."""

import pytest

from intake.forms.message import MessageForm
from intake.models import Submission
from intake.receiving import storing
from tests.support.messages import filled_in


def test_every_field_that_people_see_has_a_column():
    assert set(MessageForm.visible_names()) <= storing.COLUMNS


@pytest.mark.django_db
def test_a_field_that_cannot_be_stored_is_refused_and_named():
    form = MessageForm(filled_in())
    assert form.is_valid()
    with pytest.raises(storing.UnknownFieldError, match="interpreter"):
        storing.receive(written=form.written | {"interpreter": "yes"}, origin="same")
    assert not Submission.objects.exists()
