"""Screens of a page that Django's admin does not have: plain views, each with a line in PageAdmin.get_urls.

Here is what all of them need.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from content.admin.editing import typed_number
from content.models import Page, Version

MAY_PUBLISH, MAY_SIGN_OFF = "content.publish_page", "content.sign_off_page"
MAY_TRASH, MAY_REQUIRE = "content.delete_page", "content.require_topics_for_page"


def page_admin():
    """Return the admin of pages, which knows who may view, add and change them."""
    return admin.site.get_model_admin(Page)


def page_for(request, pk, permission=None):
    """Return the page `pk`; refuse whoever may not view it or lacks `permission`."""
    page = get_object_or_404(Page, pk=pk)
    if not page_admin().has_view_permission(request, page):
        raise PermissionDenied
    if permission and not request.user.has_perm(permission):
        raise PermissionDenied
    return page


def versions_of(page):
    return Version.objects.filter(page=page).select_related("page", "author", "reviewed_version")


def version_number(text):
    """Return the number of a Version that an address gives; 0, which no Version has, for anything else."""
    return typed_number(text) or 0


def show(request, template, page, title, **context):
    """Return the screen `template` about `page` inside the admin."""
    context |= {"title": title, "subtitle": page.short_name, "page": page, "opts": Page._meta}
    return TemplateResponse(
        request, f"admin/content/{template}.html", {**admin.site.each_context(request), **context}
    )


def go_to(name, page):
    return HttpResponseRedirect(reverse(f"admin:content_page_{name}", args=[page.pk]))
