"""The banner above every list of messages while staff have not been told of some."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from intake.outbox import delivery


class AlarmMixin:
    """Says above every list of this app when staff have not been told of messages."""

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET" and (count := delivery.untold().count()):
            link = reverse("admin:intake_notification_changelist") + "?state=waiting"
            text = '{} notice(s) could not be sent for 15 minutes. <a href="{}">See why, send again</a>.'
            messages.error(request, format_html(text, count, link))
        return super().changelist_view(request, extra_context)
