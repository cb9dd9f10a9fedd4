"""What a person meant to type, without the marks that no screen shows. Used by fields, search and contacts.

Phones, messengers and address books add such marks when text is copied: an address that holds one looks right
and leads nowhere.
"""

import codecs
import re
import unicodedata

# Control characters, halves of a character that was cut, and what no keyboard types on purpose. Line breaks
# and tabs stay, and so do the joiners (U+200C, U+200D) in running text: Persian words and emoji need them.
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
FLAG_OF_A_REGION = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # emoji of England or Wales
# They join, frame or shape what is beside them; a blank of Braille is a letter, and looks like none.
JOINERS = re.compile("[\u200c\u200d\u20e3\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]")
LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
HYPHENS = re.compile("[\u02d7\u058a\u05be\u2010-\u2015\u2043\u2212\u2796\u2e3a\u2e3b]")
APOSTROPHES = re.compile(
    "['\u2018-\u201b\u02b9-\u02bf\u02c8\u02ee\u0384\u055a\u05f3\u1fbd\u1fbf\u1ffd\u1ffe\u2032\u2035\u00b4\u0060"
    "\ua78b\ua78c\uff07]"
)
# Letters that Unicode does not take apart into a plain letter and an accent. Keyboards of Arabic and of
# Persian have two kinds of the same three.
PLAIN_LETTERS = {
    "ð": "d", "ı": "i", "ŋ": "n", "ĸ": "k", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ɛ": "e", "ɔ": "o",
    "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": "",
}  # fmt: skip
LETTER_AND_MORE = re.compile("LATIN SMALL LETTER ([A-Z]) WITH ")  # as Unicode names ł, ø, đ, ɓ

# The signs of an address, as people say them, or write them against programs.
AT = re.compile(
    r"(?i)\s*\barroba\b\s*|(?<=\w)arroba(?=\w)|\s+at\s+|\s*[(\[{]\s*(?:at|a|arroba|@)\s*[)\]}]\s*"
)
DOT = re.compile(r"(?i)\s+(?:dot|punto)\s+|\s*[(\[{]\s*(?:dot|punto|\.)\s*[)\]}]\s*|\s*\.\s*")
AN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
IN_QUOTES = re.compile("['\"`(<\\[\u2018\u201c\u00ab](.*)['\"`)>\\]\u2019\u201d\u00bb]")
HALF_OF_A_PAIR = re.compile(b"\xed[\xa0-\xbf][\x80-\xbf]")


def _as_meant(error):
    """Read what is not UTF-8: half of a pair, a letter of an old Windows page, a mark for a cut character."""
    if half := HALF_OF_A_PAIR.match(error.object, error.start):
        return half[0].decode("utf-8", "surrogatepass"), half.end()
    broken = error.object[error.start : error.end]
    return broken.decode("cp1252", "replace") if len(broken) == 1 else "\ufffd", error.end


codecs.register_error("as_meant", _as_meant)


def decoded(raw):
    """Return the text of bytes that should be UTF-8; each valid part stays, whatever is beside it."""
    pairs = raw.decode("utf-8", "as_meant").encode("utf-16", "surrogatepass")
    return pairs.decode("utf-16", "ignore")


def cleaned(text):
    """Return running text as it was meant: composed, with one kind of line break, nothing invisible."""
    kept, last = [], 0
    text = LINE_BREAKS.sub("\n", text)
    for flag in FLAG_OF_A_REGION.finditer(text):
        kept += [UNWANTED.sub("", text[last : flag.start()]), flag.group()]
        last = flag.end()
    kept.append(UNWANTED.sub("", text[last:]))
    return unicodedata.normalize("NFC", "".join(kept))


def one_line(text):
    """Return running text that stands on one line, such as a name or the subject of an email."""
    return " ".join(cleaned(text).split())


def one_word(text):
    """Return what is typed on one line: plain signs, hyphens and spaces, no joiners."""
    plain = unicodedata.normalize("NFKC", JOINERS.sub("", cleaned(text)))
    return re.sub(r"\s+", " ", HYPHENS.sub("-", plain)).strip()


def email_address(text):
    """Return the address in what was typed; nothing in one is invisible, and none has a space in it.

    What an address book puts around it goes: `Sam <sam@example.org>`, `mailto:sam@example.org`, quotes. Words
    for its signs are read as the signs: `sam at example.org`, `sam arroba example punto com`.
    """
    return _with_signs(_unwrapped(text))


def is_spelled_out(text):
    """Whether email_address() read words of `text` as the signs of an address."""
    return email_address(text) != re.sub(r"\s*\.\s*", ".", _unwrapped(text))


def _unwrapped(text):
    plain = re.sub(r"\s*@\s*", "@", one_word(text)).replace("。", ".")  # phones put a space after a word
    plain = plain.strip(" ,;").removesuffix(".")
    if inside := re.fullmatch(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>", plain):
        plain = inside[1]
    if quoted := IN_QUOTES.fullmatch(plain):
        plain = quoted[1]
    return re.sub(r"(?i)\Amailto:([^?]*).*", r"\1", plain).strip()


def _with_signs(text):
    """Return `text` with the signs that it spells out, if it is an address then; else as it is."""
    signs = DOT.sub(".", text if "@" in AT.sub("", text) else AT.sub("@", text))
    return signs if AN_ADDRESS.fullmatch(signs) else text


def isolated(text):
    """Return `text` to be quoted in a sentence: what runs from right to left reorders nothing around it."""
    runs_left = any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
    return f"\u2068{text}\u2069" if runs_left else text


def folded(text):
    """Return `text` for comparing names: small, without accents, apostrophes, hyphens and marks."""
    plain = one_word(APOSTROPHES.sub("", text)).casefold()  # some apostrophes would come apart into a blank
    letters = "".join(map(_plain_letter, unicodedata.normalize("NFKD", plain)))
    return APOSTROPHES.sub("", letters).replace("-", " ")


def _plain_letter(character):
    if character.isascii():
        return character
    if unicodedata.combining(character):
        return ""
    named = LETTER_AND_MORE.match(unicodedata.name(character, ""))
    return named[1].lower() if named else PLAIN_LETTERS.get(character, character)


def is_reason(text):
    """Whether `text` says something: a word of two letters, or a sign that is a word by itself."""
    return bool(re.search(r"[^\W\d_]{2}|[\u3040-\ua4cf\uac00-\ud7af]", text))


def digits(text):
    """Return the digits of `text` in any script, as 0 to 9."""
    plain = with_plain_digits(unicodedata.normalize("NFKC", text))
    return "".join(each for each in plain if each.isdecimal())


def with_plain_digits(text):
    """Return `text` with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
