"""What staff type about messages keeps no mark that no screen shows, and a short field is one line."""

import pytest

from intake.models import Closure, IntakeSettings, Script
from vtc_site.staff.forms import StaffForm

pytestmark = pytest.mark.once

MARKED = "A\u200b new\u2028 \u00admessage\ufeff\u202e"


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (IntakeSettings(), "notice_subject"),
        (IntakeSettings(), "copy_subject"),
        (IntakeSettings(), "caller_id"),
        (Closure(), "reason"),
        (Script(), "title"),
    ],
)
@pytest.mark.django_db
def test_short_field_is_one_line_without_marks(record, name):
    setattr(record, name, MARKED)
    record.clean_fields(exclude=[field.name for field in record._meta.fields if field.name != name])
    assert getattr(record, name) == "A new message"


@pytest.mark.django_db
def test_words_of_a_script_keep_their_lines():
    script = Script(use="text-named", words="Hello\u200b,\u2028call us.\r\nBye")
    script.full_clean()
    assert script.words == "Hello,\ncall us.\nBye"


@pytest.mark.django_db
def test_name_of_a_colleague_holds_no_mark():
    form = StaffForm(
        {"email": "\u200bana@vtc.example\u200e", "first_name": "A\u200bna", "last_name": "Río\ufeff"}
    )
    form.is_valid()
    assert [form.cleaned_data[name] for name in ("email", "first_name", "last_name")] == [
        "ana@vtc.example",
        "Ana",
        "Río",
    ]
