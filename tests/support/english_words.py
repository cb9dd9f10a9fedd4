"""Finds English words on a page that should be Spanish, in whatever a person or a search engine is told."""

import re
from html.parser import HTMLParser

NO_END = {"br", "img", "meta", "link", "input", "hr", "path", "rect", "circle"}
# Words that no Spanish sentence has.
ENGLISH = re.compile(
    r"\b(?:the|and|you|your|with|for|this|that|we|are|is|not|what|how|who|call|text|free|day|night|page|read"
    r"|next|find|open|cost|languages|spanish|every|any|time|care|near|help|line|emergency|services|from|or|if"
    r"|someone|yes|send|phone|name|will|can|it|of|to|by|on|at|our|more|than|through|source|overdose"
    r"|heroin|addiction|disorder|treatment|withdrawal|signs|questions?|answer|message|number|address|search|print"
    r"|please|today|tomorrow|before|after|about|hours|enter|choose|back|still|something|someone|they|them)\b",
    re.IGNORECASE,
)
# Names that are the same in every language.
NAMES = (
    "OC Links",
    "NEXT Distro",
    "Choose Change California",
    "Treatment ATLAS",
    "SMART Recovery Family & Friends",
)
NAMES += (
    "substance use navigator",
    "Virtual Treatment Center",
    "Virtual",
    "Treatment Center",
    "42 CFR Part 2",
)
NAMES += (
    "No Surprises Help Desk",
    "H, dope",
    "chiva, H, dope",
    "mindfulness",
    "detox",
    "InPrivate",
    "(HELP)",
)


class _Words(HTMLParser):
    """Collects what is read or said in Spanish; sources keep their own titles."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self._left_out = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if not any(self._left_out):
            self.texts += [text for name, text in attrs.items() if text and self._is_read(name, text, attrs)]
        if tag not in NO_END:
            is_foreign = (
                attrs.get("lang", "es").startswith("en") or "sources" in (attrs.get("class") or "").split()
            )
            self._left_out.append(tag in ("script", "style") or is_foreign)

    @staticmethod
    def _is_read(name, text, attrs):
        """Whether an attribute holds words for people: all with a space in it do that no program reads."""
        if name == "content":
            return attrs.get("name") != "viewport"
        return name in ("alt", "title", "placeholder") or (
            " " in text and name.startswith(("aria-l", "data-"))
        )

    def handle_endtag(self, tag):
        if tag not in NO_END and self._left_out:
            self._left_out.pop()

    def handle_data(self, data):
        if data.strip() and not any(self._left_out):
            self.texts.append(data.strip())


def english_in(html):
    parser = _Words()
    parser.feed(html)
    found = []
    for text in parser.texts + told_to_machines(html):
        for name in NAMES:
            text = text.replace(name, " ")
        if ENGLISH.search(text) and text.strip() != "English":
            found.append(text)
    return found


def told_to_machines(html):
    """Return the names that search engines get."""
    blocks = re.findall(r'ld\+json">(.*?)</script>', html)
    return [text for block in blocks for text in re.findall(r'[nN]ame":"([^"]*)"', block)]
