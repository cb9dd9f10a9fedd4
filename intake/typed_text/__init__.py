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
    "\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
FLAG_OF_A_REGION = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # emoji of England or Wales
JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
HYPHENS = re.compile("[\u2010-\u2015\u2212]")
APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u00b4\u0060\uff07]")
# Letters that Unicode does not take apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k",
        "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ŀ": "l",
    }
)  # fmt: skip

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


def one_word(text):
    """Return an address, a code or a number: full-width signs made plain, no joiners, common hyphens."""
    plain = unicodedata.normalize("NFKC", JOINERS.sub("", cleaned(text)))
    return HYPHENS.sub("-", plain).strip()


def email_address(text):
    """Return the address in what was typed; nothing in one is invisible, and none has a space in it.

    What an address book puts around it goes: `Sam <sam@example.org>`, `mailto:sam@example.org`.
    """
    plain = re.sub(r"\s*@\s*", "@", one_word(text))  # keyboards of phones put a space after a word
    if inside := re.fullmatch(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>", plain):
        plain = inside[1]
    return re.sub(r"(?i)\Amailto:", "", plain).strip(" \t\n,;").removesuffix(".")


def folded(text):
    """Return `text` for comparing names: small, without accents, apostrophes, hyphens and marks."""
    parts = unicodedata.normalize("NFKD", one_word(text).casefold())
    letters = "".join(character for character in parts if not unicodedata.combining(character))
    return APOSTROPHES.sub("", letters.translate(PLAIN_LETTERS)).replace("-", " ")


def digits(text):
    """Return the digits of `text` in any script, as 0 to 9."""
    plain = with_plain_digits(unicodedata.normalize("NFKC", text))
    return "".join(each for each in plain if each.isdecimal())


def with_plain_digits(text):
    """Return `text` with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
