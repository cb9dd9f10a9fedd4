"""The forms of the publish screen: sign-off and publishing in one, and taking a page off the site."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from content import publishing
from content.diff.pages import compare
from content.models import Callout, Clinician, Version
from content.readability.visible_text import is_reason

USUAL_REVIEW = timedelta(days=182)  # half a year; content brief 6
MAX_AHEAD = timedelta(days=3653)  # ten years: what lies beyond is a slip of the finger
WHEN = "DATETIME_FORMAT"
TOO_FAR = "This is more than ten years away."
SIGN_OFF_FIELDS = ("signs", "next_review_on")
PUBLISH_FIELDS = ("change", "reason", "note", "live_from", "live_until")
WAITING = [("stop", "Stop it: only this version counts"), ("keep", "Keep it: it replaces this version then")]
CHANGES = [
    (
        Version.Change.WORDING,
        "Wording only: keeps the review. For slips of spelling, capitals of long words, and full stops.",
    ),
    (Version.Change.CLINICAL, "Clinical change: needs a clinician’s sign-off on exactly this version."),
    (
        Version.Change.URGENT,
        "Urgent safety fix: goes live without a sign-off, is logged, and still needs one later.",
    ),
]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class TopicsForm(forms.Form):
    """Which safety boxes a page must have to go live."""

    required_topics = forms.MultipleChoiceField(
        label="The page cannot go live without a colored box on each of these",
        choices=Callout.SafetyTopic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def in_short(comparison):
    """Return what changes, each block by its name, for a box that somebody checks."""
    page = [f"the page’s {change.label.lower()}" for change in comparison.page]
    blocks = [
        f"{block.kind}{f' “{block.title}”' if block.title else ''}"
        f" ({'moved' if block.state == 'same' else block.state})"
        for block in comparison.shown
    ]
    return "; ".join([*page, *blocks]) or "nothing"


def _near(moment):
    if moment and moment > timezone.now() + MAX_AHEAD:
        raise ValidationError(TOO_FAR)
    return moment


class ReleaseForm(forms.Form):
    """Sign off one Version (`signs_off`) or publish it, with a sign-off or without.

    Shows only the fields that the person may use. The verbs check the text itself.
    """

    use_required_attribute = False  # what is required depends on the button

    signs = forms.BooleanField(label="I have read exactly this version and approve it.", required=False)
    next_review_on = forms.DateField(label="Next review by", required=False, widget=DateInput)
    change = forms.ChoiceField(
        label="Kind of change", choices=CHANGES, widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label="Urgent fix only: why it cannot wait for a clinician",
        max_length=200,
        required=False,
        help_text="Kept in the audit trail. Do not name patients.",
    )
    is_sure = forms.BooleanField(label="Urgent fix only: make this live unsigned", required=False)
    note = forms.CharField(
        label="What changed, for colleagues",
        max_length=200,
        required=False,
        help_text="Kept in the history. Do not name patients.",
    )
    live_from = forms.DateTimeField(
        label="Goes live at",
        required=False,
        widget=MomentInput,
        help_text="California time. Leave empty to publish now.",
    )
    live_until = forms.DateTimeField(
        label="Stays live until",
        required=False,
        widget=MomentInput,
        help_text="California time. Leave empty for no end. Afterward, visitors see the previous version.",
    )

    waiting = forms.ChoiceField(
        label="An older version waits for its time",
        choices=WAITING,
        initial="stop",
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, version, live, comparison, why_clinical, user, signs_off=False, **kwargs):
        self.version, self.live, self.comparison, self.signs_off = version, live, comparison, signs_off
        self.why_clinical = why_clinical
        super().__init__(*args, **kwargs)
        self.clinician = Clinician.objects.filter(user=user, is_active=True).first()
        self.initial |= {"next_review_on": timezone.localdate() + USUAL_REVIEW}
        if not self.clinician or not user.has_perm("content.sign_off_page"):
            self._drop(SIGN_OFF_FIELDS)
        if not user.has_perm("content.publish_page"):
            self._drop([*PUBLISH_FIELDS, "is_sure", "waiting"])
            return
        self.fields["is_sure"].help_text = format_html("What changes: {}.", in_short(comparison))
        if not (older := publishing.waiting(version.page).filter(number__lt=version.number)):
            self._drop(["waiting"])
        else:
            self.fields["waiting"].help_text = " ".join(map(self._plan, older))

    def _plan(self, plan):
        """Return what `plan` would do, and to which words of the version shown."""
        when = date_format(timezone.localtime(plan.live_from), WHEN)
        why = "; ".join(publishing.why_clinical(plan, self.version))
        changes = why or in_short(compare(self.version.snapshot, plan.snapshot))
        unread = " It cannot be kept without a sign-off of its own." if why and not plan.is_signed else ""
        return f"As planned, version {plan.number} goes live on {when}. It would change: {changes}.{unread}"

    def _drop(self, names):
        for name in names:
            del self.fields[name]

    @property
    def is_sign_off_given(self):
        return bool(self.cleaned_data.get("signs"))

    def clean_next_review_on(self):
        day = self.cleaned_data["next_review_on"]
        if day and day <= timezone.localdate():
            raise ValidationError("The next review must be in the future.")
        if day and day > timezone.localdate() + MAX_AHEAD:
            raise ValidationError(TOO_FAR)
        return day

    def clean_live_from(self):
        moment = self.cleaned_data["live_from"]
        if moment and moment < timezone.now():
            raise ValidationError("This time has passed. Leave it empty to publish now.")
        return _near(moment)

    def clean_live_until(self):
        return _near(self.cleaned_data["live_until"])

    def clean(self):
        if self.signs_off:
            self._require_sign_off()
        else:
            self._check_publishing()
        return self.cleaned_data

    def _require_sign_off(self):
        if "signs" not in self.fields:
            raise ValidationError("Only a clinician can sign off. Ask an owner to add you as one.")
        if newer := publishing.newer_than(self.version):
            address = f"{reverse('admin:content_page_review', args=[newer.page_id])}?version={newer.number}"
            text = 'Version {} is newer than this one. <a href="{}">Read and sign off that one</a>.'
            raise ValidationError(format_html(text, newer.number, address))
        for name in SIGN_OFF_FIELDS:
            if name in self.fields and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, "Required for a sign-off.")

    def _check_publishing(self):
        if self.is_sign_off_given:
            self._require_sign_off()
        is_now = not self.cleaned_data.get("live_from")
        if is_now and "waiting" in self.fields and not self.cleaned_data.get("waiting"):
            self.add_error("waiting", "Say what happens to the version that waits.")
        self._check_change(self.cleaned_data.get("change"))

    def _check_change(self, change):
        if not change:
            self.add_error("change", "Choose the kind of change.")
        elif change == Version.Change.WORDING and not self.live:
            self.add_error("change", "This page is not live yet, so its first version is a clinical change.")
        elif change == Version.Change.URGENT:
            self._check_urgent()
        elif change == Version.Change.CLINICAL and not self.version.is_signed and not self.is_sign_off_given:
            field = "signs" if "signs" in self.fields else None
            self.add_error(field, "A clinical change needs a clinician’s sign-off on this version.")

    def _check_urgent(self):
        if not is_reason(self.cleaned_data.get("reason") or ""):
            self.add_error("reason", "Say in a few words why it cannot wait for a clinician.")
        if not self.cleaned_data.get("is_sure"):
            self.add_error("is_sure", "Read what changes, then check this box.")

    def sign_off(self):
        """Return the sign-off as the verbs take it; nothing if none was given."""
        if not self.is_sign_off_given:
            return {}
        return {"reviewer": self.clinician, "next_review_on": self.cleaned_data["next_review_on"]}

    def publication(self):
        """Return what `publishing.publish` takes."""
        given = {name: self.cleaned_data[name] for name in PUBLISH_FIELDS}
        given["keeps_waiting"] = self.cleaned_data.get("waiting") == "keep"
        return given | self.sign_off()
