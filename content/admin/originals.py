"""What the edit screen of a translation shows of its original: its words beside each field, and what changed.

Used by pages.py. Blocks are paired by their kind and order, because a translation starts as a copy of its
original; where the two part, the next blocks of one kind meet again.
"""

from difflib import SequenceMatcher

from content.admin.findings import rows_of_blocks
from content.diff.pages import compare
from content.models import Version
from content.publishing import translations
from content.readability.passages import paragraphs
from content.rendering.words import block_words

PAGE_WORDS = ("heading", "lede", "short_name", "title", "description")


def beside(page, blocks):
    """Return {id of a field of the form: what the original says} for `page` with its saved `blocks`."""
    original = _newest(page.translation_of_id)
    if original is None:
        return {}
    found = {f"id_{name}": original["page"][name] for name in PAGE_WORDS if original["page"].get(name)}
    rows = rows_of_blocks(blocks)
    for theirs, ours in _pairs(original["blocks"], blocks):
        for name, html in block_words(original["blocks"][theirs]):
            found[f"id_{rows[ours]}-{name}"] = "\n".join(paragraphs(html))
    return found


def _newest(pk):
    """Return the snapshot that visitors see of the page `pk`, or else its newest; None without one."""
    versions = Version.objects.filter(page=pk)
    version = versions.current().first() or versions.order_by("-number").first()
    return version.snapshot if pk and version else None


def _pairs(theirs, ours):
    """Yield the places of blocks that go together, those of the original first."""
    kinds = [[block["kind"] for block in blocks] for blocks in (theirs, ours)]
    for first, second, length in SequenceMatcher(None, *kinds, autojunk=False).get_matching_blocks():
        yield from ((first + i, second + i) for i in range(length))


def changed(page):
    """Return the `Comparison` of the original since the live translation `page`; None if it still follows."""
    live = Version.objects.current().filter(page=page).select_related("page").first()
    if live is None or not translations.is_behind(live):
        return None
    return compare(*(version.snapshot for version in translations.original_then_and_now(live)))
