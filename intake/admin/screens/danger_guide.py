"""What staff do when a message speaks of danger: the clinic's rules, then a draft. The flag leads here."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from intake.models import IntakeSettings


def danger_guide(model_admin, request):
    """Show the guide to all who read messages."""
    if request.method not in ("GET", "HEAD") or not model_admin.has_view_permission(request):
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "When a message speaks of danger",
        "intake_settings": IntakeSettings.current(),
    }
    return TemplateResponse(request, "admin/intake/danger_guide.html", context)
