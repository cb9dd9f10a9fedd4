"""How easy and how kind a Spanish text is: INFLESZ, Fernández Huerta, lengths, words to avoid.

The counterpart of `readability`, with the same functions; page_checks takes the one of the page's language.
INFLESZ is the scale of Barrio-Cantalejo and others (2008) for texts to patients: above 80 very easy, 65 to
80 fairly easy. The words to avoid are `stigma_terms_es.json`.
"""

import re
from dataclasses import dataclass

from content import readability
from content.readability import FEWEST_WORDS_FOR_A_GRADE, WORD, Finding
from content.readability.passages import paragraphs, prose
from content.readability.syllables import syllables

SENTENCE_ENDS = re.compile(r"(?<=[.!?])[\"”’»)]*\s+(?=[\"“‘«¿¡(A-ZÁÉÍÓÚÑ0-9])")


@dataclass(frozen=True)
class Measure:
    """Readability of one Spanish text; the scores are None where it is too short for one."""

    words: int
    inflesz: float | None
    huerta: float | None
    mean_sentence: float
    longest_sentence: int
    longest_sentence_text: str
    longest_paragraph: int

    @property
    def minutes(self):
        """Reading time in minutes."""
        return readability.minutes_of(self.words)

    def shown(self, limits):
        """Return the score as the editor's counter shows it, and what it means against `limits`."""
        if self.inflesz is None:
            return {"score": "too short for INFLESZ", "verdict": ""}
        too_hard, hard = limits.inflesz
        verdict = readability.verdict(is_hard=self.inflesz < hard, is_too_hard=self.inflesz < too_hard)
        return {"score": f"INFLESZ {self.inflesz} (aim for {hard} or more)", "verdict": verdict}


@dataclass(frozen=True)
class Limits:
    """What fails and what warns: below for `inflesz`, above for lengths in words or sentences."""

    inflesz: tuple = (65, 67)
    mean_sentence: tuple = (20, 17)
    longest_sentence: tuple = (30, 28)
    longest_paragraph: tuple = (5, 4)


EVERYDAY = Limits()
EMERGENCY = Limits((75, 80), (13, 12), (22, 20), (3, 3))

ADVICE = {
    "mean_sentence": "{value} words a sentence on average: split long sentences.",
    "longest_sentence": "A sentence of {value} words: split it.",
    "longest_paragraph": "A paragraph of {value} sentences: split it.",
}


def sentences(paragraph):
    """Split one Spanish paragraph into sentences."""
    return [part for part in SENTENCE_ENDS.split(paragraph) if re.search(r"\w", part)]


def measure(html, fewest_words=FEWEST_WORDS_FOR_A_GRADE):
    """Return the `Measure` of the visible Spanish text of `html`."""
    flat = [sentence for chunk in paragraphs(html) for sentence in sentences(chunk)]
    lengths = [len(WORD.findall(sentence)) for sentence in flat] or [0]
    words = sum(lengths)
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    inflesz, huerta = _scores(flat, words) if words >= fewest_words else (None, None)
    return Measure(
        words=words,
        inflesz=inflesz,
        huerta=huerta,
        mean_sentence=round(words / max(1, len(flat)), 1),
        longest_sentence=max(lengths),
        longest_sentence_text=flat[longest] if flat else "",
        longest_paragraph=max((len(sentences(chunk)) for chunk in prose(html)), default=0),
    )


def _scores(flat, words):
    """Return INFLESZ (Flesch-Szigriszt) and Fernández Huerta, the second with Law's correction of 2011."""
    spoken = sum(syllables(word) for sentence in flat for word in WORD.findall(sentence)) / words
    length = words / len(flat)
    return round(206.835 - 62.3 * spoken - length, 1), round(206.84 - 60 * spoken - 1.02 * length, 1)


def reading_findings(html, limits=EVERYDAY):
    """Return the readability `Finding`s of Spanish `html` against `limits`."""
    measured = measure(html)
    return [*_too_hard(measured, limits), *_too_long(measured, limits)]


def _too_hard(measured, limits):
    error, warn = limits.inflesz
    if measured.inflesz is None or measured.inflesz >= warn:
        return
    severity = "error" if measured.inflesz < error else "warn"
    advice = f"INFLESZ {measured.inflesz} (aim for {warn} or more): use shorter words and sentences."
    yield Finding("reading-inflesz", severity, "", advice)


def _too_long(measured, limits):
    for name, advice in ADVICE.items():
        value, (error, warn) = getattr(measured, name), getattr(limits, name)
        if value > warn:
            text = measured.longest_sentence_text if name == "longest_sentence" else ""
            severity = "error" if value > error else "warn"
            yield Finding(f"reading-{name}", severity, text, advice.format(value=value))


def term_findings(text):
    """Return a `Finding` for each Spanish word or phrase in plain `text` that the site avoids."""
    return readability.term_findings(text, "stigma_terms_es.json")
