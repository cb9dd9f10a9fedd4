"""Addresses of the pages: whatever the staff named them."""

from django.urls import re_path

from content import picture_views, views

app_name = "content"
urlpatterns = [
    re_path(r"^pictures/(?P<digest>[0-9a-f]{32})-(?P<width>[0-9]{2,4})\.webp\Z", picture_views.picture, name="picture"),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)\Z", views.page, name="page"),
]
