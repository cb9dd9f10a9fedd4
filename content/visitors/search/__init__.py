"""Finds the passages of live pages that answer what a visitor typed. Called by the view; keeps no query.

All live pages of a language are read into memory once, until something public changes. Typos are forgiven
by comparing words with letters left out, street names by the synonyms that staff keep.
"""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, combinations

from django.db import Error as DatabaseFailure
from django.utils.html import format_html, format_html_join

from content import readability
from content.caching import site_facts
from content.caching.memory import last, remembered
from content.models import BLOCKS_BY_KIND, Synonym, Version, languages
from content.rendering.anchors import of_blocks
from content.rendering.tokens import InlineText
from content.rendering.words import block_html
from content.visitors.search import language_rules

MAX_LETTERS = 200  # of a query; what is longer is cut
MAX_WORDS = 12
LONGEST_WORD = 24  # letters
SHORTEST_TYPO = 4  # letters: almost any shorter word is close to another, as “son” is to “soon”
MAX_RESULTS, MAX_OF_A_PAGE = 10, 3
WORDS_SHOWN = 32  # of a passage
NAMED, IN_HEADING, IN_TITLE = 6.0, 4.0, 1.5  # what the page is named, and so on; a word of the text counts 1
MARK = re.compile(r"<sup>.*?</sup>")


@dataclass  # not frozen: the pieces of its text are kept once they were asked for
class Passage:
    """A part of a page below one heading."""

    path: str
    title: str  # the heading of the page
    heading: str  # "" for what the page opens with
    anchor: str
    wording: language_rules.Wording
    texts: list = field(default_factory=list)

    @property
    def address(self):
        return f"{self.path}#{self.anchor}" if self.anchor else self.path

    @cached_property
    def pieces(self):
        """Each word of the text as it stands there, with what the search compares."""
        ended = (text if text.endswith((".", "?", "!", ":")) else f"{text}." for text in self.texts)
        return [(piece, frozenset(self.wording.words(piece))) for piece in " ".join(ended).split()]


@dataclass(frozen=True)
class Found:
    """What the search has for one query; `passages` holds a dict for each hit, the best first."""

    passages: list
    is_overdose: bool
    is_crisis: bool


def find(query, language):
    """Return what the live pages in `language` say about `query`. Any text is harmless."""
    return index(language).find(query)


def index(language):
    """Return the index of the pages as they are now, or the last one if the database is down."""
    key = "search index", language
    try:
        return remembered(key, lambda: make_index(language))
    except DatabaseFailure:
        known = last(key)
        if known is None:
            raise
        return known


def make_index(language):
    wording = language_rules.of(language)
    return Index(_passages(language, wording), Synonym.objects.filter(language=language), wording)


def _shortened(word):
    """Return `word` with letters left out: a word and its typo have one of these in common."""
    slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    return {"".join(left) for lost in range(slips + 1) for left in combinations(word, len(word) - lost)}


