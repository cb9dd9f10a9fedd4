"""Draws the withdrawal curve: from the stages that editors write to what the SVG template needs.

Called by the renderer, once per timeline; it knows nothing of templates or models.

The time axis is not to scale. Each stretch between two boundaries gets a width of its own, so that the
first day, which people ask about most, has as much room as the months that may follow.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

WIDTH = 1000  # units of the axis; the drawing stretches them over the width of the screen
TOP, BASE = 44, 156  # y of strength 10 and of strength 0, in CSS pixels
COVERED, UNCOVERED = 1.0, 0.35  # shares of the axis for time inside a stage, and between stages
LABEL_ROOM = 165  # units between two beads below which their labels would touch: 46 of 280 pixels
LEVELS = ((3, "mild"), (6, "medium"), (8, "strong"), (10, "very strong"))
# How people say a length of time: name, its hours, and up to how many of it they count
UNITS = (
    ("hour", 1, 24),
    ("day", 24, 14),
    ("week", 24 * 7, 8),
    ("month", 24 * 30, 18),
    ("year", 24 * 365, float("inf")),
)


@dataclass(frozen=True)
class Mark:
    """A point of the drawing: `x` in units of WIDTH, `y` in pixels."""

    x: int
    y: int

    @property
    def percent(self):
        return f"{self.x / WIDTH:.1%}"


@dataclass(frozen=True)
class Zone:
    """One stage as drawn: its number, its bead on the axis, and its words for the table."""

    number: int
    stage: dict
    bead: Mark
    start: Mark
    width: str
    label: tuple
    level: str
    is_peak: bool


@dataclass(frozen=True)
class Curve:
    """The whole drawing. `line` and `area` are path data in units of WIDTH by pixels."""

    line: str = ""
    area: str = ""
    zones: tuple = ()
    peak: Mark | None = None
    has_labels: bool = False
    width: int = WIDTH
    base: int = BASE


def draw(stages):
    """Return the Curve of `stages`: mappings with starts_hour, ends_hour (or None) and strength (0 to 10)."""
    spans = [_span(stage) for stage in stages]
    if not spans:
        return Curve()
    axis = _axis(spans)
    points = _points(spans, axis)
    line = _smooth(points)
    zones = _zones(stages, spans, axis)
    beads = sorted(zone.bead.x for zone in zones)
    return Curve(
        line=line,
        area=f"{line}V{BASE}H{points[0][0]}z",
        zones=zones,
        peak=Mark(*min(points, key=lambda point: point[1])),
        has_labels=all(right - left >= LABEL_ROOM for left, right in pairwise(beads)),
    )


def _span(stage):
    """Return (start, end, strength) of `stage`, put right where the numbers make no sense.

    One without an end is drawn as if it took as long as the time before it.
    """
    start, end = stage["starts_hour"] or 0, stage["ends_hour"]
    start, end = sorted((max(0, start), max(0, start * 2 if end is None else end)))
    return start, max(end, start + 1), min(10, max(0, stage["strength"] or 0))


def _axis(spans):
    """Return the place of every boundary hour on the axis; each stretch is as wide as its share."""
    hours = sorted({0} | {hour for start, end, _ in spans for hour in (start, end)})
    shares = [
        COVERED if any(start <= left and right <= end for start, end, _ in spans) else UNCOVERED
        for left, right in pairwise(hours)
    ]
    places = accumulate((WIDTH * share / sum(shares) for share in shares), initial=0)
    return {hour: round(place) for hour, place in zip(hours, places, strict=True)}


def _points(spans, axis):
    """Return the points the curve runs through.

    A stage is at its worst in its middle when it is the peak, at its end while things get worse, and at
    its start while they ease: so the curve never shows a stage as stronger than editors said.
    """
    ordered = sorted(spans)
    heights = {0: 0, axis[ordered[0][0]]: 0}
    for i, (start, end, strength) in enumerate(ordered):
        before = ordered[i - 1][2] if i else -1
        after = ordered[i + 1][2] if i + 1 < len(ordered) else -1
        left, right = axis[start], axis[end]
        x = right if before < strength < after else left if before > strength > after else (left + right) // 2
        heights[x] = max(heights.get(x, 0), strength)
    heights.setdefault(WIDTH, ordered[-1][2] * 0.3)
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


def _zones(stages, spans, axis):
    strongest = max(range(len(spans)), key=lambda i: spans[i][2])
    return tuple(
        _zone(i + 1, stage, span, axis, i == strongest)
        for i, (stage, span) in enumerate(zip(stages, spans, strict=True))
    )


def _zone(number, stage, span, axis, is_peak):
    left, right = axis[span[0]], axis[span[1]]
    return Zone(
        number=number,
        stage=stage,
        bead=Mark((left + right) // 2, BASE),
        start=Mark(left, TOP),
        width=f"{(right - left) / WIDTH:.1%}",
        label=_label(*span[:2]) if stage["ends_hour"] is not None else (_time(span[0]), "and later"),
        level=next(word for limit, word in LEVELS if span[2] <= limit),
        is_peak=is_peak,
    )


def _label(start, end):
    """Return short lines for under the bead: numbers and the unit of both, else start and end."""
    for unit, hours, most in UNITS:
        if hours <= start and end <= hours * most and start % hours == end % hours == 0:
            return f"{start // hours}–{end // hours}", f"{unit}s"
    return (_time(start), *f"to {_time(end)}".rsplit(" ", 1)) if start else ("up to", _time(end))


def _time(duration):
    """Return `duration`, in hours, in the first unit that people would still count it in."""
    unit, hours, _ = next(entry for entry in UNITS if duration < entry[1] * entry[2])
    number = round(duration / hours)
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
