"""Where a phone number or an email address is typed: read in one way on every form, and asked about once.

For the forms of visitors and of staff. Nothing is refused: sent again unchanged, it is accepted.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake import typed_text
from intake.forms.fields import PlainTextField
from intake.typed_text.contact_details import Doubt, doubt_about_email, doubt_about_phone, intended_email

QUESTIONS = {
    "phone": {
        Doubt.INCOMPLETE: _(
            "Is {} right? It doesn’t look like a full number. Change it, or send again if it’s right."
        ),
        Doubt.SEVERAL: _("Is {} more than one number? Leave only the best one, or send again as it is."),
        Doubt.OTHER_KIND: _(
            "{} looks like an email address. Enter it as the email address, or send again as it is."
        ),
    },
    "email": {
        Doubt.INCOMPLETE: _(
            "Is {} right? It doesn’t look like a full address. Change it, or send again if it’s right."
        ),
        Doubt.SEVERAL: _("Is {} more than one address? Leave only the best one, or send again as it is."),
        Doubt.OTHER_KIND: _(
            "{} looks like a phone number. Enter it as the phone number, or send again as it is."
        ),
        Doubt.ACCENT: _(
            "Is {} right? Few addresses have accents or special letters. Change it, or send it again."
        ),
        Doubt.MISSPELLED: _("Is {0} right? Did you mean {1}? Change it, or send again if it’s right."),
        Doubt.SPELLED_OUT: _("We read this as {}. Change it, or send again if it’s right."),
    },
}
DOUBTS = {"phone": doubt_about_phone, "email": doubt_about_email}
READERS = {"phone": typed_text.one_word, "email": typed_text.email_address}


class PhoneField(PlainTextField):
    kind = "phone"

    def __init__(self, **kwargs):
        super().__init__(max_length=100, read=READERS[self.kind], **kwargs)


class EmailField(PlainTextField):
    kind = "email"

    def __init__(self, **kwargs):
        super().__init__(max_length=254, read=READERS[self.kind], **kwargs)


class AsksOnce(forms.Form):
    """A form that shows a doubtful number or address back with a question, and accepts it unchanged.

    Beside each field stands a hidden one, `asked_` and its name, with what the person was already asked.
    """

    questions = QUESTIONS

    def ask_once(self, name, kind=None):
        """Ask about the field `name` if it looks wrong for its kind."""
        value = self.cleaned_data.get(name)
        kind = kind or self.fields[name].kind
        if not value or value == self.cleaned_data.get(f"asked_{name}"):
            return
        if doubt := DOUBTS[kind](value) or self._doubt_about_reading(name, kind):
            self.data = self.data.copy()
            self.data[name] = self.data[f"asked_{name}"] = value
            self.add_error(name, ValidationError(self._question(kind, doubt, value), code="doubtful"))

    def _doubt_about_reading(self, name, kind):
        """Return the doubt about words that were read as signs: they may have been meant as words."""
        is_spelled_out = kind == "email" and typed_text.is_spelled_out(str(self.data.get(name) or ""))
        return Doubt.SPELLED_OUT if is_spelled_out else ""

    def _question(self, kind, doubt, value):
        question = self.questions[kind][doubt]
        return question.format(typed_text.isolated(value), typed_text.isolated(intended_email(value)))
