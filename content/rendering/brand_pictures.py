"""Pictures that the site makes of the clinic's logo: for shared links, for phones, for dark screens.

Made when first asked for and kept in memory until something public changes. Called by views and templates.
"""

import hashlib
import io

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont

from content import images
from content.caching.memory import remembered
from content.models import Clinic
from content.models.palettes import PALETTES

PAPER, INK, SUN = "#fffdf9", "#1d2b31", "#f1b548"
SOCIAL_SIZE = (1200, 630)  # what services that show a shared link ask for
SOCIAL_LOGO = (520, 170)  # three lines of a name stand below it
MARGIN = 0.12  # on each side: phones cut the corners of icons round
ICON_SIZES = (180, 192, 512)
FORMATS = {"social": "PNG", "dark": "WEBP", **{f"icon-{size}": "PNG" for size in ICON_SIZES}}


def address(what, site, clinic):
    """Return where the picture `what` of FORMATS is: that of the release while the clinic has no own."""
    if what == "social" and not _has_own_look(site, clinic):
        return static("img/social-preview.png")
    if what.startswith("icon-") and not site.logo:
        return static(f"img/{what}.png")
    return reverse("content:site_picture", args=[what, _key(site, clinic)])


def _has_own_look(site, clinic):
    is_named = clinic.name == Clinic._meta.get_field("name").default
    return bool(site.logo) or not is_named or site.colors is not PALETTES["coast"]


def _key(site, clinic):
    """Return letters that differ when the pictures do, so that browsers may keep an address for good."""
    made_of = (site.logo, site.colors.deep, clinic.name)
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:12]


def file(what, site, clinic):
    """Return the bytes of the picture `what`; None if it would need a logo and there is none."""
    if what != "social" and not site.logo:
        return None
    return remembered(("site picture", what, _key(site, clinic)), lambda: _made(what, site, clinic))


def _made(what, site, clinic):
    logo = _logo(site)
    if what != "social" and logo is None:
        return None
    if what == "social":
        picture = _social(site, clinic, logo)
    elif what == "dark":
        picture = _on_paper(logo, logo.size)
    else:
        size = int(what.removeprefix("icon-"))
        picture = _on_paper(logo, (size, size))
    file = io.BytesIO()
    picture.save(file, FORMATS[what], optimize=True)
    return file.getvalue()


def _logo(site):
    content = images.file(site.logo, images.WIDTHS[1]) if site.logo else None
    return content and Image.open(io.BytesIO(content)).convert("RGBA")


def _on_paper(logo, size):
    """Return the whole `logo` in the middle of a ground that every logo can be seen on."""
    ground = Image.new("RGB", size, PAPER)
    _put(ground, _within(logo, [round(side * (1 - 2 * MARGIN)) for side in size]), size[0] // 2, size[1] // 2)
    return ground


def _within(picture, most):
    share = min(most[0] / picture.width, most[1] / picture.height)
    return picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))


def _put(ground, picture, x, y):
    """Paste `picture` with its middle at `x`, `y`."""
    ground.paste(picture, (x - picture.width // 2, y - picture.height // 2), picture)


def _social(site, clinic, logo):
    """Return the dawn of the site in its colors, with the logo, or with our mark and the name."""
    colors, (width, height) = site.colors, SOCIAL_SIZE
    ground = _sky(colors)
    draw = ImageDraw.Draw(ground)
    draw.ellipse((width - 430, height - 290, width - 130, height + 10), fill=SUN)
    draw.rectangle((0, height - 90, width, height), fill=colors.sea)
    mark = logo or _mark()
    is_alone = logo is not None and site.is_name_in_logo
    mark = _within(mark, (900, 360) if is_alone else SOCIAL_LOGO)
    _put(ground, mark, 70 + mark.width // 2, 255 if is_alone else 70 + mark.height // 2)
    # The font that Pillow carries has no accents, and a name without its own is another name.
    if not is_alone and clinic.name.isascii():
        font, words = ImageFont.load_default(64), "\n".join(clinic.name_lines)
        draw.multiline_text((70, 100 + mark.height), words, font=font, fill=INK, spacing=14)
    return ground


def _sky(colors):
    """Return a ground that goes from the upper color of the sky to the lower one."""
    upper, lower = (Image.new("RGB", SOCIAL_SIZE, color) for color in colors.sky)
    return Image.composite(lower, upper, Image.linear_gradient("L").resize(SOCIAL_SIZE))


def _mark():
    return Image.open(finders.find("img/icon-192.png")).convert("RGBA")
