"""What every template may show: shared facts, looked up only when a template asks for them."""

from content import facts, navigation
from django.conf import settings
from django.utils.functional import SimpleLazyObject


def shared_facts(request):
    """Return clinic, helplines, menu and site_url for templates; what a template does not ask for costs nothing."""
    lines = SimpleLazyObject(lambda: facts.for_templates(facts.all_helplines()))
    return {
        "site_url": settings.SITE_URL,
        "clinic": SimpleLazyObject(facts.clinic),
        "helplines": SimpleLazyObject(lambda: lines["helplines"]),
        "footer_helplines": SimpleLazyObject(lambda: lines["footer_helplines"]),
        "menu": SimpleLazyObject(navigation.menu),
    }
