"""The field for rich text: what the editor offers is what is kept, and struck-out words are not."""

import re
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from content.readability.visible_text import has_visible_word, without_marks

# What the editor offers is what the sanitizer lets through: one list, so that they cannot differ.
RICH_TEXT = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [3]},
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["https", "http", "mailto", "tel", "sms"]},
}
# Of tracked changes the old words come with the new: "Give <del>2</del><ins>1</ins> dose" must not be "21".
STRUCK_TAGS = {
    "del", "s", "strike", "w:del", "w:deltext", "w:movefrom", "text:deletion", "text:tracked-changes",
}  # fmt: skip
# CKEditor marks the ends of a deletion only; others strike a word with a line after each letter.
STRUCK = re.compile(
    r'<suggestion-start\b[^>]*"deletion:([^"]*)"[^>]*>.*?<suggestion-end\b[^>]*"deletion:\1"[^>]*>'
    r"|(?:[^<>\s][\u0335\u0336]+)+",
    re.IGNORECASE | re.DOTALL,
)
# What is in these no reader of the original sees as text.
UNREAD_TAGS = {
    "script", "style", "title", "template", "xml", "noscript", "textarea", "select", "button",
    "audio", "video", "object", "iframe", "canvas",
}  # fmt: skip
UNSEEN_STYLE = re.compile(
    r"line-through|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|mso-(?:element|special-character)\s*:\s*comment"
    r"|(?<![\w-])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*(?:\.0*)?\))"
    r"|(?<![\w-])(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
# Of tracked changes, as Word, CKEditor, Quill, TinyMCE, ICE and others name them in class, role or data-….
DELETED = re.compile(r"(?:^|[\s_-])(?:mso)?del(?:ete[ds]?|etion)?(?:$|[\s_-])", re.IGNORECASE)
WHOLLY_DELETED = re.compile(r"del(?:ete[ds]?|etion)?", re.IGNORECASE)
_sanitizer = nh3.Cleaner(
    **allowlist_from_extensions(expand_extensions(RICH_TEXT)),
    clean_content_tags=UNREAD_TAGS | STRUCK_TAGS,
)
# Every element is closed once this has read a text, and nothing but its style says how it looks.
_tidier = nh3.Cleaner(
    tags={*nh3.ALLOWED_TAGS, *STRUCK_TAGS, "font", "u", "ins"} - UNREAD_TAGS,
    clean_content_tags=UNREAD_TAGS,
    attributes={"*": {"style", "class", "hidden", "role"}, "a": {"href"}},
    generic_attribute_prefixes={"data-"},
    link_rel=None,
)
HAS_LOOKS = re.compile(r"<[^>]*\s(?:style|class|hidden|role|data-\w)", re.IGNORECASE)
# What the editor has not and a reader sees apart: without a blank two cells would be one word.
APART = re.compile(
    r"</?(?:t[dhr]|caption|div|d[dlt]|h[12456]|section|article|aside|header|footer|main|nav|figcaption|figure"
    r"|blockquote|pre|address|details|summary|legend|fieldset|option|center|r[tp])\b",
    re.IGNORECASE,
)
SMALL_DIGITS = re.compile(r"<(su[pb])\b[^>]*>\s*([0-9+−-]+|[^<]*?[0-9][^<]*?)\s*</\1\s*>", re.IGNORECASE)
# The same where a style says it, as Google Docs does.
STYLED_DIGITS = re.compile(
    r"""(<(\w+)\b[^>]*?[\s;"']vertical-align\s*:\s*(su[pb])[^>]*>)([^<]*[0-9][^<]*)(?=</\2\s*>)""",
    re.IGNORECASE,
)
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
HREF = re.compile(r'(?<=\shref=")[^"]*(?=")')
VOID = {"br", "hr", "img", "wbr", "col", "area"}


def sanitized(html):
    """Return the part of `html` that the editor offers and that a reader of the original saw."""
    html = without_marks(html)  # one that turns the direction makes 21 of 12
    html = STYLED_DIGITS.sub(r"\1<\3>\4</\3>", STRUCK.sub("", html))
    html = SMALL_DIGITS.sub(_small_digits, APART.sub(r" \g<0>", html))
    if HAS_LOOKS.search(html):
        html = _without_unseen(_tidier.clean(html))
    html = _sanitizer.clean(html).strip()
    if (meant := HREF.sub(lambda href: without_marks(href[0]).strip(), html)) != html:
        html = _sanitizer.clean(meant)  # again: “java script:” was an address of this site until now
    return html if has_visible_word(html) else ""


def _small_digits(match):
    """Return raised or lowered digits as characters: 10<sup>2</sup> must not be 102."""
    return match[2].translate(RAISED if match[1].lower() == "sup" else LOWERED)


def _without_unseen(html):
    parser = _Unseen()
    parser.feed(html)
    parser.close()
    return "".join(parser.kept)


class _Unseen(HTMLParser):
    """Keeps a well-formed text but for the elements whose style strikes them out or hides them."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.kept, self._depth = [], 0

    def handle_starttag(self, tag, attrs):
        own = {name: value or "" for name, value in attrs}
        is_unseen = "hidden" in own or _is_deleted(own) or _is_unseen(own)
        if tag not in VOID and (self._depth or is_unseen):
            self._depth += 1
        self._keep(self.get_starttag_text())

    def handle_endtag(self, tag):
        self._keep(f"</{tag}>")
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data):
        self._keep(data)

    def handle_entityref(self, name):
        self._keep(f"&{name};")

    def handle_charref(self, name):
        self._keep(f"&#{name};")

    def _keep(self, text):
        if not self._depth:
            self.kept.append(text)


def _is_deleted(attributes):
    """Whether an editor that tracks changes marked it as deleted."""
    marks = [value for name, value in attributes.items() if name == "role" or name.startswith("data-")]
    return DELETED.search(attributes.get("class", "")) or any(map(WHOLLY_DELETED.fullmatch, marks))


def _is_unseen(attributes):
    """Whether a style says so, also one written with comments or escapes of CSS."""
    style = re.sub(r"/\*.*?\*/", "", attributes.get("style", ""), flags=re.DOTALL)
    style = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda match: chr(int(match[1], 16) % 0x110000), style)
    style = style.replace("\\", "")  # before any other sign it means the sign itself
    return UNSEEN_STYLE.search(style)


class RichTextField(ProseEditorField):
    """Keeps only what `RICH_TEXT` allows; a required one needs a word that a reader sees."""

    def __init__(self, *args, **options):
        super().__init__(*args, extensions=RICH_TEXT, sanitize=sanitized, preset="when-seen", **options)

    def clean(self, value, instance):
        text = super().clean(value, instance)
        if not text and not self.blank:
            raise ValidationError("Write something that a reader sees.", code="blank")
        return text
