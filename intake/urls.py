"""Addresses of the message form. `contact` without a slash takes a POST too, so that no body is lost."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from intake.receiving import own_message_views, views

app_name = "intake"
urlpatterns = [
    path(_("contact/"), views.send_message, name="send_message"),
    path(_("contact"), views.send_message),
    path(_("contact/sent/"), views.message_sent, name="message_sent"),
    path(_("contact/sent/clear.css"), views.clear_cache, name="clear_cache"),
    path(_("contact/add/"), own_message_views.add_to_message, name="add_to_message"),
    path(_("contact/added/"), own_message_views.message_added, name="message_added"),
    path(_("contact/status/"), own_message_views.message_status, name="message_status"),
    path(_("contact/delete/"), own_message_views.delete_message, name="delete_message"),
]
