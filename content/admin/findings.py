"""Findings of the checks in words, each with the way to its place in the edit form.

Used by the edit screen (live_checks.py) and the publish screen (history.py).
"""

from dataclasses import dataclass

from content.models import BLOCKS_BY_KIND, place_of


@dataclass(frozen=True)
class LocatedFinding:
    """A finding with the words for its place and the link to it; no link where the draft is another text."""

    severity: str
    message: str
    text: str
    place: str
    url: str


def locate(findings, blocks, rows=None, *, form_url=""):
    """Return a `LocatedFinding` for each of `findings` on `blocks`.

    `rows` holds, for each block, the id of its row in the edit form; without them there are no links.
    """
    return [_located(finding, blocks, rows, form_url) for finding in findings]


def rows_of_blocks(blocks):
    """Return the ids of the rows that a form with exactly `blocks` has, as Django's formsets name them."""
    seen, rows = {}, []
    for block in blocks:
        model = BLOCKS_BY_KIND.get(block["kind"])
        prefix = model._meta.get_field("parent").remote_field.get_accessor_name() if model else "page"
        seen[prefix] = seen.get(prefix, -1) + 1
        rows.append(f"{prefix}-{seen[prefix]}")
    return rows


def _located(finding, blocks, rows, form_url):
    if finding.block is None:
        place, anchor = "The page", f"#id_{finding.field}" if finding.field else ""
    else:
        place = place_of(finding.block, {"blocks": blocks})
        anchor = f"#{rows[finding.block]}" if rows else ""
    url = "" if rows is None else f"{form_url}{anchor}"
    return LocatedFinding(finding.severity, finding.message, finding.text, place, url)
