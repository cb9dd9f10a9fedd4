"""How easy and how kind a text is: reading grade, sentence length, words to avoid.

Called by the editor's checks, the publishing checks and the page tests. It knows no models: it
takes HTML and returns measurements and findings. The limits and the masked words are those of
the content brief, section 4.3; the words to avoid are `stigma_terms.json`.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import textstat

BLOCK_TAGS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "figcaption", "legend", "label", "div"}
SKIPPED_TAGS = {"sup", "table", "svg", "style", "script", "nav", "form", "template"}
FEWEST_WORDS_FOR_A_GRADE = 100
FEWEST_SENTENCES_FOR_SMOG = 30
WORD = re.compile(r"[\w’'.-]*\w")

# Terms a reader of this site needs and meets explained; each is measured as one short word.
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
    """Readability of one text. Grades are US school grades; None where the text is too short."""

    words: int
    grade: float | None
    raw_grade: float | None
    smog: float | None
    mean_sentence: float
    longest_sentence: int
    longest_sentence_text: str
    longest_paragraph: int

    @property
    def minutes(self):
        """Reading time in minutes."""
        return _minutes(self.words)


@dataclass(frozen=True)
class Finding:
    """One thing an editor is told. `severity` is "error" (blocks publishing) or "warn"."""

    rule: str
    severity: str
    text: str
    advice: str


class _Chunks(HTMLParser):
    """Collects the visible text of each block element as one string."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.chunks, self._parts, self._skipping = [], [], 0

    def handle_starttag(self, tag, attrs):
        if (
            tag in SKIPPED_TAGS
            or dict(attrs).get("data-unmeasured") is not None
            or (self._skipping and tag not in ("br", "img", "hr", "input", "path", "circle"))
        ):
            self._skipping += 1
        if tag in BLOCK_TAGS or tag == "br":
            self._flush()

    def handle_endtag(self, tag):
        if self._skipping:
            self._skipping -= 1
        if tag in BLOCK_TAGS:
            self._flush()

    def handle_data(self, data):
        if not self._skipping:
            self._parts.append(data)

    def _flush(self):
        text = " ".join("".join(self._parts).split())
        if text:
            self.chunks.append(text)
        self._parts = []

    def close(self):
        super().close()
        self._flush()


def paragraphs(html):
    """Return the visible text of each heading, paragraph and list item of `html`."""
    parser = _Chunks()
    parser.feed(html)
    parser.close()
    return [re.sub(r"\s*\[[a-z0-9-]+\]", "", chunk) for chunk in parser.chunks]


def sentences(paragraph):
    """Split one paragraph into sentences; a colon that opens a list does not end one."""
    parts = re.split(
        r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9])", paragraph.replace("a.m.", "am").replace("p.m.", "pm")
    )
    return [part for part in parts if re.search(r"\w", part)]


def reading_minutes(html):
    """Return the reading time of `html`, as `measure` has it but without what only a grade needs.

    Servers of pages ask for no grade: the dictionary of syllables behind it takes a second and 70 MB.
    """
    return _minutes(sum(len(WORD.findall(chunk)) for chunk in paragraphs(html)))


def _minutes(words):
    """Return how many minutes `words` words take at 200 a minute, at least one."""
    return max(1, round(words / 200))


def measure(html, fewest_words=FEWEST_WORDS_FOR_A_GRADE):
    """Return the `Measure` of the visible US English text of `html`; shorter texts get no grade."""
    chunks = paragraphs(html)
    split = [sentences(chunk) for chunk in chunks]
    flat = [sentence for part in split for sentence in part]
    lengths = [len(WORD.findall(sentence)) for sentence in flat] or [0]
    words, raw = sum(lengths), " ".join(_ended(sentence) for sentence in flat)
    masked = MASKED.sub("word", raw)
    graded = words >= fewest_words
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    return Measure(
        words=words,
        grade=textstat.flesch_kincaid_grade(masked) if graded else None,
        raw_grade=textstat.flesch_kincaid_grade(raw) if graded else None,
        smog=textstat.smog_index(masked) if len(flat) >= FEWEST_SENTENCES_FOR_SMOG else None,
        mean_sentence=round(words / max(1, len(flat)), 1),
        longest_sentence=max(lengths),
        longest_sentence_text=flat[longest] if flat else "",
        longest_paragraph=max((len(part) for part in split), default=0),
    )


def _ended(sentence):
    return sentence if sentence[-1] in ".!?" else sentence.rstrip(":;,") + "."


@dataclass(frozen=True)
class Limits:
    """What fails and what warns, from the content brief 4.3. Grades US, lengths in words."""

    grade: tuple = (6.5, 5.5)
    raw_grade: tuple = (8.5, 7.5)
    smog: tuple = (10, 9)
    mean_sentence: tuple = (15, 13)
    longest_sentence: tuple = (25, 20)
    longest_paragraph: tuple = (4, 3)


EVERYDAY = Limits()
EMERGENCY = Limits((5, 4.5), (6.5, 6), (8.5, 8), (10, 9), (18, 16), (2, 2))

ADVICE = {
    "grade": "Reading grade {value:.1f}: shorten sentences and use shorter words.",
    "raw_grade": "Reading grade {value:.1f} with medical words counted: use fewer of them.",
    "smog": "SMOG grade {value:.1f}: use fewer words of three or more syllables.",
    "mean_sentence": "{value} words a sentence on average: split long sentences.",
    "longest_sentence": "A sentence of {value} words: split it.",
    "longest_paragraph": "A paragraph of {value} sentences: split it.",
}


def reading_findings(html, limits=EVERYDAY):
    """Return the readability `Finding`s of `html` against `limits`."""
    measured, findings = measure(html), []
    for name, advice in ADVICE.items():
        value, (error, warn) = getattr(measured, name), getattr(limits, name)
        if value is None or value <= warn:
            continue
        severity = "error" if value > error else "warn"
        text = measured.longest_sentence_text if name == "longest_sentence" else ""
        findings.append(Finding(f"reading-{name}", severity, text, advice.format(value=value)))
    return findings


@lru_cache(maxsize=1)
def _terms():
    data = json.loads((Path(__file__).parent / "stigma_terms.json").read_text(encoding="utf-8"))
    rules = [rule for rule in data["rules"] if rule["lang"] != "es"]
    compiled = [(re.compile(rule["pattern"], re.IGNORECASE), rule) for rule in rules]
    return data["allow_phrases"], compiled


def term_findings(text):
    """Return a `Finding` for each word or phrase in plain `text` that the site avoids."""
    allowed, rules = _terms()
    for phrase in allowed:
        text = text.replace(phrase, " ")
    return [
        Finding(
            f"words-{rule['id']}", rule["severity"], match.group().strip(), "Say: " + "; ".join(rule["say"])
        )
        for pattern, rule in rules
        for match in pattern.finditer(text)
    ]
