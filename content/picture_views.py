"""The view of the pictures that staff uploaded."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from content import images


@require_safe
def picture(request, digest, width):
    """Send a picture; its address names its bytes, so browsers may keep it for a year without asking."""
    content = images.file(digest, int(width))
    if content is None:
        raise Http404("no such picture")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(content, content_type="image/webp", headers=headers)
