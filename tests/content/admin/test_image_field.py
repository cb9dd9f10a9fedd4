"""A picture on the edit screen: chosen once, kept through mistakes, refused with advice."""

import pytest

from content import images
from content.models import Picture, StoredImage
from tests.support import images as pictures
from tests.support.edit_form import add_block, change_url, fields_of
from tests.support.pages import make_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Editor"))
    return client


@pytest.fixture
def draft():
    page = make_page()
    stored = images.store(pictures.upload(pictures.picture()))
    Picture.objects.create(parent=page, image=stored.digest, alt="A quiet beach", ordering=10)
    return page


def send(client, page, **changed):
    fields = fields_of(client.get(change_url(page))) | changed
    return client.post(change_url(page), fields | {"_continue": "1"})


def field(client, page, ending):
    return next(
        name for name in fields_of(client.get(change_url(page))) if name.endswith(ending) and "-0-" in name
    )


def test_the_picture_stays_when_no_other_is_chosen(editor, draft):
    before = Picture.objects.get().image
    html = editor.get(change_url(draft)).content.decode()
    assert images.address(before, 480) in html
    assert 'enctype="multipart/form-data"' in html
    assert send(editor, draft).status_code == 302
    assert Picture.objects.get().image == before


def test_another_picture_takes_its_place(editor, draft):
    name = field(editor, draft, "-image-kept").removesuffix("-kept")
    answer = send(editor, draft, **{name: pictures.upload(pictures.picture((700, 700), "PNG"), "new.png")})
    assert answer.status_code == 302
    assert (Picture.objects.get().width, Picture.objects.get().height) == (700, 700)
    assert draft.versions.order_by("-number").first().snapshot["blocks"][0]["width"] == 700


def test_a_hostile_file_is_refused_with_advice_and_the_old_picture_stays(editor, draft):
    name = field(editor, draft, "-image-kept").removesuffix("-kept")
    answer = send(editor, draft, **{name: pictures.upload(b"<svg onload=alert(1)>", "logo.png")})
    assert answer.status_code == 200
    assert "Save the picture as PNG and upload that." in answer.content.decode()
    assert StoredImage.objects.count() == 1


def test_a_good_upload_need_not_be_chosen_again_after_a_mistake_elsewhere(editor, draft):
    name = field(editor, draft, "-image-kept").removesuffix("-kept")
    alt = field(editor, draft, "-alt")
    upload = pictures.upload(pictures.picture((700, 700), "PNG"), "new.png")
    decoration = alt.removesuffix("alt") + "is_decorative"
    answer = send(editor, draft, **{name: upload, alt: "A door", decoration: "on"})
    html = answer.content.decode()
    assert "Say what the picture shows" in html
    newest = StoredImage.objects.order_by("-uploaded_at").first().pk
    assert f'name="{name}-kept" value="{newest}"' in html


@pytest.mark.parametrize("digest", ["0" * 32, "x' onerror='alert(1)", "../../etc/passwd"])
def test_a_picture_that_is_not_stored_is_refused(editor, draft, digest):
    answer = send(editor, draft, **{field(editor, draft, "-image-kept"): digest})
    assert answer.status_code == 200
    assert "Choose its file again." in answer.content.decode()


def test_a_new_picture_is_added(editor):
    page = make_page()
    fields = fields_of(editor.get(change_url(page)))
    prefix = next(name.removesuffix("-TOTAL_FORMS") for name in fields if name.startswith("picture"))
    add_block(fields, prefix, alt="Hills", image=pictures.upload(pictures.picture()), caption="")
    assert editor.post(change_url(page), fields | {"_continue": "1"}).status_code == 302
    assert Picture.objects.get().alt == "Hills"


def test_a_shape_makes_what_visitors_see_and_keeps_the_whole(editor, draft):
    whole, names = (
        Picture.objects.get().image,
        [field(editor, draft, f"-{name}") for name in ("crop", "focus_x")],
    )
    assert send(editor, draft, **dict(zip(names, ("square", "0"), strict=True))).status_code == 302
    picture = Picture.objects.get()
    assert (picture.image, picture.width, picture.height) == (whole, 720, 720)
    block = draft.versions.order_by("-number").first().snapshot["blocks"][0]
    assert images.for_template(block["cropped"], block["width"])["url"]
    assert send(editor, draft, **{names[0]: ""}).status_code == 302
    assert (Picture.objects.get().cropped, Picture.objects.get().width) == ("", 1440)


def test_pictures_uploaded_before_are_offered_but_no_parts_of_them(editor, draft):
    whole = Picture.objects.get().image
    images.crop(whole, 1, (50, 50))
    answer = editor.get("/admin/content/page/pictures/").json()["choices"]
    assert [choice["digest"] for choice in answer] == [whole]
    assert answer[0]["about"] == f"1440 × 720 pixels, {draft}"
    assert answer[0]["address"] in editor.get(change_url(draft)).content.decode()
