"""The pages on which senders add to their message, ask about it or delete it. Everything travels by POST.

As on the form there is no session, so no token against forged requests: what proves the sender is the
reference with a contact detail, or the encrypted token of the page after sending.
"""

import logging
from functools import wraps
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from intake import database_timeouts, reply_times
from intake.client_address import client_address
from intake.failures import named
from intake.forms import posted
from intake.forms.own_message import AddForm, AddLaterForm, DeleteForm, OwnMessageForm
from intake.models import IntakeSettings
from intake.receiving import danger_words, own_message, sent_token
from intake.receiving.views import DATABASE_SECONDS, SeeOther

logger = logging.getLogger(__name__)

NOT_FOUND = _(
    "We found no message with these two. Please check both. A message that was deleted can’t be found."
)
TOKEN_IS_OVER = _(
    "This page no longer knows which message is yours. Please enter your reference, and your number or email."
)
TOO_MANY = _("There were too many tries today. Please try again tomorrow, or send us a new message.")
TOO_MUCH = _("You’ve added a lot today. Please send us a new message with this, so that nothing is lost.")
ENTER_THE_WHOLE = _("There were too many tries today. Please enter the whole number or email address.")
NOT_NOW = _("That isn’t possible right now. That is our fault, not yours. Please try again in a minute.")


def _page(form_class, name):
    """Make a view of `act(request, form)`, which answers a POST, or None to show the form with its errors."""

    def decorate(act):
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @cache_control(no_store=True)
        @database_timeouts.end_within(DATABASE_SECONDS)
        @wraps(act)
        def view(request):
            if request.method != "POST":
                return _show(request, name, form_class())
            sent = posted.read(request, form_class.base_fields.keys())
            if sent.words:
                form = form_class(initial=sent.fields.dict())
                return _show(request, name, form, status=sent.status, unread=sent.words)
            form = form_class(sent.fields)
            try:
                return act(request, form) or _show(request, name, form, status=422)
            except Exception as error:  # whatever it was: what was typed stays
                logger.error("A sender could not %s: %s.", name.replace("_", " "), named(error))
                form.add_error(None, NOT_NOW)
                return _show(request, name, form, status=503)

        return view

    return decorate


def _show(request, name, form, *, status=200, **known):
    context = {"form": form, "intake_settings": IntakeSettings.current(), **known}
    return render(request, f"intake/{name}.html", context, status=status)


def _found(request, form):
    """Return the message that the form names, or None with the reason on the form."""
    if not form.is_valid():
        return None
    try:
        fields, address = form.cleaned_data, client_address(request)
        own = own_message.find(fields["reference"], fields["contact"], address=address)
    except own_message.TooManyError:
        if own_message.is_whole(fields["contact"]):
            form.add_error(None, TOO_MANY)
        else:
            form.add_error("contact", ENTER_THE_WHOLE)
        return None
    if own is None:
        form.add_error("reference", NOT_FOUND)
    return own


@_page(AddLaterForm, "add_to_message")
def add_to_message(request, form):
    """Add to a message, correct a contact detail or call it off: with the token, or with the reference."""
    own = _named_by_token(form.data)
    if own is None:
        own = _found(request, form)
        if own is None and form.data.get("token"):
            form.add_error(None, TOKEN_IS_OVER)
    else:
        form = AddForm(form.data)
    if own is None or not form.is_valid():
        return _show(request, "add_to_message", form, status=422)
    fields = form.cleaned_data
    danger = danger_words.find({"message": fields["text"], "relationship": "", "name": ""})
    try:
        own_message.add(
            own,
            text=fields["text"],
            phone=fields["new_phone"],
            email=fields["new_email"],
            is_called_off=fields["call_off"],
            danger=danger,
        )
    except own_message.AddedTooMuchError:
        form.add_error(None, TOO_MUCH)
        return _show(request, "add_to_message", form, status=422)
    token = sent_token.make(sent_token.Sent(danger=danger))
    return SeeOther(f"{reverse('intake:message_added')}?{urlencode({'message': token})}")


def _named_by_token(fields):
    """Return the message of a token that is not over, or None."""
    try:
        reference = sent_token.read(fields.get("token", "")).reference
    except sent_token.WrongTokenError:
        return None
    return own_message.with_reference(reference) if reference else None


@require_safe
@cache_control(no_store=True)
def message_added(request):
    """Say that it is stored, after help if the words spoke of danger; the token alone decides that."""
    try:
        sent = sent_token.read(request.GET.get("message", ""))
    except sent_token.WrongTokenError:
        sent = sent_token.Sent()
    context = {"sent": sent, "office": reply_times.situation()} if sent.danger else {}
    return render(request, "intake/message_added.html", context)


@_page(OwnMessageForm, "message_status")
def message_status(request, form):
    """Say in a word where a message is."""
    own = _found(request, form)
    return own and _show(request, "message_status", form, word=own_message.status_word(own))


@_page(DeleteForm, "delete_message")
def delete_message(request, form):
    """Delete a message for good, if owners have switched this on."""
    if not IntakeSettings.current().can_delete:
        return _show(request, "delete_message", DeleteForm(), status=403)  # no form is shown, so no errors
    own = _found(request, form)
    if own is None:
        return None
    return _show(request, "delete_message", form, is_done=True, is_deleted=own_message.delete(own))
