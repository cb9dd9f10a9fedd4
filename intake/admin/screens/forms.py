"""The small forms on the screen of a message. They only check; workflow.py decides and stores."""

from django import forms

from intake.form_fields import PlainTextField
from intake.models import Attempt, ReplyBy, Submission, Voicemail

MAX_NOTE_CHARACTERS = 4000
ONLY_FOR = {  # outcomes that make no sense for other channels
    Attempt.Outcome.NO_ANSWER: (Attempt.Channel.CALL,),
    Attempt.Outcome.VOICEMAIL: (Attempt.Channel.CALL,),
    Attempt.Outcome.SENT: (Attempt.Channel.TEXT, Attempt.Channel.EMAIL),
}


class AttemptForm(forms.Form):
    """Channel and time are filled in as the person asked: the outcome and the button are two clicks."""

    use_required_attribute = False
    channel = forms.ChoiceField(widget=forms.RadioSelect)
    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    next_due = forms.ChoiceField(label="Try again", widget=forms.RadioSelect)
    attempts_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)  # drawn by the template

    def __init__(self, *args, submission, moments, **kwargs):
        super().__init__(*args, **kwargs)
        self._moments = {moment.key: moment.at for moment in moments}
        wished = str(submission.reach_by)
        self.fields["channel"].choices = [
            (value, label if value == wished else f"{label} (not what they asked for)")
            for value, label in Attempt.Channel.choices
        ]
        self.fields["outcome"].choices = [
            (value, f"{label}{_warning(value, submission)}") for value, label in Attempt.Outcome.choices
        ]
        self.fields["next_due"].choices = [(moment.key, moment.label) for moment in moments]
        self.fields["channel"].initial, self.fields["next_due"].initial = wished, moments[0].key

    def clean(self):
        cleaned = super().clean()
        fitting = ONLY_FOR.get(cleaned.get("outcome"), Attempt.Channel.values)
        if cleaned.get("channel") and cleaned["channel"] not in fitting:
            self.add_error("outcome", "This outcome does not match how you tried.")
        return cleaned

    @property
    def next_due_at(self):
        """When the message comes back to the start page; None for somebody who was reached."""
        if self.cleaned_data["outcome"] == Attempt.Outcome.REACHED:
            return None
        return self._moments[self.cleaned_data["next_due"]]


def _warning(outcome, submission):
    if outcome != Attempt.Outcome.VOICEMAIL:
        return ""
    if submission.reach_by != ReplyBy.CALL:
        return " (not what they asked for)"
    return " (they asked for no voicemail)" if submission.voicemail == Voicemail.NONE else ""


class NoteForm(forms.Form):
    use_required_attribute = False
    text = PlainTextField(
        label="Add a note",
        help_text="For colleagues only. It is never emailed, and nobody can change it later.",
        max_length=MAX_NOTE_CHARACTERS,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )

    def clean_text(self):
        if not self.cleaned_data["text"]:
            raise forms.ValidationError("Write a note first.")
        return self.cleaned_data["text"]


class CloseForm(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(label="Outcome", choices=[("", "Choose"), *Submission.Outcome.choices])


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
