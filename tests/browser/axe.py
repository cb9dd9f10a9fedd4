"""Runs axe on the page that a browser shows."""

from axe_playwright_python.base import AXE_SCRIPT

ENHANCED = "color-contrast-enhanced"  # AAA; it passes what fails AA
CONTRAST = ["color-contrast", ENHANCED]
OF_COLORS = ["color-contrast", "link-in-text-block"]
STRICT = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast": {"enabled": False}, "target-size": {"enabled": True}},
}
# With it axe asks for every style sheet again at each run, and needs that for one rule only: that no screen
# has to be held upright. strict_violations() looks after that one.
NO_PRELOAD = {"preload": False}
VIOLATIONS = "async ([context, options]) => (await axe.run(context ?? document, options)).violations"
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

# On a gradient axe finds every contrast sufficient, "of null": each is painted in one of its colors.
# Returns whether there is one.
PAINT = """
(which) => {
  let found = false;
  for (const each of document.querySelectorAll("body *")) {
    const gradient = each.dataset.gradient ?? getComputedStyle(each).backgroundImage;
    if (!gradient.startsWith("linear-gradient")) continue;
    each.dataset.gradient = gradient;
    each.style.backgroundImage = which === null ? "" : "none";
    each.style.backgroundColor = which === null ? "" : gradient.match(/rgba?\\([^)]*\\)/g).at(which);
    if (which === null) delete each.dataset.gradient;
    found = true;
  }
  return found;
}
"""
FIRST, LAST, AS_IT_WAS = 0, -1, None


def violations(page, context=None, **options):
    """Return what axe finds wrong on `page`, one readable line each (WCAG 2.2 A, AA and best practices)."""
    _prepare(page)
    options |= {"resultTypes": ["violations"], **NO_PRELOAD}
    return [
        f"{found['id']} ({found['impact']}): {node['target']} {node['html'][:120]}"
        for found in page.evaluate(VIOLATIONS, [context, options])
        for node in found["nodes"]
    ]


def violations_light_and_dark(page):
    """As violations() in light colors; in dark ones only what depends on colors is looked at again."""
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {each}" for each in violations(page, runOnly=OF_COLORS)]


def strict_violations(page):
    """As violations(), with the size of targets and without contrast."""
    return _run(page, STRICT)


def contrast_violations(page):
    """Return text with less than AAA contrast; where axe is unsure, that counts too."""
    found = []
    for color in (FIRST, LAST):
        has_gradient = page.evaluate(PAINT, color)
        found += _run(page, {"runOnly": {"type": "rule", "values": CONTRAST}, **NO_PRELOAD})
        if not has_gradient:
            break  # the last color would show the same
    page.evaluate(PAINT, AS_IT_WAS)
    return found


def _end_transitions(page):
    """A color that is still on its way from light to dark is no color of ours."""
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")


def _prepare(page):
    _end_transitions(page)
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)


def _run(page, options):
    _prepare(page)
    return page.evaluate(RUN, [options, ENHANCED])


def check(page):
    """No violation, nothing wider than the screen."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
