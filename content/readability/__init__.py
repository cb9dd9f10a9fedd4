"""How easy and how kind a text is: reading grade, sentence length, words to avoid.

Called by the editor's checks, the publishing checks and the page tests. It knows no models: it
takes HTML and returns measurements and findings. The gate is the raw grade; the grade with medical
words masked is only shown. Text cut to please the gauge warns too. The words to avoid are
`stigma_terms.json`.
"""

import gc
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import textstat

from content.readability.passages import paragraphs, parse, sentences, without_citations

FEWEST_WORDS_FOR_A_GRADE = 100
FEWEST_SENTENCES_FOR_SMOG = 30
FEWEST_SENTENCES_FOR_RHYTHM = 10
WORDS_OF_A_SHORT_SENTENCE = 6
WORD = re.compile(r"[\w’'.-]*\w")

# Terms a reader of this site needs and meets explained; the masked grade counts each as one short word.
MASKED = re.compile(
    r"\b(?:heroin|opioids?|fentanyl|morphine|naloxone|methadone|buprenorphine|naltrexone"
    r"|medications?|medicines?|overdos(?:es?|ing)|withdrawal|recovery|tolerance|dependence"
    r"|addiction|disorder|therapy|therapists?|telephone|video|emergency|pregnant|pregnancy"
    r"|California|Orange County|Medi-Cal|Virtual Treatment Center|VTC|xylazine|medetomidine"
    r"|clonidine|lofexidine|Narcan|CalRx|NEXT Distro|SAMHSA|HIPAA|Choose Change California"
    r"|OC Links|Cognitive Behavioral Therapy|Dialectical Behavior Therapy"
    r"|Rational Emotive Behavior Therapy|Poison Control|Veterans Crisis Line|Zoom"
    r"|Centers for Disease Control and Prevention|National Survey on Drug Use and Health)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Measure:
    """Readability of one text. Grades are US school grades; None where the text is too short.

    The longest paragraph, `prose_mean` (words a sentence) and `short_share` (percent) are those of running
    text, not of headings, steps and lists.
    """

    words: int
    grade: float | None
    masked_grade: float | None
    smog: float | None
    mean_sentence: float
    longest_sentence: int
    longest_sentence_text: str
    longest_paragraph: int
    prose_mean: float | None
    short_share: int | None

    @property
    def minutes(self):
        """Reading time in minutes."""
        return minutes_of(self.words)

    def shown(self, limits):
        """Return the score as the editor's counter shows it, and what it means against `limits`."""
        if self.grade is None:
            return {"score": "too short for a reading grade", "verdict": ""}
        too_hard, hard = limits.grade
        grade, masked = (round(max(each, 0), 1) for each in (self.grade, self.masked_grade))
        score = f"reading grade {grade} ({masked} without medical words)"
        return {
            "score": score,
            "verdict": verdict(is_hard=self.grade > hard, is_too_hard=self.grade > too_hard),
        }


@dataclass(frozen=True)
class Finding:
    """One thing an editor is told. `severity` is "error" (blocks publishing) or "warn"."""

    rule: str
    severity: str
    text: str
    advice: str


def reading_minutes(html):
    """Return the reading time of `html`, as `measure` has it but without what only a grade needs.

    Servers of pages ask for no grade: the dictionary of syllables behind it takes a second and 70 MB.
    """
    return minutes_of(sum(len(WORD.findall(chunk)) for chunk in paragraphs(html)))


def verdict(*, is_hard, is_too_hard):
    return "too hard: shorter sentences and words" if is_too_hard else "could be easier" if is_hard else ""


def minutes_of(words):
    """Return how many minutes `words` words take at 200 a minute, at least one."""
    return max(1, round(words / 200))


def measure(html, fewest_words=FEWEST_WORDS_FOR_A_GRADE):
    """Return the `Measure` of the visible US English text of `html`; shorter texts get no grade."""
    parsed = parse(html)
    split = [sentences(chunk) for chunk in without_citations(parsed.chunks)]
    flat = [sentence for part in split for sentence in part]
    lengths = [_length(sentence) for sentence in flat] or [0]
    words, raw = sum(lengths), " ".join(_ended(sentence) for sentence in flat)
    graded = words >= fewest_words
    if graded:
        _read_dictionary()
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    prose_mean, short_share = _rhythm(parsed.prose)
    return Measure(
        words=words,
        grade=textstat.flesch_kincaid_grade(raw) if graded else None,
        masked_grade=textstat.flesch_kincaid_grade(MASKED.sub("word", raw)) if graded else None,
        smog=textstat.smog_index(raw) if len(flat) >= FEWEST_SENTENCES_FOR_SMOG else None,
        mean_sentence=round(words / max(1, len(flat)), 1),
        longest_sentence=max(lengths),
        longest_sentence_text=flat[longest] if flat else "",
        longest_paragraph=max((len(sentences(chunk)) for chunk in parsed.prose), default=0),
        prose_mean=prose_mean,
        short_share=short_share,
    )


def _length(sentence):
    return len(WORD.findall(sentence))


def _rhythm(chunks):
    """Return the mean length of the sentences of paragraphs, and how many percent of them are short."""
    lengths = [_length(sentence) for chunk in without_citations(chunks) for sentence in sentences(chunk)]
    if len(lengths) < FEWEST_SENTENCES_FOR_RHYTHM:
        return None, None
    short = sum(length <= WORDS_OF_A_SHORT_SENTENCE for length in lengths)
    return round(sum(lengths) / len(lengths), 1), round(100 * short / len(lengths))


def _ended(sentence):
    return sentence if sentence[-1] in ".!?" else sentence.rstrip(":;,") + "."


@dataclass(frozen=True)
class Rhythm:
    """Below which mean length of a sentence, and above which percent of short ones, a text sounds cut up."""

    prose_mean: int = 9
    short_share: int = 30


@dataclass(frozen=True)
class Limits:
    """What fails and what warns when more is measured. Grades are US ones, lengths in words.

    `rhythm` is None where short sentences are right: in what people read while somebody is dying.
    """

    grade: tuple = (7, 6.5)
    smog: tuple = (12, 11)
    mean_sentence: tuple = (18, 15)
    longest_sentence: tuple = (25, 25)
    longest_paragraph: tuple = (5, 4)
    rhythm: Rhythm | None = Rhythm()


EVERYDAY = Limits()
EMERGENCY = Limits((5, 4.5), (9.5, 9), (12, 11), (20, 18), (3, 3), None)

ADVICE = {
    "grade": "Reading grade {value:.1f} ({masked:.1f} without medical words): use shorter words.",
    "smog": "SMOG grade {value:.1f}: use fewer words of three or more syllables.",
    "mean_sentence": "{value} words a sentence on average: split long sentences.",
    "longest_sentence": "A sentence of {value} words: split it.",
    "longest_paragraph": "A paragraph of {value} sentences: split it.",
}


def reading_findings(html, limits=EVERYDAY):
    """Return the readability `Finding`s of `html` against `limits`."""
    measured = measure(html)
    findings = [*_too_hard(measured, limits)]
    return [*findings, *_cut_up(measured, limits.rhythm)] if limits.rhythm else findings


def _too_hard(measured, limits):
    for name, advice in ADVICE.items():
        value, (error, warn) = getattr(measured, name), getattr(limits, name)
        if value is None or value <= warn:
            continue
        severity = "error" if value > error else "warn"
        text = measured.longest_sentence_text if name == "longest_sentence" else ""
        advice = advice.format(value=value, masked=measured.masked_grade or 0)
        yield Finding(f"reading-{name}", severity, text, advice)


@cache
def _read_dictionary():
    """Read the syllables of all words, and keep them out of the rounds of the garbage collector.

    Each round over them takes a third of a second, and a long page in the admin causes several.
    """
    textstat.flesch_kincaid_grade("word")
    gc.freeze()


def _cut_up(measured, rhythm):
    if measured.prose_mean is None:
        return
    if measured.prose_mean < rhythm.prose_mean:
        advice = f"{measured.prose_mean} words a sentence on average: join some, as in talking."
        yield Finding("reading-cut_up", "warn", "", advice)
    if measured.short_share > rhythm.short_share:
        advice = f"{measured.short_share}% of the sentences have six words or fewer: join some of them."
        yield Finding("reading-short_sentences", "warn", "", advice)


@lru_cache
def _terms(file_name):
    data = json.loads((Path(__file__).parent / file_name).read_text(encoding="utf-8"))
    compiled = [(re.compile(rule["pattern"], re.IGNORECASE), rule) for rule in data["rules"]]
    return data["allow_phrases"], compiled


def term_findings(text, file_name="stigma_terms.json"):
    """Return a `Finding` for each word or phrase of the list `file_name` in plain `text`."""
    allowed, rules = _terms(file_name)
    for phrase in allowed:
        text = text.replace(phrase, " ")
    return [
        Finding(
            f"words-{rule['id']}", rule["severity"], match.group().strip(), "Say: " + "; ".join(rule["say"])
        )
        for pattern, rule in rules
        for match in pattern.finditer(text)
    ]
