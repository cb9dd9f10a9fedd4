"""Every address of the site. Content's catch-all stands last."""

from content.sitemaps import PageSitemap
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from vtc_site import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path("", include("intake.urls")),
    path("", include("content.urls")),
]

handler500 = "vtc_site.views.server_error"
