"""Checks of facts: sources, figures, helplines, phone numbers."""

import re

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from content.models import Source
from content.page_checks.draft import Finding
from content.rendering.tokens import CITATION, HELPLINE

DOUBTFUL = {
    Source.Verification.NOT_OPENED,
    Source.Verification.SECOND_HAND,
}  # nobody of the team read the source itself
# A claim that counts or measures: blocks publishing without a source in the same block.
FIGURE = re.compile(
    r"\b\d[\d,.]*\s?(?:%|percent\b)|\b\d[\d,.]*\s+(?:in|of|out of)\s+(?:every\s+)?\d[\d,.]*\b"
    r"|\b\d{1,3}(?:,\d{3})+\b|\b\d[\d.]*\s+(?:million|billion|thousand)\b|\b\d[\d.]*\s?(?:mg|milligrams?)\b"
    r"|\b\d[\d.]*\s+times\s+(?:more|less|as|stronger|higher|lower)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\b\d+\b")
BETWEEN = r"[^\S\n]?[-./·•∙⋅･・_–—~,]?[^\S\n]?"  # groups of digits, as people part them
PHONE = re.compile(
    r"(?<!\w)(?<!\d-)(?:"
    r"911|988|9[-.]1[-.]1|9[-.]8[-.]8"
    rf"|(?:\+?1[-. ]?)?[(\[]?\d{{3}}[)\]]?{BETWEEN}\d{{3}}{BETWEEN}\d{{4}}"
    r"|(?:\+?1[-. ]?)?8(?:00|33|44|55|66|77|88)[-. ][A-Z\d]{3}[-. ]?[A-Z\d]{4}"  # 1-800-GET-HELP
    r")(?!\w|-\d)"
    r"|(?:(?<=\bto )|(?<=\btext )|(?<=\bal ))(?:\d{5,6}|741 741)\b"
)
SOURCE_TO_CALL = re.compile(r"\b(?:call|dial|llame al?|marque(?: el)?)\s+\[[a-z0-9-]+\]", re.IGNORECASE)
LOOSE_TOKEN = re.compile(r"\{[^{}]*\}?|\}")
NOTE = re.compile(r"\[[^\[\]]*\]")


def check(draft):
    """Yield findings on citations, figures, helplines and numbers."""
    for words in (*draft.page_words, *draft.words):
        yield from _citations(words, draft.around.sources)
        yield from _helplines(words, draft.around.helplines)
        yield from _phones(words)
    for place, block, words in draft.words_by_block:
        yield from _figures(place, block, words, draft.around.sources)
        if block["kind"] == "helplines":
            yield from _helpline_block(place, block, draft.around.helplines)


def _citations(words, sources):
    text = words.visible
    for code in CITATION.findall(text):
        if code not in sources:
            message = f"No source has the code [{code}]. Correct it, or add the source first."
            yield words.finding("unknown-source", "error", message, f"[{code}]")
        elif sources[code].verification in DOUBTFUL:
            message = f"Nobody has read the source [{code}] itself: open it, then note that under Sources."
            yield words.finding("unverified-source", "warn", message, f"[{code}]")
        elif (ends := sources[code].expires_on) and ends < timezone.localdate():
            message = f"What [{code}] says held until {date_format(ends)}: look what holds now."
            yield words.finding("expired-source", "warn", message, f"[{code}]")
    for match in SOURCE_TO_CALL.finditer(text):
        message = "Readers see the small number of a source here, nothing to call. Insert the line’s number."
        yield words.finding("source-to-call", "warn", message, match.group())
    for match in NOTE.finditer(CITATION.sub(" ", text)):
        message = (
            "Square brackets are for the code of a source, as in [cdc-naloxone]. Correct or remove them."
        )
        yield words.finding("unknown-source", "error", message, match.group())


def _figures(place, block, words, sources):
    """Yield numbers of a block that no source in the same block backs."""
    text = "\n".join(each.visible for each in words)
    codes = [code for code in CITATION.findall(text) if code in sources]
    bare = PHONE.sub(" ", HELPLINE.sub(" ", CITATION.sub(" ", text)))
    figure = FIGURE.search(bare) or (re.search(r"\S+", bare) if block["kind"] == "key_figure" else None)
    if figure and not codes:
        message = "A figure needs its source in the same block. Add its code, as in [cdc-naloxone]."
        yield Finding("figure-without-source", "error", message, figure.group(), place)
    elif figure and all(sources[code].verification in DOUBTFUL for code in codes):
        message = "This figure rests on a source that nobody has read itself: open it, or cite another."
        yield Finding("figure-without-source", "error", message, figure.group(), place)
    elif not codes and (number := NUMBER.search(bare)):
        message = "Does this number need a source? Add its code if it states a fact."
        yield Finding("number-without-source", "warn", message, number.group(), place)


def _helplines(words, helplines):
    text = words.visible
    for match in HELPLINE.finditer(text):
        code, form = match[1], match[2]
        line = helplines.get(code)
        if code in settings.PAGE_WORDS:
            continue
        if line is None:
            message = f"No helpline has the code {{{code}}}. Correct it, or add the helpline first."
            yield words.finding("unknown-helpline", "error", message, match.group())
        elif not line.is_published:
            message = f"{line.name} is not shown on the site. Visitors see only its name, so remove it."
            yield words.finding("hidden-helpline", "warn", message, match.group())
        elif not {"text": line.sms_href, "web": line.web_url, "name": line.name}.get(form, line.tel_href):
            message = f"{line.name} has no such number or address. Visitors see only its name."
            yield words.finding("helpline-form", "warn", message, match.group())
    for match in LOOSE_TOKEN.finditer(HELPLINE.sub(" ", text)):
        message = "Curly brackets are for a helpline’s code, as in {988} or {988:text}. Correct them."
        yield words.finding("unknown-helpline", "error", message, match.group())


def _helpline_block(place, block, helplines):
    chosen = [(slug, helplines.get(slug)) for slug in block.get("helplines") or []]
    if not any(line and line.is_published for _, line in chosen):
        message = "None of the helplines in this block is shown on the site. Choose one that is."
        yield Finding("no-helpline", "error", message, block=place, field="helplines")
    for slug, line in chosen:
        if line is None or not line.is_published:
            message = "This helpline is not shown on the site, so visitors do not see it."
            yield Finding("hidden-helpline", "warn", message, slug, place, "helplines")


def _phones(words):
    text = HELPLINE.sub(" ", CITATION.sub(" ", words.visible))
    for match in PHONE.finditer(text):
        message = "Do not type phone numbers. Use the helpline’s code, as in {911}, which stays correct."
        yield words.finding("typed-number", "error", message, match.group())
    for link in words.links:
        if link.href.startswith(("tel:", "sms:")):
            message = "Use the helpline’s code, as in {911}, instead of a link to a number."
            yield words.finding("typed-number", "error", message, link.href)
