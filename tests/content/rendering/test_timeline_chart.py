"""The withdrawal curve follows the stages that editors write, whatever they write."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rendering import timeline_chart

pytestmark = pytest.mark.once


def stage(starts_hour=24, ends_hour=96, strength=9, **extra):
    return {"starts_hour": starts_hour, "ends_hour": ends_hour, "strength": strength, **extra}


STAGES = [stage(6, 24, 4), stage(24, 96, 9), stage(120, 336, 5), stage(336, 4320, 2)]
any_stage = st.builds(
    stage,
    starts_hour=st.integers(-10, 10**7) | st.none(),
    ends_hour=st.integers(-10, 10**7) | st.none(),
    strength=st.integers(-5, 20) | st.none(),
)


def points_of(path):
    """Return the points that path data of M and C commands runs through, controls left out."""
    start, *curves = re.findall(r"[MC]([-\d. ]+)", path)
    numbers = [[float(number) for number in curve.split()] for curve in (start, *curves)]
    return [tuple(curve[-2:]) for curve in numbers]


def test_curve_rises_to_the_strongest_stage_and_eases_after_it():
    points = points_of(timeline_chart.draw(STAGES).line)
    heights = [timeline_chart.BASE - y for _, y in points]
    top = heights.index(max(heights))

    assert heights[: top + 1] == sorted(heights[: top + 1])
    assert heights[top:] == sorted(heights[top:], reverse=True)


def test_peak_stands_in_the_middle_of_the_strongest_stage():
    curve = timeline_chart.draw(STAGES)
    strongest = curve.zones[1]

    assert strongest.is_peak
    assert curve.peak.x == strongest.bead.x


def test_first_day_gets_as_much_room_as_the_months_after():
    zones = timeline_chart.draw(STAGES).zones
    widths = [float(zone.width.rstrip("%")) for zone in zones]

    assert max(widths) - min(widths) < 0.1


def test_zones_keep_the_order_and_the_numbers_of_the_list_below():
    zones = timeline_chart.draw(STAGES).zones

    assert [zone.number for zone in zones] == [1, 2, 3, 4]
    assert [zone.stage for zone in zones] == STAGES


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (6, 24, "6–24 hours"),
        (0, 12, "up to 12 hours"),
        (24, 96, "1–4 days"),
        (6, 96, "6 hours to 4 days"),
        (336, 4320, "2 weeks to 6 months"),
        (720, 17520, "4 weeks to 2 years"),
    ],
)
def test_label_says_hours_in_the_unit_people_use(start, end, words):
    assert " ".join(timeline_chart.draw([stage(start, end)]).zones[0].label) == words


def test_strength_is_said_in_words():
    zones = timeline_chart.draw([stage(strength=n) for n in (0, 3, 5, 8, 10)]).zones

    assert [zone.level for zone in zones] == ["mild", "mild", "medium", "strong", "very strong"]


def test_no_stages_draw_nothing():
    curve = timeline_chart.draw([])

    assert (curve.line, curve.area, curve.zones, curve.peak) == ("", "", (), None)


def test_labels_are_left_out_when_they_would_touch():
    assert timeline_chart.draw(STAGES).has_labels
    assert not timeline_chart.draw([stage(n * 10, n * 10 + 10) for n in range(12)]).has_labels


@given(st.lists(any_stage, min_size=1, max_size=8))
def test_any_stages_give_a_drawing_inside_its_frame(stages):
    curve = timeline_chart.draw(stages)
    points = points_of(curve.line)

    assert [x for x, _ in points] == sorted({x for x, _ in points})
    assert (points[0][0], points[-1][0]) == (0, timeline_chart.WIDTH)
    assert all(timeline_chart.TOP <= y <= timeline_chart.BASE for _, y in points)
    assert len(curve.zones) == len(stages)


@given(st.lists(any_stage, min_size=1, max_size=8))
def test_curve_never_overshoots_its_points(stages):
    start, *curves = re.findall(r"[MC]([-\d. ]+)", timeline_chart.draw(stages).line)
    before = float(start.split()[1])
    for numbers in ([float(number) for number in curve.split()] for curve in curves):
        low, high = sorted((before, numbers[5]))
        assert low - 1 <= numbers[1] <= high + 1
        assert low - 1 <= numbers[3] <= high + 1
        before = numbers[5]


def test_a_stage_that_nobody_knows_the_end_of_names_none():
    assert timeline_chart.draw([stage(24, 96), stage(336, None, 2)]).zones[1].label == (
        "2 weeks",
        "and later",
    )
