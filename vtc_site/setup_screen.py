"""The screen “Before you open”, with the buttons that prove that mail and messages arrive. For owners."""

import logging
import uuid

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.mail import get_connection
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from intake.failures import named
from intake.models import Canary
from intake.outbox import canary, emails, wakeup
from vtc_site import setup_list

logger = logging.getLogger(__name__)

WAIT_SECONDS = 5  # for the mail server, while somebody waits for the page
SHOWN = 5  # test messages


def setup_urls(site):
    """Return the address of the screen, for Django's admin `site`."""
    return [path("setup/", site.admin_view(setup), name="setup")]


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request):
    """Show what is missing, or do what a button says."""
    if not request.user.has_perm(setup_list.MAY_SEE):
        raise PermissionDenied
    if request.method == "POST":
        act = {"mail": _send_test_mail, "message": _want_test_message}.get(request.POST.get("act"))
        if act:
            act(request)
        return HttpResponseRedirect(reverse("admin:setup"))
    groups = setup_list.groups()
    context = {
        **admin.site.each_context(request),
        "title": "Before you open",
        "groups": groups,
        "counts": setup_list.counts(groups),
        "tests": [(row, _steps(row)) for row in Canary.objects.all()[:SHOWN]],
        "is_waiting": Canary.objects.filter(mailed_at=None, alarmed_at=None).exists(),
    }
    return TemplateResponse(request, "admin/setup/setup.html", context)


def _send_test_mail(request):
    """Send an email to whoever pressed the button, and say what the mail server answered."""
    if not request.user.email:
        return messages.error(request, "Your account has no email address.")
    try:
        mail = emails.test_mail(request.user.email, mail_key=uuid.uuid4())
        emails.send(mail, get_connection(timeout=WAIT_SECONDS))
    except Exception as error:
        logger.warning("A test email was not taken: %s.", named(error))
        return messages.error(request, f"The mail server did not take it: {named(error)}. No notice arrives.")
    return messages.success(request, "The mail server took it. Check your inbox and your spam folder.")


def _want_test_message(request):
    canary.want(by=request.user)
    transaction.on_commit(wakeup.wake)
    messages.success(request, "A test message is on its way. Watch it below.")


def _steps(row):
    """Return what has happened to a test message, as (words, time)."""
    steps = [
        ("Sent through the form", row.launched_at),
        ("Stored and recognized as a test", row.received_at),
        ("Taken by the mail server", row.mailed_at),
    ]
    return [(words, at) for words, at in steps if at]
