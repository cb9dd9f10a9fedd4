"""A call or a walk-in, logged by staff through the visitors' own form: it enters the same queue."""

import logging

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from intake.forms.message import MessageForm
from intake.models import Submission
from intake.receiving import danger_words, storing

logger = logging.getLogger(__name__)

WORDS = {
    "in_california": ("Is the person in California?", "If this is about someone else: are they?"),
    "name": ("Name", "A first name or nickname is fine."),
    "reply_by": ("How should we reach them?", ""),
    "they_know": ("Do they know about this call?", ""),
    "email": ("Email", "One that only they read."),
    "voicemail": ("If they don’t pick up, may we leave a voicemail?", ""),
    "may_name_us": (
        "May we say that we’re a treatment center?",
        "If someone else picks up, and in a text or email.",
    ),
    "best_time": ("Best time to reach them", "Pacific time."),
    "language": ("Language", "Interpreter or relay (711)? Write it below."),
    "message": ("What they said", "Leave out ID and insurance numbers."),
}
NOT_STORED = ValidationError(
    "This call could not be saved and is not in the queue. Please try again in a minute. If it still fails,"
    " write it down on paper.",
    code="not_stored",
)


def log_message(model_admin, request):
    """Log a call or a visit. Replaces the form with which Django's admin would add a message."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = MessageForm(request.POST) if request.method == "POST" else MessageForm()
    if request.method == "POST" and form.is_valid():
        try:
            return _store(request, form)
        except DatabaseError as error:
            logger.error("A call could not be stored: %s.", type(error).__name__)
            form.add_error(None, NOT_STORED)
    _for_staff(form)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "title": "Log a call or visit",
        "form": form,
    }
    status = 503 if form.has_error(NON_FIELD_ERRORS, NOT_STORED.code) else 422 if form.errors else 200
    return TemplateResponse(request, "admin/intake/log_message.html", context, status=status)


def _store(request, form):
    submission = storing.receive(
        written=form.written,
        origin=Submission.Origin.SAME,
        danger=danger_words.find(form.written),
        logged_by=request.user,
    )
    messages.success(request, f"Message {submission.spoken_reference} is in the queue.")
    return HttpResponseRedirect(reverse("admin:intake_submission_change", args=[submission.pk]))


def _for_staff(form):
    """Ask about the person instead of asking them."""
    for name, (label, hint) in WORDS.items():
        form[name].label, form[name].help_text = label, hint
    for field in form.fields.values():  # the office's browser must not offer one person's name to the next
        field.widget.attrs["autocomplete"] = "off"
