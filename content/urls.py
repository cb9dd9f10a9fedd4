"""Addresses of the pages: whatever the staff named them; and of drafts that a reviewer was sent."""

from django.urls import path, re_path

from content.visitors import views

app_name = "content"
urlpatterns = [
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)helpful/\Z", views.helpful, name="helpful"),
    path("preview/<slug:token>/", views.preview, name="preview"),
    re_path(
        r"^pictures/(?P<digest>[0-9a-f]{32})-(?P<width>[0-9]{1,4})\.webp\Z",
        views.picture,
        name="picture",
    ),
    re_path(
        r"^pictures/site/(?P<what>social|dark|icon-180|icon-192|icon-512)-(?P<key>[0-9a-f]{12})\Z",
        views.site_picture,
        name="site_picture",
    ),
    re_path(r"^(?P<path>(?:[a-z0-9-]+/)*)\Z", views.page, name="page"),
]
