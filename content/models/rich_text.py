"""The field for rich text: what the editor offers is what is kept, and struck-out words are not."""

import re
from html.parser import HTMLParser

import nh3
from django.core.exceptions import ValidationError
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from content.visible_text import has_visible_word

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
STRUCK_TAGS = {"del", "s", "strike"}
UNSEEN_STYLE = re.compile(
    r"line-through|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|mso-(?:element|special-character)\s*:\s*comment|color\s*:\s*transparent"
    r"|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_sanitizer = nh3.Cleaner(
    **allowlist_from_extensions(expand_extensions(RICH_TEXT)),
    clean_content_tags={"script", "style", "title", "template", *STRUCK_TAGS},
)
# Every element is closed once this has read a text, and nothing but its style says how it looks.
_tidier = nh3.Cleaner(
    tags={*nh3.ALLOWED_TAGS, *STRUCK_TAGS, "font", "u", "ins"} - {"script", "style"},
    attributes={"*": {"style", "hidden"}, "a": {"href"}},
    link_rel=None,
)
HIDDEN = re.compile(r"<[^>]*\shidden\b", re.IGNORECASE)
VOID = {"br", "hr", "img", "wbr", "col", "area"}


def sanitized(html):
    """Return the part of `html` that the editor offers and that a reader of the original saw."""
    if UNSEEN_STYLE.search(html) or HIDDEN.search(html):
        html = _without_unseen(_tidier.clean(html))
    html = _sanitizer.clean(html)
    return html if has_visible_word(html) else ""


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
        own = dict(attrs)
        is_unseen = "hidden" in own or UNSEEN_STYLE.search(own.get("style") or "")
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


class RichTextField(ProseEditorField):
    """Keeps only what `RICH_TEXT` allows; a required one needs a word that a reader sees."""

    def __init__(self, *args, **options):
        super().__init__(*args, extensions=RICH_TEXT, sanitize=sanitized, preset="when-seen", **options)

    def clean(self, value, instance):
        text = super().clean(value, instance)
        if not text and not self.blank:
            raise ValidationError("Write something that a reader sees.", code="blank")
        return text
