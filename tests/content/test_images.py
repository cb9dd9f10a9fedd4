"""What staff upload becomes a small, clean picture from our own host; what is hostile gets advice instead."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from content import images, publishing
from content.models import ImageFile, Picture, StoredImage
from tests.support import images as pictures
from tests.support.pages import make_page, publish_page
from vtc_site.page_cache import PageCache

pytestmark = pytest.mark.django_db
GOOD = pictures.picture()


def stored(content=GOOD, name="picture.jpg"):
    return images.store(pictures.upload(content, name))


def page_with_picture(**fields):
    page = make_page()
    defaults = {"image": stored().digest, "alt": "A quiet beach"}
    Picture.objects.create(parent=page, **defaults | fields)
    return page


def test_a_page_shows_the_picture_in_the_widths_it_needs(client):
    page = page_with_picture(caption="At dawn")
    publish_page(page)
    html = client.get(page.path).content.decode()
    tag = re.search(r"<img [^>]*quiet beach[^>]*>", html)[0]
    assert 'width="1440" height="720"' in tag
    assert 'alt="A quiet beach"' in tag
    assert len(re.findall(r"/pictures/[0-9a-f]{32}-(?:480|960|1440)\.webp \d+w", tag)) == 3
    assert "At dawn" in html


def test_a_picture_is_sent_as_webp_that_never_changes(client):
    digest = stored().digest
    answer = client.get(images.address(digest, 480))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Content-Length"] == str(len(answer.content))
    assert not answer.cookies
    shown = Image.open(io.BytesIO(answer.content))
    assert (shown.format, shown.size) == ("WEBP", (480, 240))


def test_the_memory_for_finished_pages_holds_no_picture():
    asked = []
    cache = PageCache(lambda environ, start_response: asked.append(environ["PATH_INFO"]) or [])
    path = images.address(stored().digest, 480)
    for _ in range(2):
        cache({"REQUEST_METHOD": "GET", "PATH_INFO": path}, None)
    assert asked == [path, path]


@pytest.mark.once
@pytest.mark.parametrize(
    "address", [f"/pictures/{'0' * 32}-480.webp", "/pictures/../-480.webp", "/pictures/x-1.webp"]
)
def test_a_picture_that_is_not_there_is_404(client, address):
    assert client.get(address).status_code == 404


def test_a_width_that_is_not_kept_gets_the_next_larger_one(client):
    digest = stored(pictures.picture((700, 70))).digest
    assert Image.open(io.BytesIO(client.get(images.address(digest, 500)).content)).width == 700
    assert Image.open(io.BytesIO(client.get(images.address(digest, 960)).content)).width == 700


@pytest.mark.once
@pytest.mark.parametrize(
    ("full", "kept"),
    [(300, [300]), (480, [480]), (700, [480, 700]), (1440, [480, 960, 1440]), (4000, [480, 960, 1440])],
)
def test_pictures_are_never_blown_up(full, kept):
    assert images.widths(full) == kept


def test_place_camera_author_and_comment_are_gone_and_the_picture_is_upright():
    image = stored(pictures.photo_with_secrets())
    assert (image.width, image.height) == (400, 800)
    for file in ImageFile.objects.all():
        assert b"Secret" not in bytes(file.content)
        assert not Image.open(io.BytesIO(bytes(file.content))).getexif()


@pytest.mark.once
def test_transparency_and_odd_color_modes_survive():
    clear = stored(pictures.picture((500, 500), "PNG", "RGBA", (0, 0, 0, 0)), "a.png")
    shown = Image.open(io.BytesIO(images.file(clear.pk, 480)))
    assert shown.convert("RGBA").getpixel((10, 10))[3] == 0
    for mode, color in (("L", 200), ("P", 3), ("1", 1), ("I;16", 999), ("LA", (9, 9))):
        stored(pictures.picture((20, 20), "PNG", mode, color), "b.png")
    stored(pictures.picture((20, 20), "JPEG", "CMYK", (9, 9, 9, 9)))


def test_the_same_picture_is_stored_once():
    assert stored() == stored()
    assert (StoredImage.objects.count(), ImageFile.objects.count()) == (1, 3)


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "a.svg",
            "Save the picture as PNG",
        ),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "a.png", "Save the picture as PNG"),
        (b"<!doctype html><script>alert(1)</script>", "photo.jpg", "Save the picture as PNG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1.HEIC", "Save it as JPEG"),
        (b"MZ\x90\0 a program", "photo.jpg", "Upload a JPEG, PNG, WebP, or GIF file"),
        (b"", "empty.jpg", "Upload a JPEG, PNG, WebP, or GIF file"),
        (pictures.picture()[:700], "half.jpg", "Upload a JPEG, PNG, WebP, or GIF file"),
        (pictures.picture((20, 20), "TIFF"), "a.jpg", "Upload a JPEG, PNG, WebP, or GIF file"),
        (pictures.picture((20, 20), "PDF"), "a.jpg", "Upload a JPEG, PNG, WebP, or GIF file"),
        (pictures.png_that_claims(20_000, 20_000), "bomb.png", "upload a smaller copy"),
        (pictures.png_that_claims(6_000, 6_000), "bomb.png", "upload a smaller copy"),
        (pictures.png_that_claims(1, 2_000_000), "thin.png", "upload a smaller copy"),
        (pictures.png_that_claims(500, 500), "short.png", "Upload a JPEG, PNG, WebP, or GIF file"),
        (b"\xff" * (images.MAX_BYTES + 1), "large.jpg", "Upload a smaller copy"),
    ],
)
def test_what_is_not_a_decent_picture_is_refused_with_advice(content, name, advice):
    with pytest.raises(ValidationError, match=advice):
        stored(content, name)
    assert not StoredImage.objects.exists()


def test_a_picture_with_a_program_behind_it_loses_the_program():
    image = stored(pictures.picture() + b"<script>alert(1)</script><?php evil(); ?>")
    assert all(b"script" not in bytes(file.content) for file in image.files.all())


@pytest.mark.once
@pytest.mark.parametrize(
    ("alt", "is_decorative", "is_good"),
    [("x", False, True), ("", True, True), ("x", True, False)],
)
def test_a_picture_says_what_it_shows_or_that_it_is_decoration(alt, is_decorative, is_good):
    picture = Picture(parent=make_page(), image=stored().digest, alt=alt, is_decorative=is_decorative)
    if is_good:
        picture.full_clean()
        return
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        picture.full_clean()


def test_an_old_version_keeps_its_picture_and_brings_it_back():
    page = page_with_picture()
    version = publishing.record(page)
    first = version.snapshot["blocks"][0]["image"]
    Picture.objects.update(image=stored(pictures.picture(color="red")).digest)
    publishing.record(page)
    publishing.restore(version)
    assert Picture.objects.get().image == first
    assert images.file(first, 960)


def test_a_page_with_pictures_needs_no_query_for_them(client, django_assert_max_num_queries):
    page = page_with_picture()
    for number in range(4):
        Picture.objects.create(parent=page, image=stored().digest, alt="x", ordering=number)
    publish_page(page)
    client.get(page.path)
    with django_assert_max_num_queries(9):
        client.get(page.path)


def test_of_a_gif_the_first_frame_is_taken():
    frames = [Image.new("RGB", (600, 300), color) for color in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    digest = stored(file.getvalue(), "a.gif").digest
    red, _, blue = Image.open(io.BytesIO(images.file(digest, 480))).convert("RGB").getpixel((5, 5))
    assert red > 200 and blue < 60


@pytest.mark.once
def test_a_photo_of_more_than_30_million_pixels_is_made_smaller():
    huge = pictures.picture((8000, 6000))
    assert (stored(huge).width, stored(huge).height) == (1440, 1080)


@pytest.mark.once
@pytest.mark.parametrize("size", [(8000, 8000), (1, 21_000)])
def test_a_jpeg_that_would_fill_the_memory_is_refused(size):
    with pytest.raises(ValidationError, match="Save it as JPEG, which may be larger"):
        stored(pictures.picture(size, mode="L", color=9, progressive=True))


def test_photos_of_iphones_are_taken_where_their_library_is_there(monkeypatch):
    """Whether a HEIC file gets as far as the decoder, which the library brings."""
    monkeypatch.setattr(images, "HEIF", ("HEIF",))
    with pytest.raises(ValidationError, match="cannot be read as a picture"):
        stored(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1.HEIC")


@pytest.mark.once
@pytest.mark.parametrize(
    ("shape", "focus", "corner"),
    [("square", (0, 50), "red"), ("square", (100, 50), "blue"), ("tall", (100, 0), "blue")],
)
def test_a_crop_keeps_the_point_that_matters(shape, focus, corner):
    picture = Image.new("RGB", (1400, 700), "red")
    picture.paste("blue", (700, 0, 1400, 700))
    file = io.BytesIO()
    picture.save(file, "PNG")
    digest = stored(file.getvalue(), "a.png").digest
    part = images.crop(digest, Picture.RATIOS[shape], focus)
    assert part.width == round(700 * Picture.RATIOS[shape]) and part.height == 700
    assert part.cropped_from_id == digest
    shown = Image.open(io.BytesIO(images.file(part.pk, 960))).convert("RGB").getpixel((20, 350))
    assert (shown[0] > 200) == (corner == "red")
