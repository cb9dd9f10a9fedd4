"""Translations in the admin of pages: the language in the list, and the button that starts one."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from content import languages, publishing
from content.models import Page


class TranslationsMixin:
    """For the admin of pages: shows which page is which in another language."""

    @admin.display(description="language")
    def language_and_pair(self, page):
        name = dict(settings.LANGUAGES)[page.language]
        return f"{name}: {page.translation_of}" if page.translation_of_id else name

    def get_urls(self):
        view = self.admin_site.admin_view(self.translate_view)
        return [path("<int:pk>/translate/", view, name="content_page_translate"), *super().get_urls()]

    def render_change_form(self, request, context, *args, **kwargs):
        page = context.get("original")
        may_add = bool(page) and self.has_add_permission(request)
        context["languages_to_add"] = _languages_to_add(page) if may_add else []
        return super().render_change_form(request, context, *args, **kwargs)

    def translate_view(self, request, pk):
        """Start the translation and open it."""
        page = get_object_or_404(Page, pk=pk, binned_at=None)
        code = request.POST.get("language", "")
        if not self.has_add_permission(request) or code not in dict(_languages_to_add(page)):
            raise PermissionDenied
        try:
            made = publishing.start_translation(page, code, author=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:content_page_change", args=[page.pk]))
        messages.success(request, f"This draft has the words of “{page}”: write them anew in its language.")
        return HttpResponseRedirect(reverse("admin:content_page_change", args=[made.pk]))


def _languages_to_add(page):
    """Return (code, name) of each language in which an original has no page yet."""
    if page.translation_of_id:
        return []
    there = {each.language for each in page.translations.filter(binned_at=None)} | {page.language}
    return [
        (code, name) for code, name in settings.LANGUAGES if code not in there and languages.home(code) != "/"
    ]
