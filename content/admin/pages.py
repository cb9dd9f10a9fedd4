"""Admin of pages: blocks on a draft; saving records a Version, the publish screen makes it live."""

import js_asset
from content_editor.admin import ContentEditor
from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from content import publishing, starter
from content import translations as pairs
from content.admin import editing, live_checks, originals, presence
from content.admin.blocks import BLOCK_INLINES, FIELD_WIDGETS
from content.admin.proposals import AddressField
from content.admin.screens import (
    MAY_TRASH,
    copy_block,
    find,
    history,
    insert,
    pictures,
    preview,
    publish,
    reports,
    review,
    translations,
    trash,
)
from content.diff.pages import compare
from content.models import Page, PreviewLink, Version
from content.publishing import comments, hand_over

MAX_SAVED_COPIES = 20  # saves that a session remembers, so that browsers can delete their copies of them

EDITOR_WORDS = {
    "createNew": "Add a block",
    "empty": "This page has no blocks yet. Add the first one with “+”.",
    "newItem": "new",
    "collapseAll": "Collapse all blocks",
    "uncollapseAll": "Expand all blocks",
    "selectMultiple": "Drag a title to move its block, or use its arrows. “+” adds a block in between.",
}


@admin.register(Page)
class PageAdmin(ContentEditor):
    form = editing.PageForm
    list_display = [
        "short_name",
        "path",
        "language_and_pair",
        "position",
        "live_version",
        "planned",
        "last_version",
        "sign_off",
        "next_review_on",
    ]
    search_fields = ["short_name", "heading", "path"]
    inlines = BLOCK_INLINES
    formfield_overrides = FIELD_WIDGETS
    change_form_template = "admin/content/page/change_form.html"
    fieldsets = [
        (None, {"fields": ["heading", "template", "lede"]}),
        (
            "Address, menu and search engines",
            {
                "classes": ["collapse"],
                "fields": [
                    "path",
                    "translation_of",
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
        js = [
            "js/admin/editor.js",
            "js/admin/pasted-text.js",
            "js/admin/paste.js",
            "js/admin/table-grid.js",
            "js/admin/insert.js",
            "js/admin/copy-block.js",
            "js/admin/place-block.js",
            "js/admin/find-on-page.js",
            "js/admin/live-preview.js",
            "js/admin/keep.js",
            "js/admin/checks.js",
            "js/admin/counter.js",
            "js/admin/originals.js",
        ]

    def get_queryset(self, request):
        current = Version.objects.current().defer("snapshot")
        live = models.Prefetch("versions", current, to_attr="current_versions")
        later = Version.objects.filter(live_from__gt=timezone.now()).defer("snapshot").order_by("live_from")
        planned = models.Prefetch("versions", later, to_attr="waiting_versions")
        pages = super().get_queryset(request).filter(trashed_at=None).select_related("translation_of")
        there = models.Prefetch("translations", Page.objects.filter(trashed_at=None), to_attr="in_others")
        pages = pairs.with_state(pages.prefetch_related(live, planned, there))
        return pages.annotate(last=models.Max("versions__number"))

    def get_urls(self):
        """Every screen of a page: its route, its view, its name."""
        one, version = "<int:pk>/", "<int:pk>/versions/<int:number>/"
        screens = [
            (f"{one}publish/", publish.publish, "page_publish"),
            (f"{one}review/", review.review, "page_review"),
            (f"{one}review/page/", review.review_frame, "page_review_frame"),
            (f"{one}presence/", presence.presence, "page_presence"),
            (f"{one}withdraw/", publish.withdraw, "page_withdraw"),
            (f"{version}unschedule/", publish.unschedule, "page_unschedule"),
            (f"{one}compare/", history.compare_versions, "page_compare"),
            (version, history.version, "page_version"),
            (f"{version}restore/", history.restore, "page_restore"),
            ("insert/", insert.choices, "page_insert"),
            ("pictures/", pictures.choices, "page_pictures"),
            ("dead-links/", reports.links, "page_dead_links"),
            ("helpful/", reports.helpful, "page_helpful"),
            ("find/", find.find, "page_find"),
            (f"{one}copy-block/", copy_block.copy_block, "page_copy_block"),
            ("add/measure/", preview.measure, "page_measure_new"),
            (f"{one}measure/", preview.measure, "page_measure"),
            ("add/preview/", preview.preview, "page_preview_new"),
            (f"{one}preview/", preview.preview, "page_preview"),
            ("add/preview/page/", preview.preview_frame, "page_preview_frame_new"),
            (f"{one}preview/page/", preview.preview_frame, "page_preview_frame"),
            ("preview-link/<int:pk>/revoke/", preview.revoke, "previewlink_revoke"),
            (f"{one}trash/", trash.move_to_trash, "page_trash"),
            (f"{one}translate/", translations.translate, "page_translate"),
        ]
        view = self.admin_site.admin_view
        ours = [path(route, view(screen), name=f"content_{name}") for route, screen, name in screens]
        return [*ours, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show whoever may not change the page what they may do: read it and sign it off."""
        page = self.get_object(request, object_id) if request.method == "GET" else None
        if page and not self.has_change_permission(request, page) and self.has_view_permission(request, page):
            return review.review(request, page.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    @admin.display(description="language")
    def language_and_pair(self, page):
        """Say what the page is a translation of and if it still follows, or which translations it has."""
        names = dict(settings.LANGUAGES)
        name = names[page.language]
        if page.translation_of_id:
            behind = ", older than its original" if page.is_behind else ""
            return f"{name}: {page.translation_of}{behind}"
        others = [f"{names[other.language]}: {other}" for other in page.in_others]
        return "; ".join([name, *(others or ["no translation"])])

    def history_view(self, request, object_id, extra_context=None):
        return history.history(request, object_id)

    def has_delete_permission(self, request, obj=None):
        """Pages go to trash instead."""
        return False

    def get_readonly_fields(self, request, obj=None):
        fixed = ["path"] if obj and obj.is_protected else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    @admin.display(description="live")
    def live_version(self, page):
        return f"version {page.current_versions[0].number}" if page.current_versions else "not live"

    @admin.display
    def planned(self, page):
        """Say what happens by itself next."""
        if not page.waiting_versions:
            ends = page.current_versions[0].live_until if page.current_versions else None
            return f"ends {_moment(ends)}" if ends else "–"
        version = page.waiting_versions[0]
        return f"version {version.number} on {_moment(version.live_from)}"

    @admin.display(description="newest draft")
    def last_version(self, page):
        return f"version {page.last}" if page.last else "–"

    @admin.display(description="sign-off")
    def sign_off(self, page):
        if not page.current_versions:
            return "–"
        version = page.current_versions[0]
        urgent = " (urgent fix)" if version.unchecked_since else ""
        return (
            f"signed off {date_format(version.reviewed_on)}"
            if version.reviewer_id
            else f"needs a sign-off{urgent}"
        )

    @admin.display(description="next review")
    def next_review_on(self, page):
        return page.current_versions[0].next_review_on if page.current_versions else None

    def _content_editor_context(self, request, context):
        known = super()._content_editor_context(request, context)
        known["messages"] |= EDITOR_WORDS
        return known

    def get_fieldsets(self, request, obj=None):
        """Only a new page can start with a template."""
        (name, first), *rest = super().get_fieldsets(request, obj)
        fields = [field for field in first["fields"] if not obj or field != "template"]
        return [(name, {"fields": fields}), *rest]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "path":
            kwargs["form_class"] = AddressField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "POST" and obj.pk:
            existing = set(inline.model.objects.filter(parent=obj).values_list("pk", flat=True))
            kwargs["data"] = editing.gone_blocks_as_new(kwargs["data"], prefix, existing)
        return kwargs

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            text = f"Its address is {obj.path} and its short name “{obj}”. You can change both below, under"
            messages.info(request, f"{text} “Address, menu and search engines”.")
        if change and "path" in form.changed_data and (here := obj.get_absolute_url()) != obj.path:
            text = (
                f"Visitors find this page at {here} until you publish. Then {here} redirects to {obj.path}."
            )
            messages.info(request, text)

    def save_related(self, request, form, formsets, change):
        """Record a Version of what was saved, and say whether there was anything to record."""
        super().save_related(request, form, formsets, change)
        if "_save_mine" in request.POST:
            _drop_blocks_of_others(form.instance, formsets)
        if template := form.cleaned_data.get("template"):
            starter.start_from(template, form.instance)
        before = editing.newest_version(form.instance)
        note = form.cleaned_data["note"]
        version = publishing.record(form.instance, author=request.user, note=note)
        self._say(request, version, note, is_new=version != before)
        copies = request.session.get("saved_copies", [])
        request.session["saved_copies"] = [*copies, form.cleaned_data["copy_id"]][-MAX_SAVED_COPIES:]

    def _say(self, request, version, note, *, is_new):
        name = f"version {version.number} of “{version.page}”"
        if is_new:
            text = f"Saved as {name}. Visitors see it once it is published."
            return self.message_user(request, text, messages.SUCCESS)
        lost = " Your note was not saved, because only a new version can have one." if note else ""
        return self.message_user(request, f"Nothing has changed since {name}.{lost}", messages.INFO)

    def response_add(self, request, obj, post_url_continue=None):
        return self._go_on(request, obj)

    def response_change(self, request, obj):
        return self._go_on(request, obj)

    def _go_on(self, request, page):
        """Go where the button says; Django's own responses would say a second time that it is saved."""
        if "_to_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:content_page_publish", args=[page.pk]))
        if "_save" in request.POST:
            return self.response_post_save_change(request, page)
        here = reverse("admin:content_page_change", args=[page.pk])
        if "_share" in request.POST:
            preview.share(request, page)
            here += "#preview-links"
        return HttpResponseRedirect(here)

    def changelist_view(self, request, extra_context=None):
        saved = {"saved_copies": " ".join(request.session.get("saved_copies", []))}
        return super().changelist_view(request, saved | (extra_context or {}))

    def render_change_form(self, request, context, *args, **kwargs):
        form, page = context["adminform"].form, context["original"]
        context |= {
            "saved_copies": " ".join(request.session.get("saved_copies", [])),
            "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        }
        if page:
            context |= {"status": editing.status_line(page), "preview_links": _open_links(page)}
            may_add = self.has_add_permission(request)
            context["languages_to_add"] = translations.languages_to_add(page) if may_add else []
            context["may_trash"] = not page.is_protected and request.user.has_perm(MAY_TRASH)
            context["public_address"] = settings.SITE_URL  # the admin's own `site_url` is only a slash
            context["others"] = presence.arrive(page, request.user)
            context["comments"] = comments.open_on(page)
            context["turn"] = hand_over.open_ones(page).first()
            context["checks"] = self._checks(form, context["inline_admin_formsets"])
            if page.translation_of_id and form.newest:
                context["original_words"] = originals.beside(page, form.newest.snapshot["blocks"])
                context["original_changed"] = originals.changed(page)
        if getattr(form, "conflict", None):
            context["conflict"] = self._conflict(form, context["inline_admin_formsets"])
        context["is_brought_back"] = form.is_bound and form.has_error("__all__", "brought-back")
        return _with_nonce(request, super().render_change_form(request, context, *args, **kwargs))

    @staticmethod
    def _checks(form, inline_formsets):
        """Return what the checks found in what the form shows: the newest Version, or what was just typed."""
        if form.is_bound:
            return live_checks.of_typed(form, [inline.formset for inline in inline_formsets])
        return live_checks.of_saved(form.newest) if form.newest else None

    @staticmethod
    def _conflict(form, inline_formsets):
        """Return what the page says when somebody else saved in the meantime: who, when, and both texts."""
        newest = form.conflict
        opened = Version.objects.filter(
            page=form.instance.pk, number=form.cleaned_data.get("based_on") or 0
        ).first()
        mine = editing.posted_snapshot(form, [inline.formset for inline in inline_formsets])
        return {
            "newest": newest,
            "theirs": compare(opened.snapshot, newest.snapshot) if opened else None,
            "both": compare(newest.snapshot, mine),
        }


def _moment(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _with_nonce(request, response):
    """Give the inline import map of the editor's scripts the nonce that the CSP asks for."""
    media = response.context_data["media"]
    if not isinstance(media, js_asset.Media):
        media = js_asset.Media.from_media(media)
    response.context_data["media"] = media.with_nonce(str(request.csp_nonce))
    return response


def _open_links(page):
    """Return the preview links of `page` that still work, newest first."""
    links = PreviewLink.objects.open().filter(version__page=page)
    return links.select_related("created_by", "version").defer("version__snapshot")


def _drop_blocks_of_others(page, formsets):
    """Make the draft exactly what was posted: the other's added blocks stay in the other's Version only."""
    for formset in formsets:
        kept = [form.instance.pk for form in formset.forms if form.instance.pk]
        formset.model.objects.filter(parent=page).exclude(pk__in=kept).delete()
