"""One message on one screen: what is safe, what was written, what was done, what to do next.

A GET shows it and is recorded. A POST names one action (actions.py) and leads back here.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from intake.admin.screens import actions, attempts, contact_forms
from intake.admin.screens.forms import CloseForm, HandOverForm, NoteForm
from intake.models import AccessLogEntry, Attempt, IntakeSettings, Note, ReplyBy, Status, Submission
from intake.outbox import emails
from intake.reply_times import PACIFIC, Office, in_words
from intake.staff import (
    access_log,
    claims,
    contact_preferences,
    due,
    follow_up,
    joined_wishes,
    mistakes,
    page_state,
    presence,
    same_person,
    scripts,
    steps,
    tries,
    workflow,
)

RELATED_DAYS = 30
MAX_RELATED = 10


def message(model_admin, request, object_id):
    """Show a message, or do what a button of its screen says. Replaces the admin's own form."""
    submission = model_admin.get_object(request, object_id)
    if not model_admin.has_view_permission(request, submission):
        raise PermissionDenied
    if submission is None:
        raise Http404("no such message")
    if request.method != "POST":
        return _show(model_admin, request, submission)
    if not model_admin.has_change_permission(request, submission):
        raise PermissionDenied
    return _act(model_admin, request, submission)


def _act(model_admin, request, submission):
    """Do what the button says. A refusal shows the page again, with what was typed."""
    try:
        with transaction.atomic():
            messages.success(request, actions.perform(request, submission))
    except workflow.StepRefusedError as refusal:
        messages.error(request, str(refusal))
        submission.refresh_from_db()
        question = refusal if isinstance(refusal, steps.DoubtfulStepError) else None
        return _show(model_admin, request, submission, status=422, question=question)
    is_gone = model_admin.get_object(request, str(submission.pk)) is None  # left the list of spam
    return HttpResponseRedirect("../../" if is_gone else request.path)


def next_message(model_admin, request):
    """Claim the most urgent message that nobody has, and open it."""
    if request.method != "POST" or not model_admin.has_change_permission(request):
        raise PermissionDenied
    submission = claims.claim_next(by=request.user)
    if submission is None:
        messages.info(request, "No message is waiting for somebody. Well done.")
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("admin:intake_submission_change", args=[submission.pk]))


def _show(model_admin, request, submission, *, status=200, question=None):
    has_contact = actions.may_see_contact(request, submission)
    kind = AccessLogEntry.Kind.CONTACT if has_contact else AccessLogEntry.Kind.DETAIL
    others = list(same_person.others_of(submission))
    access_log.record(request.user, kind, submission.reference)
    # Their words are on this screen too.
    access_log.record(request.user, AccessLogEntry.Kind.DETAIL, *(each.reference for each in others))
    found = contact_preferences.of(submission, request.user)
    presence.arrive(submission, request.user)
    claims.opened(submission, request.user)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "title": str(submission),
        "submission": submission,
        "may_delete": model_admin.has_delete_permission(request, submission),
        "may_change": model_admin.has_change_permission(request, submission),
        "has_contact": has_contact,
        "question": question,
        "asked_again": _asked_again(request, question),
        **_facts(request, submission, found),
        **_person(submission, others),
        **_forms(request, submission, found),
    }
    return TemplateResponse(request, "admin/intake/message.html", context, status=status)


def _asked_again(request, question):
    """Return the fields of the step that is questioned, to be sent again with the answer."""
    left_out = {"csrfmiddlewaretoken", "why"} | ({question.answer} if question else set())
    return [(name, value) for name, value in request.POST.items() if question and name not in left_out]


def presence_of_others(model_admin, request, submission_id):
    """Renew that the page is open, and say who else has it open. Called by a script of the page."""
    if request.method != "POST" or not model_admin.has_view_permission(request):
        raise PermissionDenied
    submission = get_object_or_404(Submission.objects.only("pk", "person"), pk=submission_id)
    presence.arrive(submission, request.user)
    names = [row.user.get_username() for row in presence.others(submission, request.user)]
    return JsonResponse({"others": names})


