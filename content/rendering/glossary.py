"""Leads from the first mention of a term on a page to its definition, and back. Used by page.py."""

import re

from django.utils.html import format_html
from django.utils.safestring import mark_safe

TAG = re.compile(r"(<[^>]*>)")
UNMARKED = {"a", "h3", "sup"}  # a term stays plain text inside these


class Glossary:
    """Marks terms in the texts of one page, and knows afterwards which ones it has met."""

    def __init__(self, terms):
        self._by_form = {form.lower(): term for term in terms for form in term.forms}
        forms = sorted(self._by_form, key=len, reverse=True)
        self._any = (
            re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE) if forms else None
        )
        self.met = []

    def mark(self, html):
        """Return safe `html` with a link at the first mention of each term on the page."""
        if self._any is None:
            return html
        parts, unmarked = [], 0
        for part in TAG.split(html):
            if part.startswith("<"):
                unmarked += _depth(part)
                parts.append(part)
            else:
                parts.append(part if unmarked else self._any.sub(self._link, part))
        return mark_safe("".join(parts))  # noqa: S308 - it was safe, links are built by format_html

    def _link(self, match):
        term = self._by_form[match[0].lower()]
        if term in self.met:
            return match[0]
        self.met.append(term)
        return format_html('<a id="{}" href="#{}">{}</a>', term.mention, term.anchor, match[0])


def _depth(tag):
    """Return by how much `tag` goes deeper into text that stays plain."""
    name = tag.strip("</>").split(" ")[0]
    if name not in UNMARKED:
        return 0
    return -1 if tag.startswith("</") else 1
