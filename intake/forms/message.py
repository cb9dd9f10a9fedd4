"""The message form: its fields, words and checks. It saves nothing; views and typed-in calls use it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.forms.contact_fields import QUESTIONS, AsksOnce, EmailField, PhoneField
from intake.forms.fields import Checkbox, ForgivingChoiceField, PlainTextField
from intake.models import BestTime, InCalifornia, Language, Reason, ReplyBy, Voicemail, YesNo
from intake.typed_text.contact_details import Doubt

MAX_MESSAGE_CHARACTERS = 5000
# No browser and no password manager fills a name like this one; programs that fill everything do.
TRAP = "leave_this_empty"
STOPWATCH = "seconds_taken"  # filled in by message-form.js; without script it stays empty and says nothing


# The form shows the field of the chosen way only: who typed into the other kind has to choose first.
FIELD_IS_FOLDED = {
    "phone": {
        Doubt.OTHER_KIND: _(
            "{} looks like an email address. Choose email and enter it there, or send again as it is."
        )
    },
    "email": {
        Doubt.OTHER_KIND: _(
            "{} looks like a phone number. Choose a call and enter it there, or send again as it is."
        )
    },
}


class YesField(forms.BooleanField):
    """A tick that is stored as “yes”, or as nothing when it is not set: that says nothing."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=Checkbox({"value": "yes"}), **kwargs)

    def clean(self, value):
        return YesNo.YES.value if super().clean(value) else ""


