"""A page with its changes marked where they stand. Called by the screen of reviewers.

The words that came and went are put between signs of the private area into one snapshot, which the real
templates show; in the finished HTML the signs become <ins> and <del>, and vanish from attributes.
"""

import re
from difflib import SequenceMatcher

from content.diff.pages import compare
from content.models import BLOCKS_BY_KIND

CAME, CAME_END, WENT, WENT_END = "\ue000", "\ue001", "\ue002", "\ue003"
TOKEN = re.compile(r"<[^>]*>|[|\n]|[^<\s|]+|[^\S\n]+")
UNTOUCHED = re.compile(r"<(script|style|title|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)
GONE = re.compile(f"{WENT}[^{WENT_END}]*{WENT_END}")
SIGNS = re.compile(f"[{CAME}-{WENT_END}]")
MARKS = {CAME: "ins", WENT: "del"}
FOLD = re.compile(r'<details(?= class="(?:question|fold))')
FIRST_CHANGE = "first-change"
PAGE_WORDS = ("heading", "lede")


def marked(old, new):
    """Return the snapshot `new` with signs around what differs from the snapshot `old`."""
    old = old or {"page": {}, "blocks": []}
    page = dict(new["page"])
    for name in PAGE_WORDS:
        page[name] = _marked_text(str(old["page"].get(name) or ""), str(page.get(name) or ""))
    blocks = [_block(old["blocks"], new["blocks"], change) for change in compare(old, new).blocks]
    return {"page": page, "blocks": blocks}


def _block(old_blocks, new_blocks, change):
    old = old_blocks[change.old_place] if change.old_place is not None else {}
    new = new_blocks[change.new_place] if change.new_place is not None else {}
    block, model = dict(new or old), BLOCKS_BY_KIND.get((new or old)["kind"])
    for name in model.word_fields if model and change.state != "same" else ():
        block[name] = _marked_text(str(old.get(name) or ""), str(new.get(name) or ""))
    return block


def _marked_text(old, new):
    """Return `new` with signs; words alone are marked, so that tags, lines and cells stay what they are."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += after[c:d]
            continue
        gone = before[a:b] if new else before[:]
        found += [_between(WENT, WENT_END, word) for word in gone if _is_word(word) or not new]
        found += [_between(CAME, CAME_END, word) for word in after[c:d]]
    return "".join(found)


def _is_word(part):
    return not part.startswith("<") and part not in "|\n"


def _between(start, end, token):
    return f"{start}{token}{end}" if _is_word(token) and token.strip() else token


def shown(html):
    """Return finished `html` with <ins> and <del> in the place of the signs, and nothing of it folded."""
    html = FOLD.sub("<details open", html)
    parts, place = [], 0
    for match in UNTOUCHED.finditer(html):
        parts += [_shown_text(html[place : match.start()]), SIGNS.sub("", GONE.sub("", match[0]))]
        place = match.end()
    return "".join([*parts, _shown_text(html[place:])])


def with_anchor(html):
    """Return `html` with a name on its first change, so that the frame of reviewers opens there."""
    return re.sub(r"<(ins|del)>", rf'<\1 id="{FIRST_CHANGE}">', html, count=1)


def _shown_text(text):
    for sign, end in ((CAME, CAME_END), (WENT, WENT_END)):
        text = text.replace(sign, f"<{MARKS[sign]}>").replace(end, f"</{MARKS[sign]}>")
    return text
