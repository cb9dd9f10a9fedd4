"""Who has a page open for editing right now. Used by the edit screen and its script presence.js."""

from datetime import timedelta

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.admin.screens import page_for
from content.models import OpenPage

EXPIRES_AFTER = timedelta(minutes=5)


def arrive(page, user):
    """Record that `user` has `page` open, and return the names of colleagues who have it open too."""
    now = timezone.now()
    OpenPage.objects.filter(seen_at__lt=now - EXPIRES_AFTER).delete()
    OpenPage.objects.update_or_create(page=page, user=user, defaults={"seen_at": now})
    return others(page, user)


def others(page, user):
    """Return the names of those who have `page` open beside `user`."""
    found = (
        OpenPage.objects.filter(page=page, seen_at__gte=timezone.now() - EXPIRES_AFTER)
        .exclude(user=user)
        .select_related("user")
        .order_by("-seen_at")
    )
    return [row.user.get_full_name() or row.user.get_username() for row in found]


@require_POST
def presence(request, pk):
    """Renew that the page is open, and say who else has it open."""
    return JsonResponse({"others": arrive(page_for(request, pk, "content.change_page"), request.user)})
