"""What the search has to know of a language to compare its words. Used by search.py.

A language without an entry is searched like English: words are still found as they stand.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"[a-z0-9]+")
APOSTROPHE = re.compile("['’‘‛ʼ´`′＇]")  # of every keyboard


@dataclass
class Wording:
    """How one language bends its words, which of them say nothing, and how it names the two dangers."""

    endings: tuple  # the longest first
    little_words: str
    overdose: str
    suicide: str
    kept: frozenset = frozenset()  # words that mean another thing without their ending

    def words(self, text):
        """Return the words of `text` without accents, apostrophes and endings."""
        plain = unicodedata.normalize("NFKD", APOSTROPHE.sub("", text.lower()))
        letters = "".join(each for each in plain if not unicodedata.combining(each))
        return [self._stem(word) for word in WORD.findall(letters)]

    def _stem(self, word):
        if word in self.kept:
            return word
        fitting = (end for end in self.endings if word.endswith(end) and len(word) - len(end) >= 3)
        return word.removesuffix(next(fitting, ""))

    @cached_property
    def common(self):
        return frozenset(self.words(self.little_words))

    @cached_property
    def dangers(self):
        """The word for an overdose and the word for suicide, as they are compared."""
        return self.words(self.overdose)[0], self.words(self.suicide)[0]


ENGLISH = Wording(
    endings=("ing", "ed", "es", "s", "e", "d"),
    little_words="a am an and any are as at be but by can cant did do does dont for from get had has have he "
    "her him his how i if im in is isnt it its ive me much my of old on or our she so that the their them "
    "they this to up was we what when where which who why will with wont you your",
    overdose="overdose",
    suicide="suicide",
)
SPANISH = Wording(
    endings=("iendo", "ando", "aron", "ado", "ar", "er", "ir", "as", "es", "os", "a", "e", "o", "s"),
    little_words="a al algo ante año años aqui asi aun aunque cada como con cual cuando de del donde e el "
    "ella ellos en entre era es esa ese eso esta estan este esto estoy fue ha hace han hasta "
    "hay he hijo hija la las le les lo los mas me mi mis mucho muy ni no nos o para pero por "
    "porque puede puedo que quien se ser si sin sobre son su sus tal tambien te tengo tiene "
    "tu un una uno unos usted y ya yo",
    overdose="sobredosis",
    suicide="suicidio",
    kept=frozenset({"papeles"}),  # of a person; “papel” is paper or foil
)
OF_LANGUAGE = {"es": SPANISH}


def of(language):
    return OF_LANGUAGE.get(language, ENGLISH)