class Index:
    """`passages` by their words, with the `synonyms` that lead to them."""

    def __init__(self, passages, synonyms, wording):
        self._passages, self._wording = passages, wording
        self._weights = defaultdict(dict)  # word -> {number of a passage: how much it is about the word}
        for number, passage in enumerate(passages):
            for word, weight in _weights(passage).items():
                self._weights[word][number] = weight
        self._meanings = [
            (f" {' '.join(wording.words(phrase))} ", wording.words(each.pages_say))
            for each in synonyms
            for phrase in each.phrases
        ]
        known = {word for phrase, meaning in self._meanings for word in (*phrase.split(), *meaning)}
        self._known = known.union(self._weights, wording.common)
        self._close = defaultdict(set)  # a word with letters left out -> the words it may have been
        for word in self._known:
            for shortened in _shortened(word):
                self._close[shortened].add(word)

    def find(self, query):
        every_word = self._wording.words(query[:MAX_LETTERS])
        typed = [word for word in every_word if len(word) <= LONGEST_WORD][:MAX_WORDS]
        meant = [self._corrected(word) for word in typed]
        line = f" {' '.join(meant)} "
        others = {word for phrase, meaning in self._meanings if phrase in line for word in meaning}
        terms = ({*meant} - self._wording.common) | others
        overdose, suicide = self._wording.dangers
        hits = self._ranked(terms)
        return Found(
            passages=[_shown(self._passages[number], terms) for number in hits],
            is_overdose=overdose in terms,
            is_crisis=suicide in terms,
        )

    def _corrected(self, word):
        if word in self._known or len(word) < SHORTEST_TYPO:
            return word
        close = set().union(*(self._close.get(shortened, ()) for shortened in _shortened(word)))
        return max(close, key=lambda other: (self._likeness(word, other), other), default=word)

    def _likeness(self, word, other):
        return SequenceMatcher(None, word, other).ratio(), len(self._weights.get(other, ()))

    def _ranked(self, terms):
        """Return the numbers of the best passages: rare words count more than common ones."""
        scores = Counter()
        for term in terms:
            about = self._weights.get(term, {})
            rarity = math.log(1 + len(self._passages) / (1 + len(about)))
            for number, weight in about.items():
                scores[number] += weight * rarity
        best, of_page = [], Counter()
        for number, _ in sorted(scores.items(), key=lambda each: (-each[1], each[0])):
            path = self._passages[number].path
            of_page[path] += 1
            if of_page[path] <= MAX_OF_A_PAGE and len(best) < MAX_RESULTS:
                best.append(number)
        return best


def _weights(passage):
    weights, wording = Counter(), passage.wording
    for word, times in Counter(word for _, plain in passage.pieces for word in plain).items():
        weights[word] += 1 + math.log(times)
    for word in set(wording.words(passage.heading)):
        weights[word] += IN_HEADING
    for word in set(wording.words(passage.title)):
        weights[word] += IN_TITLE if passage.heading else NAMED
    return {word: weight for word, weight in weights.items() if word not in wording.common}


def _shown(passage, terms):
    """Return the hit as the template shows it: where it is, and the words around what was looked for."""
    start = _best_start([not terms.isdisjoint(plain) for _, plain in passage.pieces])
    shown = passage.pieces[start : start + WORDS_SHOWN]
    marked = (
        piece if terms.isdisjoint(plain) else format_html("<mark>{}</mark>", piece) for piece, plain in shown
    )
    text = format_html_join(" ", "{}", ((each,) for each in marked))
    return {
        "address": passage.address,
        "title": passage.title,
        "heading": passage.heading or passage.title,
        "text": text,
        "is_cut_before": start > 0,
        "is_cut_after": start + WORDS_SHOWN < len(passage.pieces),
    }


def _best_start(is_hit):
    """Return where the piece of the text begins that holds most hits; the beginning if it is as good."""
    hits = [0, *accumulate(is_hit)]
    last_place = max(0, len(is_hit) - WORDS_SHOWN)
    return max(
        range(last_place + 1), key=lambda place: hits[min(place + WORDS_SHOWN, len(is_hit))] - hits[place]
    )


def _passages(language, wording):
    known = site_facts.current()
    inline = InlineText(known.sources, site_facts.in_language(known.helplines, language))
    return [
        passage
        for version in Version.objects.current().order_by("path")
        if languages.of_path(version.path) == language
        for passage in _of_page(version.snapshot, inline, wording)
    ]


def _of_page(snapshot, inline, wording):
    """Return the passages of one page; what stands below no heading of its own belongs to the one before."""
    page = snapshot["page"]
    opening = _texts(inline.plain(page["lede"]))
    found = [Passage(page["path"], page["heading"], "", "", wording, opening)]
    anchors, _ = of_blocks(snapshot["blocks"])
    for block, own in zip(snapshot["blocks"], anchors, strict=True):
        model = BLOCKS_BY_KIND.get(block["kind"])
        if model is None:
            continue
        if anchor := own.get(model.anchor_field):
            heading = block[model.anchor_field]
            found.append(Passage(page["path"], page["heading"], heading, anchor, wording))
        headings = {block.get(model.anchor_field), block.get("group")}
        found[-1].texts.extend(_texts(inline.rich(block_html(block)), without=headings))
    return found


def _texts(html, without=()):
    return [text for text in readability.paragraphs(MARK.sub("", html)) if text not in without]
