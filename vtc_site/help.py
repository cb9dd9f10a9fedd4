"""Help in the admin: the guides of docs/, each shown to those whose work it is about.

Called by admin_site.py.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt


@dataclass(frozen=True)
class Guide:
    """`file` in docs/ is shown to staff who have `permission`; `name` is that of its address."""

    file: str
    title: str
    permission: str

    @property
    def slug(self):
        return self.file.removesuffix(".md")

    @property
    def name(self):
        return f"help_{self.slug.replace('-', '_')}"


GUIDES = [
    Guide("answering-messages.md", "Answering messages", "intake.view_submission"),
    Guide("editing-pages.md", "Editing pages", "content.view_page"),
]


def help_urls(site):
    """Return the addresses of help/ and of each guide, for Django's admin `site`."""
    view = site.admin_view(show)
    guides = [path(f"help/{guide.slug}/", view, {"guide": guide}, name=guide.name) for guide in GUIDES]
    return [path("help/", site.admin_view(start), name="help"), *guides]


def guides_for(user):
    return [guide for guide in GUIDES if user.has_perm(guide.permission)]


@require_safe
def start(request):
    """Open the one guide of whoever has one; let others choose."""
    guides = guides_for(request.user)
    if len(guides) == 1:
        return redirect(f"admin:{guides[0].name}")
    context = {**admin.site.each_context(request), "title": "Help", "guides": guides}
    return TemplateResponse(request, "admin/help/start.html", context)


@require_safe
def show(request, guide):
    """Show a guide, with a list of its parts."""
    if not request.user.has_perm(guide.permission):
        raise PermissionDenied
    body, parts = read(guide.file)
    context = {
        **admin.site.each_context(request),
        "title": guide.title,
        "body": body,
        "parts": parts,
        "others": [other for other in guides_for(request.user) if other != guide],
    }
    return TemplateResponse(request, "admin/help/guide.html", context)


@cache
def read(file):
    """Return a guide of this release as HTML without its title, and its parts as (anchor, heading)."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    text = (settings.BASE_DIR / "docs" / file).read_text().partition("\n")[2]
    tokens = markdown.parse(text)
    parts = []
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", slugify(words.content))
        if heading.type == "heading_open" and heading.tag == "h2":
            parts.append((slugify(words.content), words.content))
    return mark_safe(markdown.renderer.render(tokens, markdown.options, {})), parts  # noqa: S308 - files of ours
