"""What the buttons on the screen of a message do: each reads its form and calls one verb of workflow.py.

An action returns the words that confirm it, or raises StepRefusedError. They never name a person.
"""

import re
import time
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from intake.admin.screens import contact_forms
from intake.admin.screens.forms import AttemptForm, CloseForm, HandOverForm, NextStepForm, NoteForm
from intake.models import Status, Submission
from intake.reply_times import PACIFIC, in_words
from intake.staff import danger, follow_up, mistakes, page_state, same_person, steps, workflow
from intake.staff.steps import DoubtfulStepError, StepRefusedError

CONTACT_SECONDS = 15 * 60  # how long the check mark at the safety note lasts for one message
FAR = timedelta(days=60)  # a call-back after that is rather a mistake
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
    if request.POST["act"] not in FROM_ANY_PAGE:
        row, is_attempt = steps.locked(submission)[0], act == _attempt  # which counts them itself
        page_state.refuse_stale(row, request.POST.get("state"), by=request.user, but_for_attempts=is_attempt)
    return act(request, submission)


def may_see_contact(request, submission):
    """Whether this person confirmed the safety note a short time ago, and no colleague has the message."""
    if submission.claimed_by_id not in (None, request.user.pk):
        return False
    return request.session.get(SEEN, {}).get(str(submission.pk), 0) > time.time()


def _see_contact(request, submission):
    if submission.claimed_by_id not in (None, request.user.pk):
        raise StepRefusedError(
            f"{submission.claimed_by.get_username()} has this message. Take it over first."
        )
    if request.POST.get("has_read") != "yes":
        raise StepRefusedError("Read the safety note first, then press the button below it.")
    now = time.time()
    seen = {key: until for key, until in request.session.get(SEEN, {}).items() if until > now}
    request.session[SEEN] = seen | {str(submission.pk): now + CONTACT_SECONDS}
    return "Contact details are shown for 15 minutes."


def _claim(request, submission):
    workflow.claim(submission, by=request.user)
    return "You have claimed this message."


def _claim_and_show(request, submission):
    row = workflow.claim(submission, by=request.user)
    return f"You have claimed this message. {_see_contact(request, row)}"


def _take_over(request, submission):
    row = workflow.take_over(submission, by=request.user)
    return f"You have taken over this message. {_see_contact(request, row)}"


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
    form = AttemptForm(request.POST, moments=follow_up.choices(submission, timezone.now()))
    _refuse_invalid(form, "Choose how you tried and an outcome.")
    _ask_whether_meant(form)
    names = ("channel", "outcome", "attempts_seen", "is_meant")
    attempt = {name: form.cleaned_data[name] for name in names} | {"why": _why(request)}
    if form.closed_as:
        workflow.log_attempt_and_close(submission, by=request.user, closed_as=form.closed_as, **attempt)
        return "Attempt logged and message closed."
    workflow.log_attempt(submission, by=request.user, **attempt, **form.plan)
    return "Attempt logged."


def _refuse_invalid(form, words):
    if not form.is_valid():
        raise StepRefusedError(" ".join([*form.non_field_errors(), *form.errors.get("time", [])]) or words)


def _ask_whether_meant(form):
    """A wrong year would hide a message for a year."""
    at = form.plan.get("next_due_at")
    now = timezone.now()
    if not at or at <= now + FAR or form.cleaned_data["is_far_meant"]:
        return
    year = at.astimezone(PACIFIC).year
    is_other = year != now.astimezone(PACIFIC).year
    question = f"in {year}. Is the year right?" if is_other else "more than 60 days away. Is the date right?"
    raise DoubtfulStepError(f"That is {question}", answer="is_far_meant", tick=f"Yes, {in_words(at)}")


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
    workflow.close(submission, by=request.user, outcome=form.cleaned_data["outcome"], why=_why(request))
    return "Closed."


def _step(request, submission):
    status = request.POST.get("status")
    if status not in workflow.next_steps(submission):
        raise StepRefusedError("This step is not possible right now.")
    form = NextStepForm(request.POST, moments=follow_up.choices(submission, timezone.now()))
    plan = {}
    if status == Status.REFERRED:
        _refuse_invalid(form, "Choose what comes next.")
        _ask_whether_meant(form)
        plan = form.plan
    row = workflow.move(submission, by=request.user, status=status, why=_why(request), **plan)
    return f"The message is now {row.get_status_display().lower()}."


def _hold(request, submission):
    row = workflow.hold(submission, by=request.user, is_on_hold=request.POST.get("keep") == "yes")
    if row.is_on_hold:
        return "This message will never be deleted automatically."
    return "This message can be deleted automatically again."


def _same_person(request, submission):
    other = Submission.objects.filter(pk=_key(request.POST.get("other"))).first()
    if other is None:
        raise StepRefusedError("Nothing was changed: that message is not there any more.")
    same_person.confirm(submission, other, by=request.user)
    return "Noted. These messages are worked as one from now on."


def _key(typed):
    return int(typed) if re.fullmatch("[0-9]{1,18}", typed or "") else None


def _separate(request, submission):
    same_person.separate(submission, by=request.user)
    return "This message is worked by itself again."


def _in_danger(request, submission):
    danger.raise_flag(submission, by=request.user, reason=_reason(request))
    return "It stands above every other message, and everybody is asked to look now."


def _not_in_danger(request, submission):
    danger.lower_flag(submission, by=request.user, reason=_reason(request))
    return "The flag is gone. Your reason is a note."


def _why(request):
    """Return the reason for leaving a person in danger alone; empty without the tick."""
    return _reason(request, "why") if request.POST.get("is_accepted") == "yes" else ""


def _reason(request, name="reason"):
    form = NoteForm({"text": request.POST.get(name, "")})
    return form.cleaned_data["text"] if form.is_valid() else ""


def _take_back(request, submission):
    mistakes.take_back(submission, by=request.user, key=_key(request.POST.get("attempt")))
    return "Taken back. The attempt does not count; what happened shows both."


# These only add to what is there, or refuse by themselves.
FROM_ANY_PAGE = {"note", "wish", "detail", "contact", "claim", "claim_and_show", "take_back"}
ACTS = {
    "take_back": _take_back,
    "same_person": _same_person,
    "separate": _separate,
    "in_danger": _in_danger,
    "not_in_danger": _not_in_danger,
    "contact": _see_contact,
    "claim": _claim,
    "claim_and_show": _claim_and_show,
    "take_over": _take_over,
    "release": _release,
    "hand_over": _hand_over,
    "attempt": _attempt,
    "note": _note,
    "close": _close,
    "step": _step,
    "keep": _hold,
    **contact_forms.ACTS,
}
