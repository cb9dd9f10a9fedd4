"""The pages of a message: the form, and the thank-you page after the message is on disk."""

import logging
from urllib.parse import urlencode

from django.db import transaction
from django.db.utils import Error as DatabaseFailure
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from intake import database_timeouts, reply_times, typed_text
from intake.client_address import client_address
from intake.failures import named
from intake.forms import posted
from intake.forms.message import MessageForm
from intake.forms.own_message import AddForm
from intake.models import IntakeSettings, Submission
from intake.receiving import danger_words, readiness, request_origin, sent_token, spam_signs, storing

logger = logging.getLogger(__name__)

DATABASE_SECONDS = 6  # for everything; whoever waits for an answer gets it within 8


class SeeOther(HttpResponseRedirect):
    status_code = 303


@csrf_exempt  # there is no session to abuse; a token would only turn away people with an old page
@transaction.non_atomic_requests  # the thank-you page must never come before the commit
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@database_timeouts.end_within(DATABASE_SECONDS)
def send_message(request):
    """Show the form, or store what it sent. Every answer but success shows the text again."""
    if request.method != "POST":
        return _empty_form_page(request)
    sent = posted.read(request, MessageForm.base_fields.keys())
    try:
        if sent.words:
            return _form_page(
                request, MessageForm(initial=sent.fields.dict()), status=sent.status, unread=sent.words
            )
        if "switch_language" in sent.fields:
            return _switched_page(request, MessageForm(sent.fields))
        return _receive(request, MessageForm(sent.fields))
    except Exception as error:  # whatever it was: the person learns that it was not sent, and keeps the text
        logger.error("A message could not be stored: %s", _place_of(error))
        readiness.doubt()
        return _not_sent_page(request, sent.fields)


def _receive(request, form):
    if not form.is_valid():
        return _form_page(request, form, status=422)
    danger = danger_words.find(form.written)
    submission = storing.receive(
        written=form.written,
        danger=danger,
        origin=request_origin.judge(request.headers),
        signs=spam_signs.signs(form.written, was_trapped=form.was_trapped, seconds=form.seconds_taken),
        address=client_address(request),
    )
    promise = reply_times.promise_if_possible(timezone.now()).get("promised_by")
    sent = sent_token.Sent.of(
        form.written, reference=submission.sent_reference, danger=danger, promised_by=promise
    )
    return SeeOther(f"{reverse('intake:message_sent')}?{urlencode({'message': sent_token.make(sent)})}")


def _switched_page(request, typed):
    """Show the form in the language of this address with what was `typed` in another; nothing is stored."""
    initial = {field.name: field.data for field in typed}
    form = MessageForm(initial=initial | {"language": get_language()})
    return _form_page(request, form)


def _empty_form_page(request):
    """Show the form; while no message can be stored, say so before the person writes anything.

    The doors at the end of each page lead here with their answer to the first question.
    """
    form = MessageForm(initial={"reason": request.GET.get("reason"), "language": get_language()})
    if readiness.problem():
        return _storing_down_page(request, form)
    try:
        return _form_page(request, form, intake_settings=IntakeSettings.read())
    except DatabaseFailure as error:
        logger.error("The form is shown, but no message can be stored: %s", _place_of(error))
        return _storing_down_page(request, form)


def _form_page(request, form, *, status=200, intake_settings=None, unread=""):
    settings = intake_settings or IntakeSettings.current()
    form.offer_times(settings.offered_times)
    office = reply_times.situation()
    context = {"form": form, "office": office, "intake_settings": settings, "unread": unread}
    return render(request, "intake/send_message.html", context, status=status)


def _storing_down_page(request, form):
    settings = IntakeSettings.seen_last()
    form.offer_times(settings.offered_times)
    context = {"form": form, "intake_settings": settings, "is_storing_down": True}
    response = render(request, "intake/send_message.html", context, status=503)
    response["Retry-After"] = "30"
    return response


def _not_sent_page(request, fields):
    """Answer 503 with the text; if even the page cannot be built, with a plainer one that needs nothing."""
    try:
        return _storing_down_page(request, MessageForm(fields))
    except Exception as error:
        logger.error("The page of a message that was not stored failed: %s", _place_of(error))
        labels = {name: str(field.label or "") for name, field in MessageForm.base_fields.items()}
        typed = [(name, labels[name], typed_text.cleaned(fields.get(name, ""))) for name in labels]
        context = {
            "typed": typed,
            "visible": [name for name in Submission.encrypted_names() if name != "message"],
        }
        return HttpResponse(_plain_page(request, context), status=503)


def _plain_page(request, context):
    try:  # with the phone of the clinic, which comes from the context processors
        return render_to_string("intake/not_sent.html", context, request)
    except Exception:
        return render_to_string("intake/not_sent.html", context)


def _place_of(error):
    """Name an error without its message, which may quote what the person typed."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return f"{named(error)} in {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


@require_safe
@cache_control(no_store=True)
@database_timeouts.end_within(DATABASE_SECONDS)
def message_sent(request):
    """Thank the person; the page depends on the token alone, never on what is stored."""
    token = request.GET.get("message", "")
    try:
        sent = sent_token.read(token)
    except sent_token.WrongTokenError:
        context = {"intake_settings": IntakeSettings.current()}
        return render(request, "intake/no_such_message_sent.html", context, status=404)
    context = {
        "sent": sent,
        "token": token,
        "add_form": AddForm(initial={"token": token}),
        "office": reply_times.situation(promised_by=sent.promised_by),
        "intake_settings": IntakeSettings.current(),
    }
    return render(request, "intake/message_sent.html", context)


@require_safe
@cache_control(no_store=True)
def clear_cache(request):
    """Answer a stylesheet that makes the browser forget its copies of our pages (a shared phone)."""
    headers = {"Clear-Site-Data": '"cache"'}
    return HttpResponse("/* Empties this site's cache. */\n", content_type="text/css", headers=headers)
