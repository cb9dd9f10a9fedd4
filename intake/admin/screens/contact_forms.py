"""The forms about how a person may be reached, and what their buttons do. For actions.py and message.py."""

from email.utils import parseaddr

from django import forms
from django.conf import settings

from intake import typed_text
from intake.forms.contact_fields import READERS, AsksOnce
from intake.forms.fields import PlainTextField
from intake.models import ContactDetail, IntakeSettings, Language, MayContact, ReplyBy, Voicemail, YesNo
from intake.outbox import emails
from intake.staff import contact_changes, scripts
from intake.staff.workflow import StepRefusedError

AS_BEFORE = [("", "As before")]
MAX_SAID_CHARACTERS = 500


class WishForm(forms.Form):
    use_required_attribute = False
    may_contact = forms.ChoiceField(
        label="May we contact them", choices=[*AS_BEFORE, *MayContact.choices], required=False
    )
    reply_by = forms.ChoiceField(
        label="Reach them by", choices=[*AS_BEFORE, *ReplyBy.choices], required=False
    )
    voicemail = forms.ChoiceField(label="Voicemail", choices=[*AS_BEFORE, *Voicemail.choices], required=False)
    may_name_us = forms.ChoiceField(
        label="May we say who we are", choices=[*AS_BEFORE, *YesNo.choices], required=False
    )
    said = PlainTextField(
        label="Who said it, and how",
        help_text="Needed if it allows more than before.",
        max_length=MAX_SAID_CHARACTERS,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class DetailForm(AsksOnce):
    use_required_attribute = False
    kind = forms.ChoiceField(label="New", choices=ContactDetail.Kind.choices)
    value = PlainTextField(
        label="Number or address", max_length=254, widget=forms.TextInput({"autocomplete": "off"})
    )
    asked_value = PlainTextField(max_length=254, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and cleaned.get("value"):
            cleaned["value"] = READERS[kind](cleaned["value"])
            self.ask_once("value", kind)
        return cleaned


class AgreementForm(forms.Form):
    use_required_attribute = False
    way = forms.ChoiceField(label="We may", choices=ReplyBy.choices)
    reason = PlainTextField(
        label="Why", max_length=MAX_SAID_CHARACTERS, widget=forms.TextInput({"autocomplete": "off"})
    )


class EmailForm(forms.Form):
    use_required_attribute = False
    subject = PlainTextField(
        label="Subject",
        max_length=100,
        read=typed_text.one_line,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    body = PlainTextField(
        label="Text",
        max_length=4000,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
    )
    consent = forms.BooleanField(label="They agreed to email that is not encrypted", required=False)


def _email_form(found, fitting, typed):
    """Return the form for an email: as typed, or with the first script that fits while they allow email."""
    if typed is not None:
        return EmailForm(typed, auto_id="email_%s")
    if found.channel != ReplyBy.EMAIL:
        return None
    # A neutral subject says nothing, in either language.
    subject = "Para usted" if found.submission.language == Language.SPANISH else "For you"
    words = fitting[0].filled(found.submission.name, "") if fitting else ""
    return EmailForm(auto_id="email_%s", initial={"subject": subject, "body": words})


def forms_of(found, request):
    """Return the forms for the screen: each shown where it can be used, a refused one as it was typed."""
    is_alone = IntakeSettings.current().is_one_person
    may_agree = is_alone or found.submission.claimed_by_id != request.user.pk
    act = request.POST.get("act")
    typed = {act: request.POST}
    agreement = AgreementForm(typed.get("agree"), auto_id="agreement_%s")
    may_agree = (found.problem and may_agree) or agreement.is_bound
    return {
        "wish_form": WishForm(typed.get("wish"), auto_id="wish_%s"),
        "detail_form": DetailForm(typed.get("detail"), auto_id="detail_%s"),
        "agreement_form": agreement if may_agree else None,
        "is_one_person": is_alone,
        "may_agree": [user.get_username() for user in emails.readers() if user != request.user],
        "email_form": _email_form(found, scripts.fitting(found), typed.get("email")),
        "email_sender": parseaddr(settings.COPY_FROM_EMAIL)[1],
        "replies": found.submission.replies.select_related("notification").order_by("at"),
    }


def _checked(form):
    if not form.is_valid():
        raise StepRefusedError("Nothing was changed or sent yet. What to look at stands beside the field.")
    return form.cleaned_data


def _wish(request, submission):
    wish = contact_changes.add_wish(submission, by=request.user, **_checked(WishForm(request.POST)))
    return (
        "Their wish was added." if not wish.is_looser else "Their wish was added. It allows more than before."
    )


def _detail(request, submission):
    typed = _checked(DetailForm(request.POST))
    contact_changes.add_detail(submission, by=request.user, kind=typed["kind"], value=typed["value"])
    return "The new contact detail was added. The one before is kept, crossed out."


def _agree(request, submission):
    contact_changes.agree(submission, by=request.user, **_checked(AgreementForm(request.POST)))
    return "Your agreement was noted."


def _email(request, submission):
    typed = _checked(EmailForm(request.POST))
    has_consent = typed.pop("consent")
    contact_changes.send_email(submission, by=request.user, has_consent=has_consent, **typed)
    return "The email is on its way. Log it as an attempt, too."


ACTS = {"email": _email, "wish": _wish, "detail": _detail, "agree": _agree}
