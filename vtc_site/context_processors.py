"""What every template may show: shared facts, looked up only when a template asks for them."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from content.caching import site_facts


def shared_facts(request):
    """Return clinic, helplines, menu and site_url for templates; what one does not ask for costs nothing."""
    known = SimpleLazyObject(site_facts.at_hand)
    lines = SimpleLazyObject(lambda: site_facts.for_templates(known.helplines))
    return {
        "site_url": settings.SITE_URL,
        "clinic": SimpleLazyObject(lambda: known.clinic),
        "helplines": SimpleLazyObject(lambda: lines["helplines"]),
        "footer_helplines": SimpleLazyObject(lambda: lines["footer_helplines"]),
        "menu": SimpleLazyObject(lambda: [topic for topic in known.topics if topic.in_menu]),
    }