class MessageForm(AsksOnce):
    """Only a way to reach the person is required. Unknown fields are ignored, so an old page still sends."""

    use_required_attribute = False
    questions = {kind: words | FIELD_IS_FOLDED[kind] for kind, words in QUESTIONS.items()}

    reason = ForgivingChoiceField(
        label=_("What is this about?"), choices=Reason.choices, safest=Reason.OTHER, widget=forms.RadioSelect
    )
    message = PlainTextField(
        label=_("Your message"),
        help_text=_(
            "Share only what you want to. Please leave out ID and insurance numbers. Up to 5,000 characters."
        ),
        max_length=MAX_MESSAGE_CHARACTERS,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )
    reply_by = ForgivingChoiceField(
        label=_("How should we reach you?"),
        choices=ReplyBy.choices,
        safest="",
        widget=forms.RadioSelect,
    )
    phone = PhoneField(
        label=_("Phone number"),
        help_text=_("With area code."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    voicemail = ForgivingChoiceField(
        label=_("If you don’t pick up, may we leave a voicemail?"),
        choices=Voicemail.choices,
        initial=Voicemail.NONE,
        safest=Voicemail.NONE,
        widget=forms.RadioSelect,
    )
    email = EmailField(
        label=_("Email"),
        help_text=_("One that only you read."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    may_name_us = ForgivingChoiceField(
        label=_("May we say that we’re a treatment center?"),
        help_text=_("If someone else picks up, and in a text or email."),
        choices=[(YesNo.NO, _("No, please don’t")), (YesNo.YES, _("Yes"))],
        initial=YesNo.NO,
        safest=YesNo.NO,
        widget=forms.RadioSelect,
    )
    name = PlainTextField(
        label=_("Your name"),
        help_text=_("A first name or nickname is fine."),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    in_california = ForgivingChoiceField(
        label=_("Are you in California?"),
        help_text=_("If it’s for someone else: the person who would have the sessions."),
        choices=InCalifornia.choices,
        safest=InCalifornia.UNSURE,
        widget=forms.RadioSelect,
    )
    relationship = PlainTextField(
        label=_("How are you related?"), help_text=_("Such as: my son, my wife, a friend."), max_length=100
    )
    they_know = ForgivingChoiceField(
        label=_("Do they know you’re writing?"),
        choices=YesNo.choices[::-1],
        safest=YesNo.NO,
        widget=forms.RadioSelect,
    )
    best_time = ForgivingChoiceField(
        label=_("Best time to reach you"),
        help_text=_("Pacific time."),
        choices=BestTime.choices,
        safest=BestTime.ANY,
    )
    language = ForgivingChoiceField(
        label=_("Language"),
        choices=Language.choices,
        safest="",  # that of the page
    )
    relay = YesField(label=_("I use a relay service (711) for calls."))
    under_18 = YesField(label=_("I’m under 18. Then we won’t contact a parent first."))
    email_copy = forms.BooleanField(
        label=_("Email me my reference. Whoever reads that mailbox may see it."),
        required=False,
        widget=Checkbox,
    )
    # The number or address that the person was already asked about, so that nobody is asked twice.
    asked_phone = PhoneField(widget=forms.HiddenInput)
    asked_email = EmailField(widget=forms.HiddenInput)
    asked_channel = PlainTextField(max_length=10, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for bound in self:
            if not bound.is_hidden and not bound.use_fieldset and bound.widget_type != "checkbox":
                bound.field.widget.attrs["class"] = "input"

    def offer_times(self, offered):
        """Show only the times of day in `offered`; another one that an old page sends is still taken."""
        wanted = {BestTime.ANY, *offered, self["best_time"].value()}
        if offered:
            self.fields["best_time"].widget.choices = [pair for pair in BestTime.choices if pair[0] in wanted]

    @classmethod
    def visible_names(cls):
        """Return the names of the fields that people see; `Submission` has one of the same name for each."""
        return [name for name, field in cls.base_fields.items() if not field.widget.is_hidden]

    @property
    def written(self):
        """What is stored of a valid form."""
        return {name: self.cleaned_data[name] for name in self.visible_names()}

    @property
    def was_trapped(self):
        """Whether the field that people cannot see was filled in."""
        return bool(self.data.get(TRAP))

    @property
    def seconds_taken(self):
        """How long the page was open before the message was sent, if a script measured it."""
        text = self.data.get(STOPWATCH) or ""
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else None

    def clean(self):
        cleaned = super().clean()
        if not {"phone", "email"} & self.errors.keys():
            self._check_contact(cleaned)
        if not cleaned.get("reply_by"):
            cleaned["reply_by"] = ReplyBy.CALL if cleaned.get("phone") else ReplyBy.EMAIL
        if not cleaned.get("language"):
            cleaned["language"] = get_language()
        if cleaned.get("reason") != Reason.SOMEONE_ELSE:
            cleaned["they_know"] = ""
        return cleaned

    def _check_contact(self, cleaned):
        if not cleaned["phone"] and not cleaned["email"]:
            field, words = NO_WAY_TO_REACH[cleaned.get("reply_by")]
            self.add_error(field, words)
        self._ask_once_about_channel(cleaned)
        self.ask_once("phone")
        self.ask_once("email")

    def _ask_once_about_channel(self, cleaned):
        """Ask for what the chosen way needs; sent again unchanged it is accepted, and staff see the gap."""
        chosen = cleaned.get("reply_by")
        missing = "email" if chosen == ReplyBy.EMAIL else "phone"
        is_asked = cleaned.get("asked_channel") == chosen
        if self.errors or is_asked or not chosen or cleaned.get(missing):
            return
        self.data = self.data.copy()
        self.data["asked_channel"] = chosen
        self.add_error(missing, ValidationError(NEEDED_FOR[chosen], code="doubtful"))


NEEDED_FOR = {
    ReplyBy.CALL: _("You chose a call. Add your phone number, choose email above, or send again as it is."),
    ReplyBy.TEXT: _("You chose a text. Add your phone number, choose email above, or send again as it is."),
    ReplyBy.EMAIL: _("You chose email. Add your address, choose another way, or send again as it is."),
}
# The field that complains, by the chosen way: it must be one that the form shows.
ADD_PHONE = _("Enter a phone number with area code, or choose email above. We need one way to reach you.")
NO_WAY_TO_REACH = {
    "": ("reply_by", _("Choose one, then enter your number or address. We need one way to reach you.")),
    ReplyBy.CALL: ("phone", ADD_PHONE),
    ReplyBy.TEXT: ("phone", ADD_PHONE),
    ReplyBy.EMAIL: (
        "email",
        _("Enter an email address, or choose another way above. We need one way to reach you."),
    ),
}
