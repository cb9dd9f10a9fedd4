"""The withdrawal curve follows the stages that editors write, whatever they write."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from content.rendering import timeline_chart

pytestmark = pytest.mark.once


def stage(strength=9, **extra):
    return {"strength": strength, **extra}


STAGES = [stage(4), stage(9), stage(5), stage(2)]
any_stage = st.builds(stage, strength=st.integers(-5, 20) | st.none())


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
    top = min(points_of(curve.line), key=lambda point: point[1])

    assert curve.peak is curve.zones[1]
    assert curve.peak.middle == f"{top[0] / timeline_chart.WIDTH:.1%}"


def test_the_first_day_gets_as_much_room_as_the_months_after():
    assert {zone.width for zone in timeline_chart.draw(STAGES).zones} == {"25.0%"}


def test_zones_keep_the_order_and_the_numbers_of_the_list_below():
    zones = timeline_chart.draw(STAGES).zones

    assert [zone.number for zone in zones] == [1, 2, 3, 4]
    assert [zone.stage for zone in zones] == STAGES


def test_labels_are_the_stages_own_words_and_lead_to_them():
    stages = [
        stage(4, when="6 to 12 hours", heading="The first signs", anchor="first"),
        stage(9, when="Day 1 to 4", heading="The hardest days", anchor="hardest"),
    ]
    html = render_to_string(
        "components/timeline_chart.html", {"curve": timeline_chart.draw(stages), "name": 1}
    )
    for each in stages:
        link = re.search(rf'<a href="#{each["anchor"]}".*?</a>', html)[0]
        assert f"<b>{each['when']}</b>" in link
        assert f"<span>{each['heading']}</span>" in link


def test_strength_is_said_in_words():
    zones = timeline_chart.draw([stage(n) for n in (0, 3, 5, 8, 10)]).zones

    assert [zone.level for zone in zones] == ["mild", "mild", "medium", "strong", "very strong"]


def test_no_stages_draw_nothing():
    curve = timeline_chart.draw([])

    assert (curve.line, curve.area, curve.zones, curve.peak) == ("", "", (), None)


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
