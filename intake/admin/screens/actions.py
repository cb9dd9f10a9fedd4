"""What the buttons on the screen of a message do: each reads its form and calls one verb of workflow.py.

An action returns the words that confirm it, or raises StepRefusedError. They never name a person.
"""

import time

from django.contrib.auth import get_user_model
from django.utils import timezone

from intake.admin.screens import contact_forms
from intake.admin.screens.forms import AttemptForm, CloseForm, HandOverForm, NoteForm
from intake.models import Status
from intake.staff import follow_up, workflow
from intake.staff.workflow import StepRefusedError

CONTACT_SECONDS = 15 * 60  # how long the check mark at the safety note lasts for one message
SEEN = "safety_notes_read"  # in the session: key of the message -> until when, in seconds since 1970
STEP_WORDS = {
    Status.REFERRED: "Referred to other help",
    Status.SPAM: "Mark as spam",
    Status.NEW: "Not spam: move back to messages",
    Status.CLAIMED: "Reopen",
}


def perform(request, submission):
    """Do what the form names."""
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        raise StepRefusedError("Nothing was changed: this page is out of date. Please try again.")
    return act(request, submission)


def may_see_contact(request, submission):
    """Whether this person confirmed the safety note of this message a short time ago."""
    return request.session.get(SEEN, {}).get(str(submission.pk), 0) > time.time()


def _see_contact(request, submission):
    if request.POST.get("has_read") != "yes":
        raise StepRefusedError("Read the safety note first, then check the box.")
    now = time.time()
    seen = {key: until for key, until in request.session.get(SEEN, {}).items() if until > now}
    request.session[SEEN] = seen | {str(submission.pk): now + CONTACT_SECONDS}
    return "Contact details are shown for 15 minutes."


def _claim(request, submission):
    workflow.claim(submission, by=request.user)
    return "You have claimed this message."


def _release(request, submission):
    workflow.release(submission, by=request.user)
    return "Released. Anyone can claim it now."


def _hand_over(request, submission):
    form = HandOverForm(request.POST, people=get_user_model().objects.filter(is_active=True))
    if not form.is_valid():
        raise StepRefusedError("Choose a colleague.")
    workflow.hand_over(submission, to=form.cleaned_data["to"], by=request.user)
    return "Handed over."


def _attempt(request, submission):
    moments = follow_up.choices(submission, timezone.now())
    form = AttemptForm(request.POST, submission=submission, moments=moments)
    if not form.is_valid():
        raise StepRefusedError("Choose how you tried and an outcome.")
    workflow.log_attempt(
        submission,
        by=request.user,
        channel=form.cleaned_data["channel"],
        outcome=form.cleaned_data["outcome"],
        next_due_at=form.next_due_at,
        attempts_seen=form.cleaned_data["attempts_seen"],
    )
    return "Attempt logged."


def _note(request, submission):
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise StepRefusedError(" ".join(error for errors in form.errors.values() for error in errors))
    workflow.add_note(submission, by=request.user, text=form.cleaned_data["text"])
    return "Note added."


def _close(request, submission):
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise StepRefusedError("Choose an outcome.")
    workflow.close(submission, by=request.user, outcome=form.cleaned_data["outcome"])
    return "Closed."


def _step(request, submission):
    status = request.POST.get("status")
    if status not in workflow.next_steps(submission):
        raise StepRefusedError("This step is not possible right now.")
    row = workflow.move(submission, by=request.user, status=status)
    return f"The message is now {row.get_status_display().lower()}."


def _hold(request, submission):
    row = workflow.hold(submission, by=request.user, is_on_hold=request.POST.get("keep") == "yes")
    if row.is_on_hold:
        return "This message will never be deleted automatically."
    return "This message can be deleted automatically again."


ACTS = {
    "contact": _see_contact,
    "claim": _claim,
    "release": _release,
    "hand_over": _hand_over,
    "attempt": _attempt,
    "note": _note,
    "close": _close,
    "step": _step,
    "keep": _hold,
    **contact_forms.ACTS,
}
