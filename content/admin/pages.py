"""Admin of pages: blocks on a draft; saving records a Version, the publish screen makes it live."""

from content_editor.admin import ContentEditor
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse

from content import publishing, starter
from content.admin import editing, presence
from content.admin.blocks import BLOCK_INLINES, FIELD_WIDGETS
from content.admin.page_list import PageList
from content.admin.page_screen import PageScreen
from content.admin.proposals import AddressField
from content.admin.screens import (
    copy_block,
    copy_page,
    find,
    history,
    insert,
    lock,
    pictures,
    preview,
    publish,
    reports,
    review,
    translations,
    trash,
)
from content.models import Page
from content.publishing import hand_over, locks

MAX_SAVED_COPIES = 20  # saves that a session remembers, so that browsers can delete their copies of them


@admin.register(Page)
class PageAdmin(PageList, PageScreen, ContentEditor):
    form = editing.PageForm
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
                    "is_medical",
                ],
            },
        ),
    ]

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
            (f"{one}copy/", copy_page.copy_page, "page_copy"),
            (f"{one}lock/", lock.lock, "page_lock"),
            (f"{one}unlock/", lock.unlock, "page_unlock"),
            (f"{one}translate/", translations.translate, "page_translate"),
        ]
        view = self.admin_site.admin_view
        ours = [path(route, view(screen), name=f"content_{name}") for route, screen, name in screens]
        return [*ours, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show whoever may not change the page what they may do: read it and sign it off."""
        page = self.get_object(request, object_id) if request.method == "GET" else None
        may_read = page and self.has_view_permission(request, page)
        may_change = page and self.has_change_permission(request, page)
        if may_read and (not may_change or locks.against(page, request.user)):
            return review.review(request, page.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Say what became of a page that somebody had open when it was moved to trash."""
        pk = editing.typed_number(object_id)
        page = Page.objects.filter(pk=pk).first() if pk else None
        if page is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        text = (
            f"“{page}” was moved to trash. Once a publisher restores it, this browser offers what you typed."
        )
        messages.error(request, text)
        return HttpResponseRedirect(reverse("admin:content_page_review", args=[page.pk]))

    def history_view(self, request, object_id, extra_context=None):
        return history.history(request, object_id)

    def has_delete_permission(self, request, obj=None):
        """Pages go to trash instead."""
        return False

    def get_readonly_fields(self, request, obj=None):
        fixed = ["path"] if obj and obj.is_protected else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fieldsets(self, request, obj=None):
        """Only a new page can start with a template, and what is English is no translation."""
        is_original = obj and not obj.translation_of_id and obj.language == settings.LANGUAGE_CODE
        hidden = {"template": bool(obj), "translation_of": is_original}
        return [
            (name, options | {"fields": [field for field in options["fields"] if not hidden.get(field)]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "path":
            kwargs["form_class"] = AddressField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.saved_by = request.user
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Leave what was sent as it is: Django copies all of it for each kind of block, to save as new."""
        kwargs = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        if request.method != "POST":
            return kwargs
        data = request.POST
        if obj.pk:
            existing = set(inline.model.objects.filter(parent=obj).values_list("pk", flat=True))
            data = editing.gone_blocks_as_new(data, prefix, existing)
        return kwargs | {"data": data, "files": request.FILES}

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
            self.message_user(request, text, messages.SUCCESS)
            if (turn := hand_over.open_ones(version.page).first()) and turn.newer:
                asked = f"A sign-off is asked for version {turn.version.number}, which nobody can sign now."
                self.message_user(request, f"{asked} Ask again under Review.", messages.WARNING)
            return None
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


def _drop_blocks_of_others(page, formsets):
    """Make the draft exactly what was posted: the other's added blocks stay in the other's Version only."""
    for formset in formsets:
        kept = [form.instance.pk for form in formset.forms if form.instance.pk]
        formset.model.objects.filter(parent=page).exclude(pk__in=kept).delete()
