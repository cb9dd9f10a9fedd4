"""Runs axe on the page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

CONTRAST = "color-contrast-enhanced"  # AAA; it covers color-contrast, which is AA
STRICT = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast": {"enabled": False}, "target-size": {"enabled": True}},
}
# With it axe asks for every style sheet again at each run, and needs that for one rule only: that no screen
# has to be held upright. strict_violations() looks after that one.
NO_PRELOAD = {"preload": False}
RUN = """
async ([options, contrast]) => {
  const found = await axe.run({ resultTypes: ["violations", "incomplete"], ...options });
  const unsure = found.incomplete.filter((each) => each.id === contrast);
  // A lone arrow is a drawing, not text.
  const isText = (node) => node.any[0]?.data?.messageKey !== "nonBmp";
  const lines = (results, keep) => results.flatMap((each) => each.nodes.filter(keep).map(
    (node) => [each.id, each.impact, node.target, node.html.slice(0, 120), node.any[0]?.message].join(" ")));
  return [...lines(found.violations, () => true), ...lines(unsure, isText)];
}
"""


def violations(page, context=None):
    """Return what axe finds wrong on `page`, one readable line each (WCAG 2.2 A, AA and best practices)."""
    _end_transitions(page)
    results = Axe().run(page, context=context, options={"resultTypes": ["violations"], **NO_PRELOAD})
    return [
        f"{found['id']} ({found['impact']}): {node['target']} {node['html'][:120]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def strict_violations(page):
    """As violations(), with the size of targets and without contrast."""
    return _run(page, STRICT)


def contrast_violations(page):
    """Return text with less than AAA contrast; where axe is unsure, that counts too."""
    return _run(page, {"runOnly": {"type": "rule", "values": [CONTRAST]}, **NO_PRELOAD})


def _end_transitions(page):
    """A color that is still on its way from light to dark is no color of ours."""
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")


def _run(page, options):
    _end_transitions(page)
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, [options, CONTRAST])


def check(page):
    """No violation, nothing wider than the screen."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
