"""Addresses of the pages: whatever the staff named them."""

from django.urls import re_path

from content import views

app_name = "content"
urlpatterns = [re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)\Z", views.page, name="page")]
