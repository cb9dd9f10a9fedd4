"""Every address of the site. Content's catch-all stands last."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from content.visitors.views import search
from vtc_site import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz/", views.health_check, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("site.webmanifest", views.web_manifest, name="web_manifest"),
    path("favicon.ico", views.icon, {"size": 192}, name="favicon"),
    path("apple-touch-icon.png", views.icon, {"size": 180}, name="apple_touch_icon"),
    *i18n_patterns(
        path(_("search/"), search, name="search"),
        path("", include("intake.urls")),
        prefix_default_language=False,
    ),
    path("", include("content.urls")),
]

handler400 = "vtc_site.views.bad_request"
handler403 = "vtc_site.views.refused"
handler500 = "vtc_site.views.server_error"
