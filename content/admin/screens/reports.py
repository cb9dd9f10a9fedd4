"""What staff look up about all pages: links that lead nowhere, and what readers said of each page."""

from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from content.models import HelpfulCount, OutsideLink, Page, PageSettings
from content.page_checks.dead_links import dead_links

DAYS = 90
Answer = HelpfulCount.Answer


def _show(request, template, title, **context):
    if not request.user.has_perm("content.view_page"):
        raise PermissionDenied
    context |= {"title": title, "opts": Page._meta, "settings": PageSettings.objects.first()}
    return TemplateResponse(
        request, f"admin/content/{template}.html", {**admin.site.each_context(request), **context}
    )


@require_safe
def links(request):
    """List the dead links of the live pages."""
    asked = OutsideLink.objects.exclude(asked_at=None)
    return _show(request, "dead_links", "Links that lead nowhere", found=dead_links(), asked=asked.count())


@require_safe
def helpful(request):
    """Count the answers of the last weeks for each page and language, the pages that help least first."""
    since = timezone.localdate() - timedelta(days=DAYS)
    counts = HelpfulCount.objects.filter(day__gte=since).values_list("page__short_name", "language", "answer")
    rows = {}
    for page, language, answer, count in counts.annotate(total=Sum("count")).order_by():
        rows.setdefault((page, language), dict.fromkeys(Answer.values, 0))[answer] = count
    shown = [(*key, list(row.values())) for key, row in rows.items()]
    shown.sort(key=lambda row: (row[2][0] - sum(row[2][1:]), row[0]))
    return _show(request, "helpful", "Was this page helpful?", rows=shown, answers=Answer.labels, days=DAYS)
