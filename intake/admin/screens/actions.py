"""What the buttons on the screen of a message do: each reads its form and calls one verb of workflow.py.

An act returns the words that tell it is done; what is refused raises StepRefused. No word names a person.
"""

import time

from django.contrib.auth import get_user_model
from django.utils import timezone

from intake.admin.screens.forms import AttemptForm, CloseForm, HandOverForm, NoteForm
from intake.models import Submission
from intake.staff import follow_up, workflow
from intake.staff.workflow import StepRefused

CONTACT_SECONDS = 15 * 60  # how long a tick on the safety note holds for one message
SEEN = "safety_notes_read"  # in the session: key of the message -> until when, in seconds since 1970
Status = Submission.Status
STEP_WORDS = {
    Status.REFERRED: "Referred to other help",
    Status.SPAM: "This is spam",
    Status.NEW: "Not spam: put back",
    Status.CLAIMED: "Open it again",
}


def perform(request, submission):
    """Do the act that the form names."""
    act = ACTS.get(request.POST.get("act"))
    if act is None:
        raise StepRefused("Nothing was done: this page is out of date. Please try again.")
    return act(request, submission)


def may_see_contact(request, submission):
    """Whether this person ticked the safety note of this message a short time ago."""
    return request.session.get(SEEN, {}).get(str(submission.pk), 0) > time.time()


def _see_contact(request, submission):
    if request.POST.get("has_read") != "yes":
        raise StepRefused("Read the safety note first, then tick the box.")
    now = time.time()
    seen = {key: until for key, until in request.session.get(SEEN, {}).items() if until > now}
    request.session[SEEN] = seen | {str(submission.pk): now + CONTACT_SECONDS}
    return "The contact details are shown for 15 minutes."


def _claim(request, submission):
    workflow.claim(submission, by=request.user)
    return "You have claimed this message."


def _release(request, submission):
    workflow.release(submission, by=request.user)
    return "Released: everybody can claim it."


def _hand_over(request, submission):
    form = HandOverForm(request.POST, people=get_user_model().objects.filter(is_active=True))
    if not form.is_valid():
        raise StepRefused("Choose a colleague.")
    workflow.hand_over(submission, to=form.cleaned_data["to"], by=request.user)
    return "Handed over."


def _attempt(request, submission):
    moments = follow_up.choices(submission, timezone.now())
    form = AttemptForm(request.POST, submission=submission, moments=moments)
    if not form.is_valid():
        raise StepRefused("Choose how you tried and what came of it.")
    workflow.log_attempt(
        submission,
        by=request.user,
        channel=form.cleaned_data["channel"],
        outcome=form.cleaned_data["outcome"],
        next_due_at=form.next_due_at,
        attempts_seen=form.cleaned_data["attempts_seen"],
    )
    return "The attempt is logged."


def _note(request, submission):
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise StepRefused(" ".join(error for errors in form.errors.values() for error in errors))
    workflow.add_note(submission, by=request.user, text=form.cleaned_data["text"])
    return "The note is added."


def _close(request, submission):
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise StepRefused("Choose how it ended.")
    workflow.close(submission, by=request.user, outcome=form.cleaned_data["outcome"])
    return "Closed."


def _step(request, submission):
    status = request.POST.get("status")
    if status not in workflow.next_steps(submission):
        raise StepRefused("This step is not possible now.")
    row = workflow.move(submission, by=request.user, status=status)
    return f"The message is {row.get_status_display().lower()} now."


def _keep(request, submission):
    row = workflow.keep(submission, by=request.user, is_on_hold=request.POST.get("keep") == "yes")
    return "It is kept, whatever its age." if row.is_on_hold else "It is deleted in its time."


ACTS = {
    "contact": _see_contact,
    "claim": _claim,
    "release": _release,
    "hand_over": _hand_over,
    "attempt": _attempt,
    "note": _note,
    "close": _close,
    "step": _step,
    "keep": _keep,
}
