"""Turns the tokens in a text into links: `[code]` cites a Source, `{code}` is the number of a Helpline.

Some codes stand for words kept elsewhere, as `{message-retention}`: settings.PAGE_WORDS says where.
A paragraph or list item with a fact of the clinic that nobody has entered, as `{clinic-price}`, is left out.

Used by the renderer, one `InlineText` a page, so that sources are numbered in the order of the text.
"""

import re

from django.conf import settings
from django.utils.html import conditional_escape, escape, format_html, strip_tags
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe

from content.readability.visible_text import as_read

CITATION = re.compile(r"\s*\[([a-z0-9]+(?:-[a-z0-9]+)*)\]")
CITATIONS = re.compile(rf"(?:{CITATION.pattern})+")
HELPLINE = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)(?::(text|web|name))?\}")
CLINIC_FACT = re.compile(r"\{(clinic(?:-[a-z-]+)?)\}")
SENTENCES = re.compile(r"<(p|li)>(?:(?!</?\1>).)*\{clinic(?:-[a-z-]+)?\}(?:(?!</?\1>).)*</\1>", re.DOTALL)
EMPTIED = re.compile(r"<li></li>|<([uo]l)>(?:\s|<li></li>)*</\1>")
TAG = re.compile(r"(<[^>]*>)")
SPANISH_LINK = re.compile(r'<a (?=href="[^"]*/es/)')
CODE = re.compile(r"[\[{][^\[\]{}<>]{1,80}[\]}]")


class InlineText:
    """Resolves tokens against `sources` and `helplines` (dicts by slug) and collects what is cited."""

    def __init__(self, sources, helplines):
        self._sources, self._helplines = sources, helplines
        self.cited = []

    def plain(self, text):
        """Return plain `text` as safe HTML."""
        return self.rich(escape(text))

    def rich(self, html):
        """Return sanitized `html` with its tokens resolved.

        Inside a link, numbers stay plain text, and what it cites follows after its end.
        """
        parts, in_link, cited = [], False, []
        for part in TAG.split(without_unknown_facts(_readable(html))):
            if part.startswith("<"):
                in_link = part.startswith("<a ") or (in_link and part != "</a>")
                part = SPANISH_LINK.sub('<a lang="es" ', part)
                parts += [part] if in_link else [part, *cited]
                cited = cited if in_link else []
            elif in_link:
                cited += self._known_citations(part)
                parts.append(self._without_links(part))
            else:
                parts.append(self._resolve(part))
        return mark_safe("".join(parts))  # noqa: S308 - escaped or sanitized before, links built by format_html

    def words(self, text):
        """Return plain `text` as safe words, for places where no link can be: citations are left out."""
        return mark_safe(self._without_links(_readable(escape(text))))  # noqa: S308 - escaped, nothing added

    def _resolve(self, text):
        text = HELPLINE.sub(lambda match: self._helpline(match, in_link=False), text)
        return CITATIONS.sub(self._citations, text)

    def _without_links(self, text):
        text = HELPLINE.sub(lambda match: self._helpline(match, in_link=True), text)
        return CITATION.sub(lambda match: "" if match[1] in self._sources else match[0], text)

    def _known_citations(self, text):
        known = [match[0].strip() for match in CITATION.finditer(text) if match[1] in self._sources]
        return [self._resolve("".join(known))] if known else []

    def _citations(self, match):
        """Return one mark for neighbors: an unknown code stays as it was typed."""
        links = [self._citation(code) for code in CITATION.finditer(match[0])]
        known = "".join(link for link in links if link.startswith("<"))
        unknown = "".join(link for link in links if not link.startswith("<"))
        return f"<sup>{known}</sup>{unknown}" if known else unknown

    def _citation(self, match):
        source = self._sources.get(match[1])
        if source is None:
            return match[0]
        if source not in self.cited:
            self.cited.append(source)
        number = self.cited.index(source) + 1
        return format_html('<a href="#source-{0}">[{0}]</a>', number)

    def _helpline(self, match, in_link):
        if match[1] in settings.PAGE_WORDS:
            words = conditional_escape(words_of(match[1]))  # some are links
            return strip_tags(words) if in_link else words
        line = self._helplines.get(match[1])
        if line is None:
            return match[0]
        if not line.is_published:
            return escape(line.name)
        href, label = {
            "text": (line.sms_href, line.sms_number),
            "web": (line.web_url, line.web_label or line.web_url),
            "name": ("", line.name),
            None: (line.tel_href, line.number),
        }[match[2]]
        if in_link or not href:
            return escape(label or line.name)
        return format_html('<a href="{}">{}</a>', href, label)


def _readable(html):
    """Return `html` with what nobody sees taken out of its codes: a soft hyphen in one, for example."""
    return html if html.isascii() else CODE.sub(lambda match: as_read(match[0]), html)


def words_of(code):
    """Return the words that the function for `code` of settings.PAGE_WORDS gives."""
    return import_string(settings.PAGE_WORDS[code])()


def without_unknown_facts(html):
    """Return `html` without the paragraphs and list items that name a fact of the clinic nobody entered."""
    return EMPTIED.sub("", SENTENCES.sub(lambda match: match[0] if _are_known(match[0]) else "", html))


def without_facts(html):
    """Return the part of `html` that stands there whatever somebody enters about the clinic, or deletes."""
    return SENTENCES.sub("", html)


def _are_known(sentence):
    codes = CLINIC_FACT.findall(sentence)
    return all(words_of(code) for code in codes if code in settings.PAGE_WORDS)


def tokens(text):
    """Return the citation codes and the helpline codes that `text` names."""
    return [match[1] for match in CITATION.finditer(text)], [match[1] for match in HELPLINE.finditer(text)]
