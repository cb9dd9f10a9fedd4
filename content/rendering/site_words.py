"""The clinic's own words about the site, as pages show them, instead of the record itself."""

from copy import copy
from html import unescape

from content.caching import site_facts
from content.models.typed import CODE
from content.rendering.tokens import InlineText


def said(known, language):
    """Return the SiteSettings of `known` in `language`, its codes as words: there is no room for links."""
    site = known.site.in_language(language)
    coded = [name for name in site.code_fields if CODE.search(getattr(site, name))]
    if coded:
        site, lines = copy(site), site_facts.in_language(known.helplines, language)
        for name in coded:
            setattr(site, name, unescape(InlineText(known.sources, lines).words(getattr(site, name))))
    return site
