"""Finds words of danger in a message, in memory: help comes first for the sender, the message for staff.

Called by views.py and the screen that logs a call. The phrases are data: danger_phrases.py and its Spanish
twin have those that are shipped, owners change them in the message settings. Nothing is refused, delayed or
logged because of them.
"""

import logging
import re
import unicodedata
from functools import lru_cache

from django.core.cache import cache
from django.db.models.signals import post_save
from django.dispatch import receiver

from intake import typed_text
from intake.models import Danger, IntakeSettings
from intake.receiving import danger_phrases, danger_phrases_spanish

logger = logging.getLogger(__name__)

GAP = frozenset()  # “...” in a phrase: up to MAX_GAP words may stand there
MAX_GAP = 3
END = "."  # of a sentence, as a word
MAX_FILLERS = 4
# Many write Spanish by ear: “ya no kiero bibir”, “me boi a aorcar”, “las pastiyas”, “morirrr”. What is typed
# and the phrases are both read as they sound; “odd” does not become “od”.
SOUNDS = [
    (re.compile("ll"), "y"),
    (re.compile(r"(?<=[aeou])y\b"), "i"),
    (re.compile("(?<=[aeiou])h(?=[aeiou])"), ""),
    (re.compile("qu(?=[ei])|q|c(?![eihy])"), "k"),
    (re.compile("c(?!h)|z"), "s"),
    (re.compile("v"), "b"),
    (re.compile(r"(?<=[a-z]{2})([a-z])\1+"), r"\1"),
    (re.compile(r"([a-z])\1+(?=[a-z]{2})"), r"\1"),
]
SHORT_FORMS = {"k": "ke", "pa": "para", "ta": "esta", "toi": "estoi"}
REMEMBERED = "intake.danger_phrases"
REMEMBERED_SECONDS = 1  # a flood of messages asks for the phrases once
SHIPPED = {
    "harmless_phrases": danger_phrases.HARMLESS + danger_phrases_spanish.HARMLESS,
    "overdose_phrases": danger_phrases.OVERDOSE + danger_phrases_spanish.OVERDOSE,
    "suicide_phrases": danger_phrases.SUICIDE + danger_phrases_spanish.SUICIDE,
}


def find(written):
    """Return the kind of danger (models.Danger) that the written fields speak of; empty if none.

    Whatever goes wrong here, the message is received.
    """
    try:
        lines = f"{written['message']}\n{written['relationship']}\n{written['name']}"
        return Danger.together(_find(lines), _find(lines.replace("\n", " ")))  # a line may end in a phrase
    except Exception as error:
        logger.error("Words of danger were not looked for: %s.", type(error).__name__)
        return Danger.NONE


def phrases(settings, name):
    """Return what owners wrote into the field `name` of the settings, else what is shipped."""
    return getattr(settings, name) or SHIPPED[name]


def _known_phrases():
    """Return the three texts. Another process may have changed them up to a second ago."""
    return cache.get_or_set(REMEMBERED, _read_phrases, REMEMBERED_SECONDS)


def _read_phrases():
    settings = IntakeSettings.current()
    return [phrases(settings, name) for name in SHIPPED]


@receiver(post_save, sender=IntakeSettings)
def _forget_phrases(**kwargs):
    cache.delete(REMEMBERED)


def _find(text):
    harmless, overdose, suicide = map(_index, _known_phrases())
    words = _without(_words(text), harmless)
    is_overdose = any(any(_matches(each, overdose)) and not _is_long_ago(each) for each in _sentences(words))
    is_suicide = any(_matches(words, suicide))
    return Danger.together(
        Danger.OVERDOSE if is_overdose else Danger.NONE, Danger.SUICIDE if is_suicide else Danger.NONE
    )


def _words(text):
    """Return the words as they sound, without accents and apostrophes; END for the end of a sentence."""
    text = typed_text.APOSTROPHES.sub("", text)
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text.lower()))
    plain = re.sub(r"\b(my|him|her|them|your|our) (sel(?:f|ves))\b", r"\1\2", plain)
    for spelling, sound in SOUNDS:
        plain = spelling.sub(sound, plain)
    return [
        END if word in ".!?;\n" else SHORT_FORMS.get(word, word)
        for word in re.findall(r"[a-z0-9]+|[.!?;\n]", plain)
    ]


def _word_set(text):
    return frozenset(_words(text))


NEGATIONS = _word_set(danger_phrases.NEGATIONS)
FILLERS = _word_set(danger_phrases.FILLERS)
NOW = _word_set(danger_phrases.NOW)


@lru_cache(maxsize=8)
def _index(text):
    """Return the phrases of `text`, one a line, as {last word: [slots]}; a slot is a set of words, or GAP."""
    found = {}
    for line in text.splitlines():
        slots = [_slot(word) for word in re.sub(r"\.{3}|…", " ... ", line).split()]
        while slots and slots[-1] is GAP:
            slots.pop()
        for last in slots[-1] if slots else ():
            found.setdefault(last, []).append(slots[:-1])
    return found


def _slot(word):
    if word == "...":
        return GAP
    return frozenset(part for option in word.split("/") for part in _words(option) if part != END)


def _matches(words, index):
    """Yield (first, last) of every phrase in `words` that is not negated."""
    for last, word in enumerate(words):
        for slots in index.get(word, ()):
            if slots and slots[-1] is not GAP and words[last - 1] not in slots[-1]:
                continue  # nearly all end here: this keeps ten thousand characters below 5 ms
            first = _first(words, slots, last)
            if first is not None and not _is_negated(words, first):
                yield first, last


def _first(words, slots, position):
    """Return where a phrase begins whose next word is at `position`, or None; read from its end."""
    gap = 0
    for slot in reversed(slots):
        if slot is GAP:
            gap = MAX_GAP
            continue
        position = _before(words, slot, position, gap)
        if position is None:
            return None
        gap = 0
    return position


def _before(words, slot, position, gap):
    """Return the nearest place of a word of `slot` before `position`, over at most `gap` others."""
    for place in range(position - 1, max(position - 2 - gap, -1), -1):
        if words[place] in slot:
            return place
        if words[place] == END or words[place] in NEGATIONS:
            return None
    return None


def _is_negated(words, first):
    """Whether “not”, “never” and the like stand before a phrase: “I would never kill myself”."""
    if words[first] in NEGATIONS:  # “No, no respira”
        return False
    for place in range(first - 1, max(first - 2 - MAX_FILLERS, -1), -1):
        if words[place] in NEGATIONS:
            return True
        if words[place] not in FILLERS:
            return False
    return False


def _sentences(words):
    """Return the words of each sentence."""
    found = [[]]
    for word in words:
        found.append([]) if word == END else found[-1].append(word)
    return found


def _is_long_ago(sentence):
    """Whether it tells of the past, and does not say “now”."""
    is_past = any(_matches(sentence, _index(danger_phrases.LONG_AGO)))
    return is_past and not NOW.intersection(sentence)


def _without(words, harmless):
    """Blank harmless phrases, “too much time”, so that no phrase is found across or inside them."""
    words = list(words)
    for first, last in list(_matches(words, harmless)):
        words[first : last + 1] = [END] * (last + 1 - first)
    return words
