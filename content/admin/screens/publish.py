"""The screens around a Version: publish, history, compare, see, restore. A part of the admin of pages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from content import page_checks, publishing
from content.admin.editing import typed_number
from content.admin.screens.history import rows_of, told_findings
from content.admin.screens.publish_forms import ReleaseForm, TopicsForm
from content.diff.pages import compare
from content.models import Callout, Page, Version
from content.views import page_context

VERSIONS_A_SCREEN = 50
SAFETY_TOPICS = Callout.SafetyTopic.choices
MAY_PUBLISH, MAY_SIGN_OFF = "content.publish_page", "content.sign_off_page"
MAY_REQUIRE = "content.require_topics_for_page"


class PublishingMixin:
    """Adds the publishing screens to the admin of pages."""

    def get_urls(self):
        view = self.admin_site.admin_view
        one = "<int:pk>/versions/<int:number>/"
        return [
            path("<int:pk>/publish/", view(self.publish_view), name="content_page_publish"),
            path("<int:pk>/withdraw/", view(self.withdraw_view), name="content_page_withdraw"),
            path("<int:pk>/compare/", view(require_safe(self.compare_view)), name="content_page_compare"),
            path(one, view(require_safe(self.version_view)), name="content_page_version"),
            path(f"{one}restore/", view(require_POST(self.restore_view)), name="content_page_restore"),
            path(
                f"{one}unschedule/", view(require_POST(self.unschedule_view)), name="content_page_unschedule"
            ),
            *super().get_urls(),
        ]

    # --- What all of them need ---------------------------------------------------------------------
    def _page(self, request, pk, *permissions):
        """Return the page `pk`; refuse whoever may not see it, or has none of the `permissions` named."""
        page = get_object_or_404(Page, pk=pk)
        is_allowed = not permissions or any(request.user.has_perm(name) for name in permissions)
        if not self.has_view_permission(request, page) or not is_allowed:
            raise PermissionDenied
        return page

    def _show(self, request, template, page, title, **context):
        shared = self.admin_site.each_context(request)
        context |= {"title": title, "subtitle": page.short_name, "page": page, "opts": self.opts}
        return TemplateResponse(request, f"admin/content/{template}.html", {**shared, **context})

    def _to(self, name, page, *args):
        return HttpResponseRedirect(reverse(f"admin:content_page_{name}", args=[page.pk, *args]))

    # --- Publish -----------------------------------------------------------------------------------
    def publish_view(self, request, pk):
        """Show what would change and what the checks say; sign off or publish exactly the Version shown."""
        if "_topics" in request.POST:
            return self._require_topics(request, self._page(request, pk, MAY_REQUIRE))
        needed = MAY_SIGN_OFF if "_sign_off" in request.POST else MAY_PUBLISH
        page = self._page(request, pk, *[needed] * (request.method == "POST"))
        newest = _versions(page).order_by("-number").first()
        version = self._chosen(request, page, newest)
        if version is None:
            messages.error(request, "Save this page once before you publish it.")
            return self._to("change", page)
        form = self._release_form(request, version)
        if form.is_bound and form.is_valid() and self._release(request, form):
            return HttpResponseRedirect(request.get_full_path())
        return self._publish_screen(request, page, newest, form)

    def _release_form(self, request, version):
        live = _versions(version.page).current().first()
        return ReleaseForm(
            request.POST if request.method == "POST" else None,
            version=version,
            live=live,
            comparison=compare(live.snapshot if live else None, version.snapshot),
            user=request.user,
            signs_off="_sign_off" in request.POST,
        )

    def _publish_screen(self, request, page, newest, form):
        version, live = form.version, form.live
        return self._show(
            request,
            "publish",
            page,
            "Publish",
            version=version,
            newest=newest,
            live=live,
            waiting=_versions(page).filter(live_from__gt=timezone.now()).exclude(pk=version.pk),
            comparison=form.comparison,
            facts=form.comparison.changed_facts() if live else [],
            form=form,
            **self._checked(version, is_draft=version == newest),
            **self._rights(request, page),
        )

    def _checked(self, version, *, is_draft):
        findings = page_checks.check_version(version)
        told = told_findings(findings, version, is_draft=is_draft)
        return {"findings": told, "error_count": len(page_checks.errors(findings))}

    def _rights(self, request, page):
        return {
            "required_topics": [label for value, label in SAFETY_TOPICS if value in page.required_topics],
            "topics_form": self._topics_form(request, page),
            "may_publish": request.user.has_perm(MAY_PUBLISH),
            "may_sign_off": request.user.has_perm(MAY_SIGN_OFF),
        }

    def _chosen(self, request, page, newest):
        number = request.POST.get("version") or request.GET.get("version") or ""
        return get_object_or_404(_versions(page), number=_number(number)) if number else newest

    def _release(self, request, form):
        """Do what the button says and tell it; put what the verbs refuse into `form` and return False."""
        try:
            with transaction.atomic():
                told = self._sign_off(request, form) if form.signs_off else self._publish(request, form)
        except ValidationError as error:
            _tell(form, error)
            return False
        messages.success(request, told)
        return True

    def _sign_off(self, request, form):
        publishing.sign_off(form.version, **form.sign_off(), author=request.user)
        return f"Version {form.version.number} is signed off. It goes live when a publisher publishes it."

    def _publish(self, request, form):
        version = publishing.publish(form.version, **form.publication(), author=request.user)
        if not version.is_live():
            return f"Version {version.number} goes live by itself at the time you chose."
        missing = "" if version.reviewer else " It asks for a sign-off until it has one."
        return f"Version {version.number} is live now.{missing}"

    def _topics_form(self, request, page):
        initial = {"required_topics": page.required_topics}
        return TopicsForm(initial=initial) if request.user.has_perm(MAY_REQUIRE) else None

    def _require_topics(self, request, page):
        """Change which safety boxes `page` must have; its text and its Versions stay."""
        form = TopicsForm(request.POST)
        if form.is_valid():
            try:
                publishing.require_topics(page, form.cleaned_data["required_topics"], author=request.user)
            except ValidationError as error:
                messages.error(request, f"Not saved. {' '.join(error.messages)}")
            else:
                messages.success(request, "Saved. It counts from now on, for every version.")
        return HttpResponseRedirect(request.get_full_path())

    # --- Withdraw ----------------------------------------------------------------------------------
    def withdraw_view(self, request, pk):
        """Ask, then take the page off the site."""
        page = self._page(request, pk, MAY_PUBLISH)
        if request.method == "POST":
            try:
                publishing.withdraw(page, author=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, f"{page} is off the site. Its draft and its history stay.")
            return self._to("publish", page)
        return self._show(request, "withdraw", page, "Take the page off the site")

    def unschedule_view(self, request, pk, number):
        """Take back that a Version goes live later."""
        page = self._page(request, pk, MAY_PUBLISH)
        version = get_object_or_404(_versions(page), number=number)
        try:
            publishing.unschedule(version, author=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Version {number} does not go live by itself any more.")
        return self._to("history", page)

    # --- History -----------------------------------------------------------------------------------
    def history_view(self, request, object_id, extra_context=None):
        """List every Version, newest first; Django's own history of the form says less."""
        page = self._page(request, _number(str(object_id)))
        versions = _versions(page).order_by("-number").defer("snapshot")
        part = Paginator(versions, VERSIONS_A_SCREEN).get_page(request.GET.get("p"))
        return self._show(
            request,
            "history",
            page,
            "History",
            part=part,
            rows=rows_of(page, part),
            may_restore=self.has_change_permission(request, page),
            may_publish=request.user.has_perm(MAY_PUBLISH),
        )

    def compare_view(self, request, pk):
        """Show two Versions word by word: ?from=NUMBER&to=NUMBER, in either order."""
        page = self._page(request, pk)
        numbers = [_number(request.GET.get(name, "")) for name in ("from", "to")]
        old, new = (get_object_or_404(_versions(page), number=number) for number in sorted(numbers))
        comparison = compare(old.snapshot, new.snapshot)
        return self._show(request, "compare", page, "Compare", old=old, new=new, comparison=comparison)

    def version_view(self, request, pk, number):
        """Show the page as it was, or would be: the real template, marked as a draft, kept by nobody."""
        page = self._page(request, pk)
        version = get_object_or_404(_versions(page), number=number)
        template = f"content/{version.snapshot['page']['layout']}.html"
        response = TemplateResponse(request, template, page_context(version, is_draft=True))
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "private, no-store"
        return response

    def restore_view(self, request, pk, number):
        """Copy a Version into the draft; what was there stays in the history."""
        page = self._page(request, pk)
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        version = get_object_or_404(_versions(page), number=number)
        try:
            restored = publishing.restore(version, author=request.user)
        except ValidationError as error:
            told = " ".join(error.messages)
            messages.error(
                request, f"Version {number} does not fit today’s rules and was not restored: {told}"
            )
            return self._to("history", page)
        told = f"Version {number} is the draft again, as version {restored.number}."
        messages.success(request, f"{told} Visitors still see what was live.")
        return self._to("publish", page)


def _versions(page):
    return Version.objects.filter(page=page).select_related("page", "author", "reviewer")


def _number(text):
    """Return the number of a Version as an address gives it; 0, which no Version has, for anything else."""
    return typed_number(text) or 0


def _tell(form, error):
    """Put a refusal of the verbs where it belongs in `form`."""
    known = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in known.items():
        form.add_error(name if name in form.fields else None, errors)