def _facts(request, submission, found):
    """Return what the page shows about the message."""
    now = timezone.now()
    return {
        "due": due.of(submission, now),
        "office_minutes_left": _office_minutes_left(submission, now),
        "others": [row.user.get_username() for row in presence.others(submission, request.user)],
        "additions": submission.additions.select_related("submission"),
        "preferences": found,
        "wishes": contact_preferences.rules(found),
        "best_times": joined_wishes.of(submission).best_times,
        "contacts": contact_preferences.contacts(found),
        "scripts": scripts.fitting(found),
        **contact_forms.forms_of(found, request),
        "related": [(row, due.of(row, now)) for row in _related(request.user, submission)],
        "timeline": workflow.timeline(submission),
        "can_take_back": mistakes.newest_of(submission, request.user),
        "state": page_state.of(submission),
        "received": in_words(submission.received_at, now),
    }


def _person(submission, others):
    """Return what the person wrote beside this message, and the notes on all of it."""
    everything, now = [submission, *others], timezone.now()
    return {
        "same_person": [(each, due.of(each, now)) for each in others],
        "open_of_person": sum(each.status in Status.open() for each in everything),
        "in_danger": [each for each in everything if each.danger],
        "notes": Note.objects.filter(submission__in=everything).select_related("submission"),
    }


def _forms(request, submission, found):
    """Return the forms for what can be done now; a refused one keeps what was typed."""
    sent = request.POST if request.method == "POST" else None
    typed = {form: sent for form in ("note", "close", "hand_over") if sent and sent.get("act") == form}
    is_mine = submission.claimed_by_id == request.user.pk
    is_held = submission.claimed_by_id is not None and not is_mine
    is_open = submission.status in Status.claimable()
    return {
        "is_mine": is_mine,
        "is_held": is_held,
        "is_open": is_open,
        "can_claim": is_open and submission.claimed_by_id is None,
        "can_try": is_open and not is_held,
        "can_close": Status.CLOSED in steps.ALLOWED[submission.status],
        "next_steps": [(step, actions.STEP_WORDS[step]) for step in workflow.next_steps(submission)],
        "note_form": NoteForm(typed.get("note")),
        "close_form": CloseForm(typed.get("close"), was_tried=tries.was_made(submission)),
        "hand_over_form": HandOverForm(
            typed.get("hand_over"), people=emails.readers().exclude(pk=request.user.pk)
        ),
        **_attempt(request, submission, found),
    }


def _attempt(request, submission, found):
    """Return what the buttons for an attempt show."""
    moments = follow_up.choices(submission, timezone.now())
    asked = request.POST.get("channel") or request.GET.get("channel")
    channel = asked if asked in Attempt.Channel.values else found.channel or submission.reply_by
    made, allowed = tries.number_made(submission), IntakeSettings.current().tries
    chosen = request.POST.get("outcome", "")
    is_wrong = contact_preferences.NEEDS[ReplyBy(channel)] in found.wrong
    is_called_off = bool(found.called_off and not found.channel)
    steps_left = [(moment.key, moment.label) for moment in moments]
    steps_left = attempts.NO_CALL_BACK if is_called_off else steps_left
    return {
        "moment_steps": attempts.AFTER_WRONG_CONTACT if is_wrong else steps_left,
        "is_wrong_contact": is_wrong,
        "is_called_off": is_called_off,
        "channel": channel,
        "channels": attempts.channels(found, channel),
        "attempt_choices": attempts.choices(
            found, steps_left, channel, chosen=chosen, may_try=not allowed or made < allowed
        ),
        "attempts_seen": submission.attempts.count(),
        "tries_made": made,
        "tries_allowed": allowed,
        "today": timezone.localdate(timezone=PACIFIC),
        "typed": request.POST,
    }


def _office_minutes_left(submission, now):
    """Return the minutes of office time left until the promise is broken, or None."""
    is_untried = submission.status in Status.untried()
    if not is_untried or not submission.promised_by or submission.promised_by < now:
        return None
    return Office.current().minutes_between(now, submission.promised_by)


def _related(user, submission):
    """Return messages from the same number or address within 30 days; each enters the access log."""
    days = timedelta(days=RELATED_DAYS)
    near = (submission.received_at - days, submission.received_at + days)
    others = same_person.others_of(submission).values("pk")
    rows = contact_preferences.same_contact(submission).filter(received_at__range=near)
    rows = list(rows.exclude(pk__in=others).without_texts().order_by("-received_at")[:MAX_RELATED])
    access_log.record(user, AccessLogEntry.Kind.LIST, *(row.reference for row in rows))
    return rows
