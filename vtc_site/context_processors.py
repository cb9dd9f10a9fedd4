"""What every template may show: shared facts, looked up only when a template asks for them."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from content.caching import navigation, site_facts
from content.models import languages
from content.rendering import notice, site_words
from intake import reply_times


def shared_facts(request):
    """Return clinic, site, helplines, menu and site_url; what a template does not ask for costs nothing."""
    known = SimpleLazyObject(site_facts.at_hand)
    lines = SimpleLazyObject(lambda: site_facts.for_templates(known.helplines))
    return {
        "site_url": settings.SITE_URL,
        "clinic": SimpleLazyObject(lambda: known.clinic),
        "office_hours": SimpleLazyObject(reply_times.hours_in_words),
        "site": SimpleLazyObject(lambda: site_words.said(known, get_language())),
        "helplines": SimpleLazyObject(lambda: lines["helplines"]),
        "footer_helplines": SimpleLazyObject(lambda: lines["footer_helplines"]),
        "notice": SimpleLazyObject(lambda: notice.shown(known, languages.of_path(request.path))),
        "menu": SimpleLazyObject(lambda: _menu(request, known)),
        "other_languages": SimpleLazyObject(lambda: _other_languages(request)),
    }


def _menu(request, known):
    of_same_language = navigation.of_language(languages.of_path(request.path), known.topics)
    return [topic for topic in of_same_language if topic.in_menu]


def _other_languages(request):
    """Return the other languages for what is no page: the form has its own address in each."""
    here = request.path
    found = []
    for code, name in settings.LANGUAGES:
        if code != languages.of_path(here):
            there = translate_url(here, code)
            href = there if there != here else languages.home(code)
            found.append({"code": code, "name": name, "href": href, "is_this_page": True})
    return found
