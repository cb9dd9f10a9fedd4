"""The pictures to choose from on an edit screen: those uploaded before, the newest first.

The dialog of static/js/admin/pictures.js reads them as JSON when it opens.
"""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from content import images
from content.admin.screens import page_admin
from content.models import StoredImage
from content.rendering import usage

MOST_SHOWN = 200


@require_safe
def choices(request):
    """Answer with each picture: its name in the database, where it is, its size and where it is used."""
    if not page_admin().has_view_permission(request):
        raise PermissionDenied
    uses = usage.pages_by_picture()
    stored = StoredImage.objects.filter(cropped_from=None)[:MOST_SHOWN]
    return JsonResponse({"choices": [_choice(picture, uses.get(picture.pk, [])) for picture in stored]})


def _choice(picture, pages):
    used = ", ".join(map(str, pages)) or "not used"
    address = images.address(picture.pk, images.WIDTHS[0])
    return {"digest": picture.pk, "address": address, "about": f"{picture}, {used}"}
