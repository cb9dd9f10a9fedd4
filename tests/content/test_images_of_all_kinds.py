"""Every picture that is accepted renders, in the colors that whoever saved it saw."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from content import images
from content.models import ImageFile, Picture, StoredImage
from tests.support import images as pictures
from tests.support.pages import make_page, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def shown(content):
    """Store a file and return the largest picture that visitors get of it."""
    stored = images.store(pictures.upload(content))
    kept = ImageFile.objects.filter(image=stored).order_by("-width").first()
    return Image.open(io.BytesIO(bytes(kept.content)))


def color(content):
    picture = shown(content).convert("RGB")
    return picture.getpixel((picture.width // 2, picture.height // 2))


def is_near(one, other, by=6):
    return all(abs(first - second) <= by for first, second in zip(one, other, strict=True))


@pytest.mark.parametrize(
    "size",
    [
        (1, 1),
        (6, 6),
        (9, 400),
        (99, 1),
        (479, 3),
        (480, 1),
        (481, 2),
        (1440, 1),
        (1441, 9),
        (10_000, 1),
        (1, 10_000),
    ],
)
def test_page_shows_a_picture_of_every_size(client, size):
    page = make_page()
    stored = images.store(pictures.upload(pictures.picture(size, "PNG")))
    Picture.objects.create(parent=page, image=stored.digest, alt="A line")
    publish_page(page)
    html = client.get(page.path).content.decode()
    for address in {part.split()[0] for part in html.split('srcset="')[1].split('"')[0].split(", ")}:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_every_kind_of_pixel_renders(mode, kind):
    picture = Image.new("RGBA", (20, 20), (255, 255, 255, 255)).convert(mode)
    file = io.BytesIO()
    savable = picture.convert("RGB") if kind == "JPEG" and mode in ("LA", "P", "RGBA") else picture
    savable.save(file, kind)
    assert is_near(color(file.getvalue()), (255, 255, 255))


@pytest.mark.parametrize("gray", [0, 257 * 64, 257 * 128, 65535])
def test_gray_of_sixteen_bits_keeps_its_shade(gray):
    file = io.BytesIO()
    Image.new("I;16", (20, 20), gray).save(file, "PNG")
    assert is_near(color(file.getvalue()), [gray // 257] * 3, by=3)


def test_gray_of_sixteen_bits_with_a_transparent_shade_renders():
    file = io.BytesIO()
    Image.new("I;16", (20, 20), 257 * 100).save(file, "PNG", transparency=65535)
    assert is_near(color(file.getvalue()), (100, 100, 100), by=3)


@pytest.mark.parametrize(
    "profile", [b"x", b"no profile at all" * 20, SRGB[:200], SRGB[:-100], b"\0" * 128, SRGB[40:]]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_damaged_profile_changes_nothing(profile, mode):
    whole = pictures.picture((20, 20), mode=mode, color=100 if mode == "L" else "white")
    damaged = pictures.picture(
        (20, 20), mode=mode, color=100 if mode == "L" else "white", icc_profile=profile
    )
    assert is_near(color(damaged), color(whole))


@pytest.mark.parametrize(
    "note",
    [
        (b"iCCP", b"x\0\1" + zlib.compress(SRGB)),
        (b"iCCP", b"x\0\0no zlib"),
        (b"iCCP", b"x\0\0" + zlib.compress(SRGB + bytes(1_500_000))),
        (b"zTXt", b"History\0\0" + zlib.compress(b"a" * 3_000_000)),
        (b"zTXt", b"History\0\0" + zlib.compress(b"a" * 9_000_000)),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b"a" * 9_000_000)),
        (b"pHYs", b"short"),
        (b"cHRM", b"short"),
    ],
    ids=["profile in no known way", "profile cut", "large profile", "3 MB", "9 MB", "XMP", "size", "colors"],
)
def test_whatever_a_png_says_of_itself_its_picture_is_taken(note):
    assert is_near(color(pictures.png(9, 9, (b"\0" + b"\xff\x80\0" * 9) * 9, [note])), (255, 128, 0))


def test_inks_are_mixed_as_their_profile_says():
    """Without it full cyan would be (0, 255, 255), a glaring color that no press prints."""
    inks = pictures.picture((20, 20), mode="CMYK", color=(255, 0, 0, 0), icc_profile=pictures.cmyk_profile())
    red, green, blue = color(inks)
    assert 150 < red < 215 and abs(red - green) < 25 and 150 < blue < 235
    paper = pictures.picture((20, 20), mode="CMYK", color=(0, 0, 0, 0), icc_profile=pictures.cmyk_profile())
    assert min(color(paper)) > 225


def test_inks_without_a_profile_render():
    assert color(pictures.picture((20, 20), mode="CMYK", color=(0, 0, 0, 255)))[0] < 60


def test_gray_is_as_light_as_its_profile_says():
    plain = color(pictures.picture((20, 20), "PNG", "L", 100))
    linear = color(pictures.picture((20, 20), "PNG", "L", 100, icc_profile=pictures.gray_profile(1)))
    assert linear[0] > plain[0] + 40


def test_gray_with_a_profile_for_colors_keeps_its_shade():
    assert is_near(color(pictures.picture((20, 20), mode="L", color=100, icc_profile=SRGB)), (100, 100, 100))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_stays_beside_a_profile(mode):
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode)
    file = io.BytesIO()
    options = {"transparency": 0} if mode == "P" else {}
    picture.save(file, "PNG", icc_profile=SRGB if mode != "LA" else pictures.gray_profile(2.2), **options)
    kept = shown(file.getvalue())
    assert kept.mode == "RGBA" and kept.getpixel((10, 10))[3] == 0


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning")
@pytest.mark.parametrize(
    "notes",
    [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12" * 40],
)
def test_damaged_notes_of_a_camera_are_left_out(notes):
    assert is_near(color(pictures.picture((20, 20), color="white", exif=notes)), (255, 255, 255))


def notes_of_a_sideways_photo(entries=(), rest=b""):
    """EXIF that says “turn me” (tag 274 is 6), and then what is in `entries`: tag, kind, count, value."""
    rows = [(274, 3, 1, 6), *entries]
    packed = b"".join(struct.pack("<HHII", *row) for row in rows)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(rows)) + packed + bytes(4) + rest


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize(
    "notes",
    [
        b"Exif\0\0" + notes_of_a_sideways_photo(),
        notes_of_a_sideways_photo([(0x9204, 10, 1, 38)], struct.pack("<ii", -1, 0)),
        notes_of_a_sideways_photo([(0x8825, 4, 1, 0xFFFFFF)]),
        notes_of_a_sideways_photo([(0x010F, 2, 0xFFFFFFFF, 20)]),
    ],
    ids=["twice the head", "divided by zero", "a place beyond the end", "a name without end"],
)
def test_photo_is_turned_though_other_notes_are_damaged(notes):
    assert shown(pictures.picture((60, 20), exif=notes)).size == (20, 60)


def test_photo_whose_second_picture_was_cut_off_is_taken():
    file = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), shade) for shade in ("white", "black")]
    frames[0].save(file, "MPO", save_all=True, append_images=frames[1:])
    first = file.getvalue()[: file.getvalue().index(b"\xff\xd9") + 2]
    assert is_near(color(first), (255, 255, 255))


def test_first_picture_of_a_double_photo_is_taken():
    """Telephones save a second picture in the same file (MPO)."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(
        file, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "black")]
    )
    assert is_near(color(file.getvalue()), (255, 255, 255))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_first_picture_of_a_moving_one_is_taken(kind):
    file = io.BytesIO()
    frames = [Image.new("RGB", (30, 30), shade) for shade in ("white", "black")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], lossless=True)
    assert is_near(color(file.getvalue()), (255, 255, 255))
    assert StoredImage.objects.get().width == 30
