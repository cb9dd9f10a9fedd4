"""The notice that all pages show for a time, in the language of the page. Used by the context processor."""

from content.caching import site_facts
from content.rendering.tokens import InlineText


def shown(known, language):
    """Return the notice of the Facts `known` as safe HTML; empty while there is none."""
    text = known.notice.in_language(language) if known.notice else ""
    helplines = site_facts.in_language(known.helplines, language)
    return InlineText(known.sources, helplines).plain(text) if text else ""
