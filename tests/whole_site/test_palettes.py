"""Every palette that a clinic can choose is read without effort, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from content.models.palettes import PALETTES

pytestmark = pytest.mark.once

CSS = Path(settings.BASE_DIR, "static/css")
COLOR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6}|var\(--[\w-]+\));")
TEXT, LARGE_BOLD, CONTROL = 7, 4.5, 3
GROUNDS = ("paper", "sand", "mist", "sky-1", "sky-2")
PAIRS = {
    **{(text, ground): TEXT for text in ("ink", "muted", "link") for ground in GROUNDS},
    **{("dawn", ground): TEXT for ground in ("paper", "sand", "sky-1")},
    **{("on-solid", ground): TEXT for ground in ("deep", "solid")},
    ("sun", "deep"): TEXT,
    ("alert", "wash"): TEXT,
    ("ink", "wash"): TEXT,
    ("on-solid", "button"): LARGE_BOLD,
    ("on-solid", "danger"): LARGE_BOLD,
    ("on-solid", "sea"): TEXT,
    **{("control", ground): CONTROL for ground in ("paper", "sand")},
    ("hill-3", "sky-2"): CONTROL,  # the birds
}


def colors(palette, theme):
    """Return the value of each token in the cascade: the palette, then tokens.css, dark after light."""
    found = {}
    sheets = [(CSS / name).read_text() for name in (f"palettes/{palette}.css", "tokens.css")]
    for sheet in sheets:
        light, dark = sheet.split("@media (prefers-color-scheme: dark)")
        found |= dict(COLOR.findall(light))
        found |= dict(COLOR.findall(dark.split("@media")[0])) if theme == "dark" else {}
    return {name: found.get(value[6:-1], value) for name, value in found.items()}


def luminance(color):
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = map(_linear, parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one, other):
    """Return the ratio that WCAG 2 defines."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("palette", PALETTES)
def test_text_and_buttons_of_a_palette_are_read_without_effort(palette, theme):
    known = colors(palette, theme)
    ratios = {(text, ground): contrast(known[text], known[ground]) for text, ground in PAIRS}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < PAIRS[pair]} == {}


def test_each_palette_paints_the_same_things_and_the_bar_of_the_phone_in_its_own_color():
    named = {name: set(colors(name, "light")) for name in PALETTES}
    assert all(names == named["coast"] for names in named.values())
    assert {path.stem for path in (CSS / "palettes").glob("*.css")} == set(PALETTES)
    for name, palette in PALETTES.items():
        known = colors(name, "light")
        assert palette.deep == known["deep"]
        assert palette.sky == (known["sky-1"], known["sky-3"])
        assert palette.sea == known["sea"]
