"""Findings of the checks in words, each with the way to its place in the edit form.

Used by the edit screen (live_checks.py) and the publish screen (history.py).
"""

from dataclasses import dataclass

from content.models import BLOCK_MODELS

MODELS = {model.kind: model for model in BLOCK_MODELS}
TITLES = ("heading", "question", "figure", "alt", "intro")


@dataclass(frozen=True)
class ToldFinding:
    """A finding with the words for its place and the link to it; no link where the draft is another text."""

    severity: str
    message: str
    text: str
    place: str
    url: str


def tell(findings, blocks, rows=None, *, form_url=""):
    """Return a `ToldFinding` for each of `findings` on `blocks`.

    `rows` holds, for each block, the id of its row in the edit form; without them there are no links.
    """
    return [_told(finding, blocks, rows, form_url) for finding in findings]


def rows_of_blocks(blocks):
    """Return the ids of the rows that a form with exactly `blocks` has, as Django's formsets name them."""
    seen, rows = {}, []
    for block in blocks:
        model = MODELS.get(block["kind"])
        prefix = model._meta.get_field("parent").remote_field.get_accessor_name() if model else "page"
        seen[prefix] = seen.get(prefix, -1) + 1
        rows.append(f"{prefix}-{seen[prefix]}")
    return rows


def _told(finding, blocks, rows, form_url):
    if finding.block is None:
        place, anchor = "The page", f"#id_{finding.field}" if finding.field else ""
    else:
        place = _place(finding.block, blocks[finding.block])
        anchor = f"#{rows[finding.block]}" if rows else ""
    url = "" if rows is None else f"{form_url}{anchor}"
    return ToldFinding(finding.severity, finding.message, finding.text, place, url)


def _place(number, block):
    title = next((block[name] for name in TITLES if block.get(name)), "")
    kind = MODELS[block["kind"]]._meta.verbose_name
    return f"Block {number + 1}, {kind} “{title}”" if title else f"Block {number + 1}, {kind}"
