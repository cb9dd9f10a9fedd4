"""Draws the withdrawal curve: from the stages that editors write to what the SVG template needs.

Called by the renderer, once per timeline; it knows nothing of templates or models. It is a sketch: each stage
gets the same width, whether it lasts hours or months, because the first day is asked about most.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

WIDTH = 1000  # units of the axis; the drawing stretches them over the width of the screen
TOP, BASE = 32, 190  # y of strength 10 and of strength 0, in CSS pixels
AFTER = 0.3  # how much of the last stage's strength is left where the drawing ends
LEVELS = ((3, _("mild")), (6, _("medium")), (8, _("strong")), (10, _("very strong")))


@dataclass(frozen=True)
class Zone:
    """One stage as drawn: its number, its place on the axis, and how strong it is in a word."""

    number: int
    stage: dict
    left: str
    middle: str
    width: str
    level: str
    is_peak: bool


@dataclass(frozen=True)
class Curve:
    """The whole drawing. `line` and `area` are path data in units of WIDTH by pixels."""

    line: str = ""
    area: str = ""
    zones: tuple = ()
    peak: Zone | None = None
    width: int = WIDTH
    base: int = BASE


def draw(stages):
    """Return the Curve of `stages`: mappings with strength (0 to 10), in the order of the page."""
    if not stages:
        return Curve()
    strengths = [min(10, max(0, stage["strength"] or 0)) for stage in stages]
    line = _smooth(_points(strengths))
    zones = tuple(_zones(stages, strengths))
    peak = next(zone for zone in zones if zone.is_peak)
    return Curve(line=line, area=f"{line}V{BASE}H0z", zones=zones, peak=peak)


def _points(strengths):
    """Return the points the curve runs through.

    A stage is at its worst in its middle when it is the peak, at its end while things get worse, and at
    its start while they ease: so the curve never shows a stage as stronger than editors said.
    """
    heights = {0: 0}
    for i, strength in enumerate(strengths):
        before = strengths[i - 1] if i else -1
        after = strengths[i + 1] if i + 1 < len(strengths) else -1
        place = i + (1 if before < strength < after else 0 if before > strength > after else 0.5)
        x = round(WIDTH * place / len(strengths))
        heights[x] = max(heights.get(x, 0), strength)
    heights.setdefault(WIDTH, strengths[-1] * AFTER)
    return [(x, round(BASE - (BASE - TOP) * heights[x] / 10)) for x in sorted(heights)]


def _smooth(points):
    """Return path data through `points` that never overshoots one of them (Fritsch and Carlson, 1980)."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(points)]
    tangents = [0.0, *(_tangent(left, right) for left, right in pairwise(slopes)), 0.0]
    path = [f"M{points[0][0]} {points[0][1]}"]
    for i, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        third = (x2 - x1) / 3
        controls = (x1 + third, y1 + third * tangents[i], x2 - third, y2 - third * tangents[i + 1], x2, y2)
        path.append("C" + " ".join(f"{round(number)}" for number in controls))
    return "".join(path)


def _tangent(left, right):
    """Return a slope for the point between two slopes: level at a turn, else their mean, kept gentle."""
    if left * right <= 0:
        return 0.0
    mean, steepest = (left + right) / 2, 3 * min(left, right, key=abs)
    return min(mean, steepest, key=abs)


def _zones(stages, strengths):
    count, strongest = len(stages), strengths.index(max(strengths))
    for i, (stage, strength) in enumerate(zip(stages, strengths, strict=True)):
        yield Zone(
            number=i + 1,
            stage=stage,
            left=f"{i / count:.1%}",
            middle=f"{(i + 0.5) / count:.1%}",
            width=f"{1 / count:.1%}",
            level=next(word for limit, word in LEVELS if strength <= limit),
            is_peak=i == strongest,
        )
