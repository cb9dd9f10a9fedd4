"""Turns an uploaded file into the picture that visitors get, and gives its addresses.

Called by the upload field of the editor, the view that serves pictures, and the renderer. Whatever comes in
is decoded to pixels and encoded anew, so that nothing else of the file survives: no place, camera or script.
"""

import hashlib
import io

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from content.models import ImageFile, StoredImage
from content.models.images import DIGEST_CHARACTERS

try:  # not one of our packages: whoever installs it gets the photos of iPhones converted
    import pillow_heif

    pillow_heif.register_heif_opener()
    HEIF = ("HEIF",)
except ImportError:
    HEIF = ()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", *HEIF)
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 30_000_000  # decoded at once they take 120 MB
# A JPEG is decoded at a half or less. A progressive one is held whole beside that, at 3 bytes a pixel.
MAX_PIXELS_OF_JPEG = {"baseline": 200_000_000, "progressive": 60_000_000}
Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS_OF_JPEG.values())
MAX_SIDE = 20_000  # pixels
# Photo programs put histories of many megabytes into a PNG, and some profiles take one: none is kept.
PngImagePlugin.MAX_TEXT_CHUNK = 4 * 1024 * 1024  # bytes
NEEDED_OF_PNG = (b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND")
WIDTHS = (480, 960, 1440)  # a phone, the column of text, the same on a fine display
QUALITY = 80
OWN_COLORS = {"1": "L", "L": "L", "LA": "L", "CMYK": "CMYK"}  # what a color profile is applied to; else RGB
SIZES = "(min-width: 45rem) 42rem, 92vw"  # how wide the page shows it: --measure in tokens.css

TOO_LARGE = f"This file is larger than {MAX_BYTES // 2**20} MB. Upload a smaller copy."
TOO_MANY_PIXELS = (
    f"This picture has more than {MAX_PIXELS // 10**6} million pixels or a side over {MAX_SIDE:,}. Save it as"
    " JPEG, which may be larger, or upload a smaller copy."
)
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
UNREADABLE = "This file cannot be read as a picture. Upload a JPEG, PNG, WebP, or GIF file."
SVG = "SVG and HTML files can contain programs. Save the picture as PNG and upload that."
HEIC = "This photo is in Apple's HEIC format, which few browsers can show. Save it as JPEG and upload that."


def store(upload):
    """Verify `upload` (a file), store it in all widths and return the StoredImage.

    The same picture uploaded twice is stored once. Raises `ValidationError` that says what to do instead.
    """
    return _keep(_read(upload))


def crop(digest, ratio, focus):
    """Store the part of the picture `digest` with this `ratio` of width to height, around its `focus`.

    `focus` is in percent from the left and the top. Returns the StoredImage, or None without a picture.
    """
    content = file(digest, WIDTHS[-1])
    if content is None:
        return None
    picture = Image.open(io.BytesIO(content))
    width, height = min(picture.width, picture.height * ratio), min(picture.height, picture.width / ratio)
    left = _start(picture.width, width, focus[0])
    top = _start(picture.height, height, focus[1])
    return _keep(picture.crop((left, top, left + max(1, round(width)), top + max(1, round(height)))), digest)


def _start(whole, part, percent):
    """Return where `part` begins so that the place at `percent` is in its middle, if possible."""
    return round(min(max(whole * percent / 100 - part / 2, 0), whole - part))


def _keep(picture, cropped_from=None):
    files = {width: _encoded(picture, width) for width in widths(picture.width)}
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()[:DIGEST_CHARACTERS]
    with transaction.atomic():
        largest = max(files)
        stored, is_new = StoredImage.objects.get_or_create(
            digest=digest,
            defaults={
                "width": largest,
                "height": _height(picture, largest),
                "cropped_from_id": cropped_from,
            },
        )
        if is_new:
            ImageFile.objects.bulk_create(
                ImageFile(image=stored, width=width, content=content) for width, content in files.items()
            )
    return stored


def widths(full):
    """Return the widths in which a picture `full` pixels wide is kept; it is never blown up."""
    return [width for width in WIDTHS if width < full] + ([full] if full <= WIDTHS[-1] else [])


def _read(upload):
    """Return the picture in `upload`: upright, in sRGB, at most as wide as the widest file of it."""
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE, code="too_large")
    upload.seek(0)
    _refuse_by_first_bytes(upload.read(1024))
    upload.seek(0)
    try:
        return _decoded_somehow(upload)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from None
    except Exception:  # whatever a hostile file makes the decoder raise
        raise ValidationError(UNREADABLE, code="unreadable") from None


