"""Django's admin with the clinic's name. Colors: static/css/admin/theme.css."""

from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.text import capfirst

from content.models import Clinic
from vtc_site import release, start_page
from vtc_site.help import help_urls
from vtc_site.setup_screen import setup_urls
from vtc_site.sign_in import events
from vtc_site.sign_in.urls import sign_in_urls


class AdminSite(admin.AdminSite):
    """The one back office: pages, shared facts, messages."""

    index_title = "Pages and messages"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Active staff who gave a code too, where the second factor is required."""
        if not super().has_permission(request):
            return False
        return not settings.STAFF_SECOND_FACTOR or request.user.is_verified()

    def get_urls(self):
        view_on_site = "r/<path:content_type_id>/<path:object_id>/"
        return [
            *sign_in_urls(self),
            *help_urls(self),
            *setup_urls(self),
            path(view_on_site, self.admin_view(self.view_on_site), name="view_on_site"),
            *(pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"),
        ]

    def password_change(self, request, extra_context=None):
        """Change one's own password; the person is told, in case it was somebody else."""
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            events.happened(request, request.user, events.Kind.PASSWORD_CHANGED)
        return answer

    def logout(self, request, extra_context=None):
        if request.method == "POST" and request.user.is_authenticated:
            events.happened(request, request.user, events.Kind.SIGNED_OUT)
        return super().logout(request, extra_context)

    def view_on_site(self, request, content_type_id, object_id):
        """Lead to a record's public address, but only who may see the record: some addresses are secrets."""
        try:
            kind = ContentType.objects.get(pk=content_type_id)
        except (ContentType.DoesNotExist, ValueError):
            raise Http404("no such kind of record") from None
        if not request.user.has_perm(f"{kind.app_label}.view_{kind.model}"):
            raise PermissionDenied
        return shortcut(request, kind.pk, object_id)

    def get_app_list(self, request, app_label=None):
        """Call each list what its screens call it."""
        listed = super().get_app_list(request, app_label)
        for model in (model for app in listed for model in app["models"]):
            model["name"] = capfirst(self.get_model_admin(model["model"]).opts.verbose_name_plural)
        return listed

    def index(self, request, extra_context=None):
        """Open with what needs doing, then everything there is."""
        sections = start_page.sections(request.user)
        return super().index(request, {"start_sections": sections, **(extra_context or {})})

    def each_context(self, request):
        """Add what the page's script for the idle sign-out needs to know."""
        idle = {"idle": settings.STAFF_IDLE_SECONDS, "warning": settings.STAFF_WARNING_SECONDS}
        name = Clinic.name_now()
        return {
            **super().each_context(request),
            "site_header": name,
            "site_title": f"{name} staff",
            "staff_seconds": idle,
            "site_version": release.version(),
        }
