"""Addresses of the message form. `contact` without a slash takes a POST too, so that no body is lost."""

from django.urls import path

from intake import own_views, views

app_name = "intake"
urlpatterns = [
    path("contact/", views.send_message, name="send_message"),
    path("contact", views.send_message),
    path("contact/sent/", views.message_sent, name="message_sent"),
    path("contact/add/", own_views.add_to_message, name="add_to_message"),
    path("contact/added/", own_views.message_added, name="message_added"),
    path("contact/status/", own_views.message_status, name="message_status"),
    path("contact/delete/", own_views.delete_message, name="delete_message"),
    path("contact/sent/clear.css", views.clear_cache, name="clear_cache"),
]
