"""What an editor can insert into a text: sources, numbers, facts of the clinic, pages and their headings.

The dialogs of static/js/admin/insert.js and place-block.js read it as JSON when they first open.
"""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from content.admin.screens import page_admin
from content.models import Helpline, Page, Source, Version
from content.rendering.anchors import of_blocks
from content.rendering.tokens import words_of

CLINIC_CODES = {
    "clinic-name": "The clinic’s name",
    "clinic": "The clinic’s phone number",
    "clinic-text": "The clinic’s number for texts",
    "clinic-hours": "The clinic’s office hours",
}


@require_safe
def choices(request):
    """Answer with everything that can be inserted, each with its code or address, its name and what it is."""
    if not page_admin().has_view_permission(request):
        raise PermissionDenied
    pages = Page.objects.filter(trashed_at=None)
    return JsonResponse(
        {
            "choices": [*_numbers(), *_clinic(), *_sources(), *_pages(pages)],
            "pages": [{"key": page.pk, "name": f"{page} ({page.path})"} for page in pages],
        }
    )


def _choice(kind, inserts, name, about):
    return {"kind": kind, "inserts": inserts, "name": name, "about": about}


def _sources():
    for source in Source.objects.all():
        about = ", ".join(filter(None, [source.publisher, source.year]))
        yield _choice("source", f"[{source.slug}]", source.title, about)


def _numbers():
    for line in Helpline.objects.filter(is_published=True):
        ways = [("", line.number), (":text", line.sms_number), (":web", line.web_label or line.web_url)]
        for suffix, shown in ways:
            if shown:
                kind = "site" if suffix == ":web" else "number"
                yield _choice(kind, f"{{{line.slug}{suffix}}}", line.name, shown)


def _clinic():
    for code, name in CLINIC_CODES.items():
        about = strip_tags(words_of(code)) or "not entered yet: a sentence with it is not shown"
        yield _choice("number", f"{{{code}}}", name, about)


def _pages(pages):
    """Yield each page and its headings, those that are live or, before that, in the newest draft."""
    for page in pages:
        versions = Version.objects.filter(page=page)
        version = versions.current().first() or versions.order_by("-number").first()
        if version is None:
            continue
        address = version.snapshot["page"]["path"]
        yield _choice("page", address, version.snapshot["page"]["short_name"], address)
        blocks = version.snapshot["blocks"]
        for block, anchors in zip(blocks, of_blocks(blocks)[0], strict=True):
            for field, anchor in anchors.items():
                yield _choice("page", f"{address}#{anchor}", block[field], f"on {page.short_name}")
