"""The forms with which senders add to their message, ask about it, or delete it. For receiving."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake import typed_text
from intake.forms.contact_fields import AsksOnce, EmailField, PhoneField
from intake.forms.fields import Checkbox, PlainTextField
from intake.forms.message import MAX_MESSAGE_CHARACTERS
from intake.models import references
from intake.typed_text.contact_details import FEWEST_DIGITS

NOTHING_TO_ADD = _("Write what you want to add, enter the right number or email, or tick the box.")


class AddForm(AsksOnce):
    """What a sender adds later, on the page after sending; the token says to which message."""

    use_required_attribute = False

    token = PlainTextField(max_length=1000, read=typed_text.one_word, widget=forms.HiddenInput)
    text = PlainTextField(
        label=_("Add something"),
        help_text=_("Up to 5,000 characters."),
        max_length=MAX_MESSAGE_CHARACTERS,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "class": "input"}),
    )
    new_phone = PhoneField(
        label=_("Was the number wrong? The right one"),
        widget=forms.TextInput({"type": "tel", "autocomplete": "off", "class": "input"}),
    )
    new_email = EmailField(
        label=_("Was the email address wrong? The right one"),
        widget=forms.EmailInput({"autocomplete": "off", "class": "input"}),
    )
    call_off = forms.BooleanField(
        label=_("Please don’t contact me after all."), required=False, widget=Checkbox
    )
    asked_new_phone = PhoneField(widget=forms.HiddenInput)
    asked_new_email = EmailField(widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        names = ("text", "new_phone", "new_email", "call_off")
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error("text", NOTHING_TO_ADD)
        self.ask_once("new_phone")
        self.ask_once("new_email")
        return cleaned


class OwnMessageForm(forms.Form):
    """The two things that show whose message it is."""

    use_required_attribute = False

    reference = PlainTextField(
        label=_("Your reference"),
        help_text=_(
            "Like KD7 MR4 TB. It was on the page after you sent your message. Lost it? Send us a new message."
        ),
        max_length=254,
        read=references.read,
        widget=forms.TextInput({"autocomplete": "off", "class": "input"}),
    )
    contact = PlainTextField(
        label=_("Your phone number or email"),
        help_text=_("The one you gave us. Its last four digits are enough."),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "class": "input"}),
    )

    def clean(self):
        cleaned = super().clean()
        for name, words in (
            ("reference", _("Enter your reference.")),
            ("contact", _("Enter the number or email.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        self._check_shape(**cleaned)
        return cleaned

    def _check_shape(self, *, reference="", contact="", **others):
        """Say beside the field what can be seen to be wrong, before anything is looked up."""
        if reference and not references.is_reference(reference):
            self.add_error(
                "reference", _("A reference has eight letters and digits, like KD7 MR4 TB. Please check it.")
            )
        if "@" not in contact and 0 < len(typed_text.digits(contact)) < FEWEST_DIGITS:
            self.add_error(
                "contact", _("Enter at least the last four digits of the number, or the whole email address.")
            )


class AddLaterForm(OwnMessageForm, AddForm):
    """The same when the hour of the page after sending is over."""

    token = None


class DeleteForm(OwnMessageForm):
    """Deleting cannot be undone, so it is confirmed."""

    is_sure = forms.BooleanField(
        label=_("Yes, delete my message. I know that nobody will answer it."),
        widget=Checkbox,
        error_messages={"required": _("Tick the box if you want to delete it.")},
    )
