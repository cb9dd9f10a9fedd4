"""Check that a page speaks its own language: a translation may not go live while words of it wait."""

import re

from content.models import languages

# Small words that a text of one language has and no text of the other.
ENGLISH = """the and you your with for this that we are is not what how who from or if will can it of to by on
    at our more than they them their when have do does be was which as but about into there these an"""
SPANISH = """el la los las de del que y en un una por con para su sus se lo le es al como más si pero cuando
    está están puede esta este esto usted ustedes nos muy ya"""
SMALL_WORDS = {"en": frozenset(ENGLISH.split()), "es": frozenset(SPANISH.split())}
NAMES = {"en": "English", "es": "Spanish"}
WORD = re.compile(r"[^\W\d_]+")
LEAST_WORDS, LEAST_SHARE = 2, 0.2  # names and quoted words have fewer


def check(draft):
    """Yield one error for each field with a line in another language than that of the page."""
    own = languages.of_path(draft.path)
    for words in (*draft.page_words, *draft.words) if own in SMALL_WORDS else ():
        for line in words.visible.splitlines():
            if (code := language_of(line)) not in (None, own):
                message = f"This is in {NAMES[code]}, on a page in {NAMES[own]}. Translate it."
                yield words.finding("other-language", "error", message, line.strip())
                break


def language_of(line):
    """Return the language that most small words of `line` are of, None if too few are of any."""
    words = WORD.findall(line.casefold())
    counts = sorted((sum(word in small for word in words), code) for code, small in SMALL_WORDS.items())
    (second, _), (most, code) = counts[-2:]
    return code if most > second and most >= max(LEAST_WORDS, LEAST_SHARE * len(words)) else None
