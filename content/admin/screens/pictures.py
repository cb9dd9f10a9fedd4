"""The pictures of an edit screen: those uploaded before, to choose from, and a new one once it is chosen.

static/js/admin/pictures.js asks, and gets JSON.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.utils.datastructures import MultiValueDictKeyError
from django.views.decorators.http import require_http_methods

from content import images
from content.admin.screens import page_admin
from content.models import StoredImage
from content.rendering import usage

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
def choices(request):
    """Answer with each picture, the newest first (GET), or store the file that was chosen (POST)."""
    if request.method == "POST":
        return _store(request)
    if not page_admin().has_view_permission(request):
        raise PermissionDenied
    uses = usage.pages_by_picture()
    stored = StoredImage.objects.filter(cropped_from=None)[:MOST_SHOWN]
    return JsonResponse({"choices": [_choice(picture, uses.get(picture.pk, [])) for picture in stored]})


def _store(request):
    """Store a file before the page is saved: the checks and the point that matters need the picture."""
    if not page_admin().has_change_permission(request):
        raise PermissionDenied
    try:
        picture = images.store(request.FILES["file"])
    except MultiValueDictKeyError:
        return JsonResponse({"error": "No file arrived. Choose it again."}, status=400)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return JsonResponse(_choice(picture, []))


def _choice(picture, pages):
    """Return the name of `picture` in the database, where it is, its size and where it is used."""
    used = ", ".join(map(str, pages)) or "not used"
    address = images.address(picture.pk, images.WIDTHS[0])
    return {"digest": picture.pk, "address": address, "about": f"{picture}, {used}"}
