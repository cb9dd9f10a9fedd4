"""What ours is compared with: a page as Django sites usually make it, and a form that is only validated."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path as at
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt

from content import publishing
from content.caching import navigation, site_facts
from content.models import Clinic, Clinician, Helpline, Page, Source
from content.rendering.page import RenderedPage
from content.rendering.words import reading_minutes
from intake.forms.message import MessageForm
from vtc_site.urls import urlpatterns as site_urls


def page(request, path):
    """Show the draft of a page: a query for each kind of block, each kind of fact, the menu and the user."""
    record = Page.objects.get(path=f"/{path}")
    request.user.is_authenticated  # noqa: B018 - asks the session, as most templates do
    helplines = {line.slug: line for line in Helpline.objects.all()}
    sources = {source.slug: source for source in Source.objects.all()}
    topics, rows = navigation.topics(), publishing.take_snapshot(record)
    shown = RenderedPage(rows, sources=sources, helplines=helplines)
    before, after = navigation.neighbors(shown.page["path"], topics)
    context = {
        **site_facts.for_templates(helplines),
        "clinic": Clinic.objects.first() or Clinic(),
        "reviewers": list(Clinician.objects.all()),
        "menu": [topic for topic in topics if topic.in_menu],
        "page": shown.page,
        "blocks": shown.blocks,
        "contents": shown.contents,
        "sources": shown.sources,
        "version": record.versions.first(),
        "minutes": reading_minutes(rows),
        "previous_page": before,
        "next_page": after,
    }
    return render(request, f"content/{record.layout}.html", context)


@csrf_exempt
def validate(request):
    """Check a message and forget it."""
    return redirect("/contact/sent/") if MessageForm(request.POST).is_valid() else HttpResponse(status=422)


urlpatterns = [at("only-validate/", validate), re_path(r"^(?P<path>withdrawal/)$", page), *site_urls]
handler500 = "vtc_site.views.server_error"
