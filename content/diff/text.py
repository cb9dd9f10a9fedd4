"""What differs in one field of a page or block, word by word, as safe HTML. Used by pages.py."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import chain

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField

from content import images
from content.models.images import ImageDigestField

# A source code, a helpline code, a number, a word or one sign, each with the spaces behind it.
WORD = re.compile(
    r"(?:\[[a-z0-9-]+\]|\{[^{}\s]*\}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'-][^\W\d_]+)*|.)[^\S\n]*", re.DOTALL
)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
MAX_WORD_PAIRS = 1_000_000  # of two sentences; beyond that they are shown one after the other
PICTURE_WIDTH, PICTURE_HEIGHT = 480, 120  # pixels: the file that is asked for, and how tall it is shown
NAMED_TAGS = {"strong": "bold", "em": "italic", "h3": "a heading", "br": "new line"}
NEW_LINES = {"p", "li", "h3", "br"}
END = "\n"
LIST_ENTRIES = {"ul": "• ", "ol": "[numbered] "}  # what stands before an entry of each kind of list
LINE_STARTS = (END, *LIST_ENTRIES.values())


@dataclass(frozen=True)
class Piece:
    """A run of text that both sides have ("same"), or only the old ("del") or the new one ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field that differs, with its whole text."""

    name: str
    label: str
    pieces: list

    @property
    def html(self):
        """The text with its changes as <del> and <ins>, said in words for people who listen."""
        return format_html_join("", "{}", ((_marked(piece),) for piece in self.pieces))


@dataclass(frozen=True)
class PictureChange(FieldChange):
    """A picture that came, went, or took the place of another: its pieces are digests."""

    shows: dict  # what the picture shows in words, by the kind of its piece

    @property
    def html(self):
        pictures = [[_marked_picture(piece, self.shows[piece.kind])] for piece in self.pieces]
        return format_html_join(" ", "{}", pictures)


def field_changes(model, old, new, names):
    """Return a `FieldChange` for each of `names` that differs; `model` is None for a kind that is gone."""
    found = []
    known = {each.name: each for each in (*model._meta.fields, *model._meta.many_to_many)} if model else {}
    for name in names:
        each, before, after = known.get(name), old.get(name), new.get(name)
        if before == after or (_says_nothing(before) and _says_nothing(after)):
            continue
        if isinstance(each, ImageDigestField):
            pieces = [Piece(kind, digest) for kind, digest in (("del", before), ("ins", after)) if digest]
            shows = {"del": old.get("alt"), "ins": new.get("alt")}
            found.append(PictureChange(name, _label(each), pieces, shows))
            continue
        words = _tokens(each, before), _tokens(each, after)
        if words[0] != words[1]:
            found.append(FieldChange(name, _label(each) if each else name.capitalize(), _pieces(*words)))
    return found


def _label(field):
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _is_empty(value):
    return value is None or value in ("", [])


def _says_nothing(value):
    """Return whether `value` says as little as a field that came since."""
    return _is_empty(value) or value is False


def _tokens(each, value):
    """Return `value` as the words to compare; tags of rich text become words of their own."""
    if _is_empty(value):
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [token for entry in value for token in (str(entry), END)]
    if isinstance(each, ProseEditorField):
        return _rich_tokens(str(value))
    choices = dict(each.flatchoices) if each is not None and each.flatchoices else {}
    return WORD.findall(str(choices.get(value, value)).replace("\r\n", "\n").strip())


class _RichText(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tokens, self._lists = [], []

    def handle_starttag(self, tag, attrs):
        if tag in NEW_LINES and not (self.tokens and self.tokens[-1] in LIST_ENTRIES.values()):
            self._end_line()
        if tag in LIST_ENTRIES:
            self._lists.append(tag)
            self._say_start(dict(attrs).get("start"))
        elif tag == "li":
            self._say_level()
            self.tokens.append(LIST_ENTRIES[self._lists[-1] if self._lists else "ul"])
        elif tag == "a":
            self.tokens.append(f"[link to {dict(attrs).get('href') or 'nowhere'}: ")
        elif tag in NAMED_TAGS:
            self.tokens.append(f"[{NAMED_TAGS[tag]}] " if tag in NEW_LINES else f"[{NAMED_TAGS[tag]}: ")

    def _say_start(self, number):
        if number not in (None, "1"):
            self.tokens += [f"[numbers from {number}]", END]

    def _say_level(self):
        if len(self._lists) > 1:
            self.tokens.append(f"[inside the entry above, {len(self._lists)} deep] ")

    def handle_endtag(self, tag):
        if tag in LIST_ENTRIES and self._lists:
            self._lists.pop()
        elif tag in ("a", "strong", "em"):
            self.tokens.append("]")
        elif tag in NEW_LINES:
            self._end_line()

    def handle_data(self, data):
        """Take the words; spaces and line ends between tags are how the HTML was typed, not text."""
        text = re.sub(r"[ \t\r\n]+", " ", data)
        starts_line = not self.tokens or self.tokens[-1] in LINE_STARTS
        self.tokens += WORD.findall(text.lstrip(" ") if starts_line else text)

    def _end_line(self):
        while self.tokens and self.tokens[-1] == " ":
            self.tokens.pop()
        if self.tokens and self.tokens[-1] != END:
            self.tokens[-1] = self.tokens[-1].rstrip(" ") or self.tokens[-1]
            self.tokens.append(END)


def _rich_tokens(html):
    parser = _RichText()
    parser.feed(html)
    parser.close()
    return parser.tokens


def _pieces(old, new):
    """Return the `Piece`s that lead from the words `old` to the words `new`.

    First sentence by sentence, then word by word in those that differ, so that long texts stay cheap.
    """
    found, before, after = [], _sentences(old), _sentences(new)
    for kind, a, b, c, d in _steps(before, after):
        left, right = list(chain(*before[a:b])), list(chain(*after[c:d]))
        found += [Piece("same", "".join(right))] if kind == "equal" else _word_pieces(left, right)
    is_seen = any(piece.kind != "same" and piece.text.strip() for piece in found)
    return found if is_seen else [*found, Piece("ins", " (only spaces or line ends changed)")]


def _sentences(words):
    """Split `words` behind each full stop and line end."""
    found = [[]]
    for word in words:
        found[-1].append(word)
        if word == END or word.rstrip() in (".", "?", "!", ":"):
            found.append([])
    return [sentence for sentence in found if sentence]


def _word_pieces(old, new):
    found = []
    is_long = len(old) * len(new) > MAX_WORD_PAIRS
    for kind, a, b, c, d in [("replace", 0, None, 0, None)] if is_long else _steps(old, new):
        if kind == "equal":
            found.append(Piece("same", "".join(new[c:d])))
        else:
            found += [Piece("del", "".join(old[a:b])), Piece("ins", "".join(new[c:d]))]
    return [piece for piece in found if piece.text]


def _steps(old, new):
    """Return the steps from `old` to `new`, words or sentences; spaces alone make no difference."""
    keys = [["".join(part).rstrip(" \u00a0") or "".join(part) for part in side] for side in (old, new)]
    return SequenceMatcher(None, *keys, autojunk=False).get_opcodes()


def _marked_picture(piece, words):
    return format_html(
        '<{0}><img src="{1}" alt="" height="{2}"> {3}: {4}</{0}>',
        mark_safe(piece.kind),  # noqa: S308 - "ins" or "del"
        images.address(piece.text, PICTURE_WIDTH),
        PICTURE_HEIGHT,
        "Added" if piece.kind == "ins" else "Deleted",
        words or "a picture without a description",
    )


def _marked(piece):
    text = UNSEEN.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", piece.text)
    if piece.kind == "same":
        return text
    said = "added" if piece.kind == "ins" else "deleted"
    return format_html(
        '<{0}><span class="visually-hidden">[{1}: </span>{2}<span class="visually-hidden"> end]</span></{0}>',
        mark_safe(piece.kind),  # noqa: S308 - one of the two words above
        said,
        text,
    )