def _decoded_somehow(upload):
    """Return the picture in `upload`; a PNG whose profile or notes are damaged is read without them."""
    try:
        return _decoded(upload)
    except (OSError, SyntaxError, ValueError):
        upload.seek(0)
        content = upload.read()
        if not content.startswith(b"\x89PNG"):
            raise
        return _decoded(io.BytesIO(_without_notes(content)))


def _without_notes(png):
    """Return the pixels of a PNG and what they need; each of its parts is length, name, content, sum."""
    kept, place = [png[:8]], 8
    while place < len(png):
        end = place + 12 + int.from_bytes(png[place : place + 4])
        if png[place + 4 : place + 8] in NEEDED_OF_PNG:
            kept.append(png[place:end])
        place = end
    return b"".join(kept)


def _refuse_by_first_bytes(start):
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ValidationError(SVG, code="markup")
    is_heic = start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS
    if is_heic and not HEIF:
        raise ValidationError(HEIC, code="heic")


def _decoded(upload):
    """Return the first frame of `upload`. Its size is looked at before a single pixel is decoded."""
    picture = Image.open(upload, formats=FORMATS)
    if picture.format == "JPEG":
        kind = "progressive" if picture.info.get("progressive") else "baseline"
        _refuse_larger(picture, MAX_PIXELS_OF_JPEG[kind])
        picture.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a large one is never decoded in full
    _refuse_larger(picture, MAX_PIXELS)
    picture = _in_srgb(_upright(picture))
    if picture.width > WIDTHS[-1]:
        picture = _resized(picture, WIDTHS[-1])
    return picture


def _refuse_larger(picture, most):
    if picture.width * picture.height > most or max(picture.size) > MAX_SIDE:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels")


def _upright(picture):
    """Turn a photo as its camera says; what cannot be read of that is no fault of the picture."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # whatever damaged notes make their reader raise
        picture.load()
        return picture


def _in_srgb(picture):
    """Return `picture` in the colors every browser assumes; the profile itself is dropped afterwards."""
    profile, transparency = picture.info.get("icc_profile"), _transparency(picture)
    picture = picture.convert("RGBA") if picture.mode == "P" else _eight_bits(picture)
    picture = picture.convert(OWN_COLORS.get(picture.mode, "RGB"))
    colors = _through_profile(picture, profile) if profile else None
    colors = colors or picture.convert("RGB")
    if transparency:
        colors.putalpha(transparency)
    return colors


def _eight_bits(picture):
    """Scale 16 bits of gray (scans, X-rays) down; `convert` alone would cut them off and leave white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda gray: gray * (1 / 257)).convert("L")


def _transparency(picture):
    if not picture.has_transparency_data or picture.mode.startswith("I"):
        return None
    if "A" in picture.getbands():
        return picture.getchannel("A")
    try:
        return picture.convert("RGBA").getchannel("A")
    except (ValueError, TypeError):  # a transparent color of 16 bits
        return None


def _through_profile(picture, profile):
    """Return `picture` as its color profile means it, or None if that is damaged or for other colors."""
    for mode in dict.fromkeys((picture.mode, "RGB")):  # gray pictures often carry a profile for RGB
        try:
            source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture.convert(mode), source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            continue
    return None


def _resized(picture, width):
    return picture.resize((width, _height(picture, width)), Image.Resampling.LANCZOS)


def _height(picture, width):
    return max(1, round(picture.height * width / picture.width))


def _encoded(picture, width):
    """Return `picture` as WebP of this `width`, its pixels and nothing else."""
    small = picture if width == picture.width else _resized(picture, width)
    file = io.BytesIO()
    small.save(file, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()


def address(digest, width):
    return reverse("content:picture", args=[digest, width])


def for_template(digest, full):
    """Return what a template shows of the picture `digest`, `full` pixels wide; no query is needed."""
    if not digest or not full:
        return {"url": "", "srcset": "", "sizes": ""}
    kept = widths(full)
    srcset = ", ".join(f"{address(digest, width)} {width}w" for width in kept)
    return {"url": address(digest, kept[min(1, len(kept) - 1)]), "srcset": srcset, "sizes": SIZES}


def file(digest, width):
    """Return the bytes of the picture `digest` that is at least `width` wide, else of the widest; or None."""
    files = ImageFile.objects.filter(image=digest)
    found = files.filter(width__gte=width).order_by("width").first() or files.order_by("-width").first()
    return bytes(found.content) if found else None
