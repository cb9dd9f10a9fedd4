"""The colors a site can choose from. Plain data, for the site's record and for vtc_site/static_storage.py.

Each has its file in static/css/palettes/, and a stylesheet of the site and of the form that imports it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """`deep` is its darkest paint: phones color their own bars with it. `sky` and `sea` paint pictures."""

    label: str
    deep: str
    sky: tuple
    sea: str
    suffix: str = ""  # of its stylesheets


PALETTES = {
    "coast": Palette("Coast: pine green", "#08302e", ("#fbf6ea", "#f7d29a"), "#0f5b55"),
    "harbor": Palette("Harbor: blue", "#0a2740", ("#f4f7f8", "#f6d9a8"), "#124a74", "-harbor"),
    "heather": Palette("Heather: plum", "#2c1540", ("#fbf6f1", "#f3cfae"), "#4b2b63", "-heather"),
    "stone": Palette("Stone: slate gray", "#1d2b31", ("#f7f7f5", "#f1d9b5"), "#3d5259", "-stone"),
}
