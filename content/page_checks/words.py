"""Checks of wording: easy to read, kind, no promise that nobody can keep."""

import re
from functools import lru_cache

from content import readability
from content.models import languages
from content.page_checks.draft import Finding
from content.readability import spanish
from content.rendering.words import page_html

# Together with the words of stigma_terms.json, which name some promises too.
PROMISES = [
    (re.compile(pattern, re.IGNORECASE), say)
    for pattern, say in [
        (r"\bHIPAA[- ](?:certified|approved|compliant|secure)\b", "say how messages are kept, not a label"),
        (
            r"\b(?:100\s?(?:%|percent)|completely|totally|fully|absolutely)\s+"
            r"(?:private|secure|confidential|anonymous|safe)\b",
            "say what is private and where the limits are",
        ),
        (r"\bguarante(?:e|es|ed|eing)\b", "say what can help, and for how many"),
        (r"\brisk[- ]free\b", "say which risks there are"),
    ]
]
DENIED = re.compile(
    r"\b(?:no|not|never|nothing|nobody|cannot|neither)\b[^.!?]*\Z|n[’']t\b[^.!?]*\Z", re.IGNORECASE
)
# How texts are measured: a module with the functions of `readability` for each language.
RULERS = {"en": readability, "es": spanish}
PER_BLOCK = ("reading-longest_sentence", "reading-longest_paragraph")
# Texts of which each process remembers what was found: editors ask at every pause, and most blocks stay.
MAX_KEPT = 2000


def ruler_of(path):
    """Return the module that measures a page at `path`; a language without one gets the English one."""
    return RULERS.get(languages.of_path(path), readability)


def check(draft):
    """Yield findings on reading grade, long sentences, words that hurt, and promises."""
    ruler = ruler_of(draft.path)
    limits = ruler.EMERGENCY if draft.page.get("layout") == "emergency" else ruler.EVERYDAY
    yield from _grade(draft, ruler, limits)
    for place, _, words in draft.words_by_block:
        found = _lengths("".join(each.html for each in words), ruler, limits)
        yield from (Finding(f.rule, f.severity, f.advice, f.text, place) for f in found)
    for words in (*draft.page_words, *draft.words):
        yield from (words.finding(*found) for found in _terms(words.html, ruler))


@lru_cache(MAX_KEPT)
def measured(html, ruler, fewest_words):
    """Return what `ruler` measures in the `html` of one block."""
    return ruler.measure(html, fewest_words)


@lru_cache(MAX_KEPT)
def _lengths(html, ruler, limits):
    return [found for found in ruler.reading_findings(html, limits) if found.rule in PER_BLOCK]


def _grade(draft, ruler, limits):
    """Yield what holds for the page as a whole; lengths of sentences are checked block by block."""
    snapshot = {"page": draft.page, "blocks": [block for _, block in draft.blocks]}
    for found in ruler.reading_findings(page_html(snapshot), limits):
        if found.rule not in PER_BLOCK:
            yield Finding(found.rule, found.severity, found.advice)


@lru_cache(MAX_KEPT)
def _terms(html, ruler):
    """Return (rule, severity, message, text) of the words that hurt and of the promises in one field."""
    text = " ".join(readability.paragraphs(f"<p>{html}</p>"))
    found = ruler.term_findings(text)
    terms = [(each.rule, each.severity, f"{each.advice}.", each.text) for each in found]
    return [*terms, *_promises(text, [each.text for each in found])]


def _promises(text, found):
    for pattern, say in PROMISES:
        for match in pattern.finditer(text):
            is_found = any(match.group() in each or each in match.group() for each in found)
            if not is_found and not DENIED.search(text[: match.start()]):
                yield "promise", "error", f"Nobody can promise this: {say}.", match.group()
