"""Two snapshots of a page, word by word: every block kind and every field. Used by the admin.

Blocks have no name that outlives a save, so they are paired by what they say. What finds no partner is shown
as added or deleted in full: a wrong guess makes a comparison longer, never incomplete.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from content.diff.text import field_changes
from content.models import BLOCKS_BY_KIND, PAGE_FIELDS, Page

MIN_LIKENESS = 0.4  # share of common words from which two blocks of a kind count as one, changed


@dataclass(frozen=True)
class BlockChange:
    """One block of the comparison. `state`: same, changed, added or deleted; it may have moved as well."""

    state: str
    kind: str
    title: str
    is_moved: bool = False
    old_place: int | None = None
    new_place: int | None = None
    fields: list = field(default_factory=list)

    @property
    def is_shown(self):
        return self.state != "same" or self.is_moved


@dataclass(frozen=True)
class Comparison:
    """What differs between two snapshots."""

    page: list
    blocks: list

    @property
    def shown(self):
        return [block for block in self.blocks if block.is_shown]

    @property
    def unchanged(self):
        return len(self.blocks) - len(self.shown)

    @property
    def is_empty(self):
        return not self.page and not self.shown


def compare(old, new):
    """Return the `Comparison` from the snapshot `old` (None: there was no page) to the snapshot `new`."""
    old = old or {"page": {}, "blocks": []}
    names = [*PAGE_FIELDS, *sorted(set(old["page"]) | set(new["page"]) - set(PAGE_FIELDS))]
    page = field_changes(Page, old["page"], new["page"], list(dict.fromkeys(names)))
    pairs = _paired(old["blocks"], new["blocks"])
    moved = _moved([pair for pair in pairs if None not in pair])
    return Comparison(page, [_block(old["blocks"], new["blocks"], *pair, pair in moved) for pair in pairs])


# --- Which block is which --------------------------------------------------------------------------
def _paired(old, new):
    """Return (old place, new place) of every block; None where there is no partner; in the order to show."""
    free_old, partners = set(range(len(old))), {}
    for place, block in enumerate(new):
        same = [i for i in free_old if old[i] == block]
        if same:
            partners[place] = min(same, key=lambda i: abs(i - place))
            free_old.discard(partners[place])
    for _, i, place in sorted(_candidates(old, new, free_old, partners)):
        if i in free_old and place not in partners:
            partners[place] = i
            free_old.discard(i)
    return _in_order([(partners.get(place), place) for place in range(len(new))], sorted(free_old))


def _candidates(old, new, free_old, partners):
    """Yield (unlikeness, old place, new place) of blocks of a kind that may be one block, changed."""
    words = {i: Counter(_words_of(old[i])) for i in free_old}
    for place, block in enumerate(new):
        if place in partners:
            continue
        own = Counter(_words_of(block))
        for i in free_old:
            if old[i]["kind"] == block["kind"]:
                common = 2 * (words[i] & own).total() / max(1, words[i].total() + own.total())
                likeness = max(common, 0.9 * (bool(_title(block)) and _title(block) == _title(old[i])))
                if likeness >= MIN_LIKENESS:
                    yield round(-likeness, 6), i, place


def _words_of(block):
    return re.findall(r"\w+", " ".join(str(value) for name, value in block.items() if name != "kind"))


def _in_order(pairs, deleted):
    """Put each deleted block after the block that stood before it on the old page."""
    for i in deleted:
        before = [
            place for place, (old_place, _) in enumerate(pairs) if old_place is not None and old_place < i
        ]
        nearest = max(before, key=lambda place: pairs[place][0], default=-1)
        pairs.insert(nearest + 1, (i, None))
    return pairs


def _moved(pairs):
    """Return the fewest pairs that must have moved: all but a longest run in the old order."""
    tails, ends, previous = [], [], {}
    for place, (i, _) in enumerate(pairs):
        at = bisect_left(tails, i)
        previous[place] = ends[at - 1] if at else None
        tails[at:], ends[at:] = [i, *tails[at + 1 :]], [place, *ends[at + 1 :]]
    kept, place = set(), ends[-1] if ends else None
    while place is not None:
        kept.add(place)
        place = previous[place]
    return {pair for place, pair in enumerate(pairs) if place not in kept}


def _block(old_blocks, new_blocks, i, place, is_moved):
    old = old_blocks[i] if i is not None else {}
    new = new_blocks[place] if place is not None else {}
    kind = (new or old)["kind"]
    model = BLOCKS_BY_KIND.get(kind)
    names = [each.name for each in model.own_fields()] if model else []
    names += sorted((set(old) | set(new)) - {"kind", *names})
    fields = field_changes(model, old, new, names)
    state = "added" if not old else "deleted" if not new else "changed" if fields else "same"
    label = model.label() if model else kind
    return BlockChange(state, label.capitalize(), _title(new or old), is_moved, i, place, fields)


def _title(block):
    model = BLOCKS_BY_KIND.get(block["kind"])
    return model.title_of(block) if model else ""
