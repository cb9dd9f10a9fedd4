"""How a text is read to compare its meaning: words and signs that count, its pauses. Used by wording.py."""

import re
import unicodedata

FREE = {"a", "an", "the", "also", "please"}
CONTRACTIONS = (
    (r"\bcan't\b|\bcannot\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"n't\b", " not"),
    (r"'re\b", " are"),
    (r"'ll\b", " will"),
    (r"'ve\b", " have"),
    (r"\bi'm\b", "i am"),
    (r"\b(it|that|there|here|what|who|he|she)'s\b", r"\1 is"),
    (r"'s\b|s'(?=\s)", "s"),
    (r"\ba (few|little)\b", r"a\1"),  # without its article it is a warning: few people wake up
    (r"\b(hepatitis|vitamina?) a\b", r"\1a"),  # here it is no article
    (r"(?<=\d)\s*[-\u2010-\u2015]\s*(?=\d)", " to "),
)
# A code, a number, a word, or a sign that counts; other punctuation is wording. A question or a shout is no
# statement, dots leave it open, and a word in quotation marks is doubted, one in parentheses only thought of.
TOKEN = re.compile(
    r"\{[^{}\s]*\}|\[[a-z0-9-]+\]|[-+]?\.?\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\.{3,}|[?!()\"%°¬<>=+±×÷/$€|&#@*^~′\u2190-\u22ff\u2600-\u27bf\u2b00-\u2bff\u0300-\u036f\u20d0-\u20f0\U0001f000-\U0001faff]|(?<=\d)['\"]"
)
RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻₀-₉₊₋]+")  # 10² must not be 102
SPACED_HYPHEN = re.compile(r"(?<=\s)-{1,2}(?=\s)|--")  # typed for a dash
MINUS = re.compile(r"(?<!\w)[\u2010-\u2015\u2212](?=\.?\d)")
# Where a sentence or a part of it ends. Moving the end of a sentence makes other sentences of the same words:
# “Do not stop. Taking it helps.” and “Do not stop taking it. Helps.” A comma parts words, or limits some.
PAUSES = {
    ".": "end", "\n": "end", ":": "colon", ";": "colon", ",": "comma", "\u2013": "dash", "\u2014": "dash",
    "-": "hyphen",
}  # fmt: skip
QUOTES = re.compile(r"[\u201c-\u201f\u2039\u203a«»]|(?<!\w)['\u2018](?=[^'\u2018\u2019]+['\u2019](?!\w))")
PAUSE = re.compile(r"(?<!\d)[.\n:;,\u2013\u2014]|[.\n:;,\u2013\u2014](?!\d)|(?<=\w)-(?=\w)")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# How British and American spelling differ; “our” near the start makes “mourning” of “morning”
BRITISH = (
    (r"(?<=\w{3})our", "or"),
    ("ise", "ize"), ("isa", "iza"), ("isi", "izi"),
    ("aem", "em"), ("hoea", "hea"),
)  # fmt: skip
MIN_LETTERS = 5  # of a word that may be a slip of the finger: shorter ones are other words too easily


def read(text):
    """Return the words of `text` that count, and {number of words before it: kind} of its pauses inside."""
    words, pauses = [], {}
    for token in tokens(text, with_pauses=True):
        if token in PAUSES:
            is_end = pauses.get(len(words)) == "end"
            pauses[len(words)] = "end" if is_end else PAUSES[token]
        elif token not in FREE:
            words.append(token)
    return words, {place: kind for place, kind in pauses.items() if 0 < place < len(words)}


def tokens(text, *, with_pauses=False):
    text = SPACED_HYPHEN.sub("\u2013", text)
    text = MINUS.sub("-", RAISED.sub(r"^\g<0> ", text))
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    text = text.replace("\u2010", "-")
    text = re.sub(r'([.,])"', r'"\1', QUOTES.sub('"', text).replace("\u2019", "'"))
    for pattern, plain in CONTRACTIONS:
        text = re.sub(pattern, plain, text)
    return re.findall(rf"{TOKEN.pattern}|{PAUSE.pattern}", text) if with_pauses else TOKEN.findall(text)


def american(word):
    if len(word) > MIN_LETTERS:
        for british, american in BRITISH:
            word = re.sub(british, american, word)
    return word
