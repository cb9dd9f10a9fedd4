"""The small forms on the screen of a message. They only check; workflow.py decides and stores."""

from datetime import datetime

from django import forms
from django.utils import timezone

from intake.forms.fields import ClockField, PlainTextField
from intake.models import Attempt, Submission
from intake.reply_times import PACIFIC
from intake.staff import follow_up

MAX_NOTE_CHARACTERS = 4000
ONLY_FOR = {  # outcomes that make no sense for other channels
    Attempt.Outcome.NO_ANSWER: (Attempt.Channel.CALL,),
    Attempt.Outcome.VOICEMAIL: (Attempt.Channel.CALL,),
    Attempt.Outcome.SOMEONE_ELSE: (Attempt.Channel.CALL, Attempt.Channel.TEXT),
    Attempt.Outcome.SENT: (Attempt.Channel.TEXT, Attempt.Channel.EMAIL),
}


class NextStepForm(forms.Form):
    """What comes next: one of the quick times, any other time, a wait for them, or closing."""

    AT, WAIT, CLOSE = "at", "wait", "close-"
    use_required_attribute = False
    next_due = forms.ChoiceField()
    day = forms.DateField(required=False)
    time = ClockField(required=False)
    is_far_meant = forms.BooleanField(required=False)

    def __init__(self, *args, moments, **kwargs):
        super().__init__(*args, **kwargs)
        self._moments = {moment.key: moment.at for moment in moments}
        self.fields["next_due"].choices = [
            *((moment.key, moment.label) for moment in moments),
            (self.AT, "At another time"),
            (self.WAIT, "It’s their turn: show it again that day"),
            *((self.CLOSE + value, f"Close: {label}") for value, label in Submission.Outcome.choices),
        ]

    def clean(self):
        cleaned = super().clean()
        step, day = cleaned.get("next_due"), cleaned.get("day")
        if step in (self.AT, self.WAIT) and not self.errors:
            if not day or (step == self.AT and not cleaned["time"]):
                raise forms.ValidationError("Fill in the day and the time, such as 9 am.")
            if self._typed_moment <= timezone.now():
                raise forms.ValidationError("Choose a time that is still to come.")
        return cleaned

    @property
    def _typed_moment(self):
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        return datetime.combine(day, time, tzinfo=PACIFIC) if time else follow_up.opening_on(day)

    @property
    def closed_as(self):
        """The outcome of a message that is done; empty for one that stays open."""
        step = self.cleaned_data["next_due"]
        return step.removeprefix(self.CLOSE) if step.startswith(self.CLOSE) else ""

    @property
    def plan(self):
        """When the message comes back, and whether it is their turn until then, for the verbs."""
        step = self.cleaned_data["next_due"]
        if self.closed_as:
            return {}
        at = self._typed_moment if step in (self.AT, self.WAIT) else self._moments[step]
        return {"next_due_at": at, "is_waiting_for_them": step == self.WAIT}


class AttemptForm(NextStepForm):
    """How it was tried and how it went. What fits the channel is offered by attempts.py."""

    channel = forms.ChoiceField(choices=Attempt.Channel.choices)
    outcome = forms.ChoiceField(choices=Attempt.Outcome.choices)
    attempts_seen = forms.IntegerField(required=False)
    is_meant = forms.BooleanField(required=False)

    def clean(self):
        cleaned = super().clean()
        fitting = ONLY_FOR.get(cleaned.get("outcome"), Attempt.Channel.values)
        if cleaned.get("channel") and cleaned["channel"] not in fitting:
            self.add_error("outcome", "This outcome does not match how you tried.")
        step, is_wrong = cleaned.get("next_due", ""), cleaned.get("outcome") == Attempt.Outcome.WRONG_CONTACT
        if is_wrong and step != follow_up.NOT_LATER and not step.startswith(self.CLOSE):
            raise forms.ValidationError("A wrong number or address is not tried again.")
        return cleaned


class NoteForm(forms.Form):
    use_required_attribute = False
    text = PlainTextField(
        label="Add a note",
        help_text="For colleagues only. It is never emailed, and nobody can change it later.",
        max_length=MAX_NOTE_CHARACTERS,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "accesskey": "t"}),
    )

    def clean_text(self):
        if not self.cleaned_data["text"]:
            raise forms.ValidationError("Write a note first.")
        return self.cleaned_data["text"]


class CloseForm(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(label="Outcome", choices=[("", "Choose"), *Submission.Outcome.choices])

    def __init__(self, *args, was_tried=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not was_tried:  # nobody can be found out of reach before somebody tried
            is_left_out = Submission.Outcome.NOT_REACHED
            field = self.fields["outcome"]
            field.choices = [choice for choice in field.choices if choice[0] != is_left_out]


class HandOverForm(forms.Form):
    use_required_attribute = False
    to = forms.ModelChoiceField(queryset=None, label="Colleague", empty_label="Choose")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people


class SearchForm(forms.Form):
    use_required_attribute = False
    text = PlainTextField(
        label="Find a message",
        help_text="Reference, name, phone number or its last digits, email.",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "size": 30}),
    )
    # A message's key: the search continues with older ones.
    older_than = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )
