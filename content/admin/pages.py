"""Admin of pages: blocks on a draft; saving records a Version, publishing makes it live."""

import js_asset
from content_editor.admin import ContentEditor, ContentEditorInline
from django import forms
from django.contrib import admin, messages
from django.db import models

from content import publishing
from content.models import BLOCK_MODELS, Page, Version

MENU_ICONS = {
    "text": "notes",
    "callout": "campaign",
    "sign_list": "checklist",
    "timeline_stage": "timeline",
    "steps": "format_list_numbered",
    "key_figure": "pin",
    "question": "help",
    "card": "door_front",
    "helplines": "call",
    "image": "image",
}


class NonceMediaMixin:
    """Gives the inline import map of the editor's scripts the nonce that the CSP asks for."""

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        media = response.context_data["media"]
        if not isinstance(media, js_asset.Media):
            media = js_asset.Media.from_media(media)
        response.context_data["media"] = media.with_nonce(str(request.csp_nonce))
        return response


def block_inline(model):
    """Return the inline that edits blocks of kind `model`."""
    return ContentEditorInline.create(
        model,
        icon=MENU_ICONS[model.kind],
        formfield_overrides={models.TextField: {"widget": forms.Textarea(attrs={"rows": 5})}},
        filter_horizontal=["helplines"] if model.kind == "helplines" else [],
    )


@admin.register(Page)
class PageAdmin(NonceMediaMixin, ContentEditor):
    list_display = ["short_name", "path", "position", "live_version", "last_version", "next_review_on"]
    search_fields = ["short_name", "heading", "path"]
    inlines = [block_inline(model) for model in BLOCK_MODELS]
    change_form_template = "admin/content/page/change_form.html"
    fieldsets = [
        (None, {"fields": ["heading", "lede"]}),
        (
            "Address, menu and search engines",
            {
                "classes": ["collapse"],
                "fields": [
                    "path",
                    "short_name",
                    "title",
                    "description",
                    "layout",
                    "position",
                    "in_menu",
                    "message_form",
                ],
            },
        ),
    ]

    class Media:
        css = {"all": ["css/admin-editor.css"]}
        js = ["js/admin-editor.js"]

    def get_queryset(self, request):
        live = models.Prefetch("versions", Version.objects.current(), to_attr="current_versions")
        return super().get_queryset(request).prefetch_related(live).annotate(last=models.Max("versions__number"))

    @admin.display(description="live")
    def live_version(self, page):
        return f"version {page.current_versions[0].number}" if page.current_versions else "not live"

    @admin.display(description="newest draft")
    def last_version(self, page):
        return f"version {page.last}" if page.last else "–"

    @admin.display(description="next review")
    def next_review_on(self, page):
        return page.current_versions[0].next_review_on if page.current_versions else None

    def save_related(self, request, form, formsets, change):
        """Record a Version of what was saved, and make it live when “Save and publish” was pressed."""
        super().save_related(request, form, formsets, change)
        version = publishing.record(form.instance, author=request.user)
        if "_publish" in request.POST and request.user.has_perm("content.publish_page"):
            publishing.publish(version, change=Version.Change.WORDING)
            messages.success(request, f"Version {version.number} is live now.")

    def render_change_form(self, request, context, *args, **kwargs):
        context["may_publish"] = request.user.has_perm("content.publish_page")
        return super().render_change_form(request, context, *args, **kwargs)
