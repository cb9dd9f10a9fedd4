"""Text as a reader sees it, without the marks that no screen shows. Used by models, checks and renderer."""

import re
import unicodedata
from html import unescape

from django.utils.html import strip_tags

# Soft hyphens, joiners of nothing, marks of direction, fillers: word processors leave them behind.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20e3\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# Of these no text needs any; joiners stand in emoji, soft hyphens in long words.
MARKS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
HYPHENS = re.compile(
    "[\u02d7\u058a\u05be\u1806\u2010\u2011\u2043\u2212\u2796\ufe58\ufe63\uff0d]|(?<=[0-9)])[\u2012-\u2015](?=[(0-9])"
)
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # the signs ! to ~


def as_read(text):
    """Return `text` with one kind of hyphen and space, plain digits and letters, and nothing unseen."""
    if text.isascii():
        return UNSEEN.sub("", text)
    plain = SPACES.sub(" ", UNSEEN.sub("", text)).translate(FULL_WIDTH)
    plain = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in plain)
    return HYPHENS.sub("-", plain)


def without_marks(text):
    """Return `text` without the marks that copying adds and that no screen shows; all else stays."""
    return MARKS.sub("", text)


def has_word(text):
    """Whether a reader sees at least one letter or digit of `text`."""
    return any(character.isalnum() for character in as_read(text))


def has_visible_word(html):
    """Whether a reader sees at least one letter or digit of `html`."""
    return has_word(unescape(strip_tags(html)))


def is_reason(text):
    """Whether `text` says something: a word of two letters, or a sign that is a word by itself."""
    return bool(re.search(r"[^\W\d_]{2}|[\u3040-\ua4cf\uac00-\ud7af]", as_read(text)))


def balanced(text, count):
    """Return the words of `text` in at most `count` lines, the longest of them as short as can be."""
    words = text.split()
    if count < 2 or len(words) < 2:
        return [" ".join(words)]
    ways = (
        [" ".join(words[:first]), *balanced(" ".join(words[first:]), count - 1)]
        for first in range(1, len(words))
    )
    return min(ways, key=lambda lines: max(map(len, lines)))
