"""What every template may show: shared facts, looked up only when a template asks for them."""

from content import facts, navigation
from django.conf import settings
from django.utils.functional import SimpleLazyObject


def shared_facts(request):
    """Return clinic, helplines, menu and site_url for templates; each costs at most one query."""
    helplines = SimpleLazyObject(facts.published_helplines)
    return {
        "site_url": settings.SITE_URL,
        "clinic": SimpleLazyObject(facts.clinic),
        "helplines": helplines,
        "footer_helplines": SimpleLazyObject(lambda: [h for h in helplines.values() if h.is_in_footer]),
        "menu": SimpleLazyObject(navigation.menu),
    }
