"""Addresses of the sign-in, inside the admin's own. Called by vtc_site/admin_site.py."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from vtc_site.sign_in import views


def sign_in_urls(site):
    """Return the addresses that stand before the own ones of Django's admin `site`, login/ among them."""

    def public(route, view):
        return path(route, login_not_required(view), name=view.__name__)

    renew = site.admin_view(views.renew_recovery_codes)
    return [
        public("login/", views.login),
        public("login/password/", views.first_password),
        public("login/second-step/", views.set_up_second_factor),
        public("login/recovery-codes/", views.keep_recovery_codes),
        public("forgotten-password/", views.forgotten_password),
        public("new-password/", views.new_password),
        public("still-here/", views.still_here),
        path("confirm-code/", site.admin_view(views.confirm_code), name="confirm_code"),
        path("recovery-codes/", renew, name="renew_recovery_codes"),
    ]
