"""The list of pictures: where each is used, and that only those go which no page, old or new, shows."""

import pytest
from django.urls import reverse

from content import images, publishing
from content.models import AuditEntry, Picture, StoredImage
from tests.support import images as pictures
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
LIST = "/admin/content/storedimage/"


@pytest.fixture
def publisher(client):
    client.force_login(make_staff("Publisher"))
    return client


def stored(color="red"):
    return images.store(pictures.upload(pictures.picture((20, 10), color=color)))


def on_a_page(picture, path="/some-page/"):
    page = make_page(path, short_name=path)
    Picture.objects.create(parent=page, image=picture.pk, alt="A beach")
    return page


def listed(client, query=""):
    return [picture.pk for picture in client.get(LIST + query).context["cl"].result_list]


def delete(client, *wanted):
    data = {
        "action": "delete_selected",
        "_selected_action": [picture.pk for picture in wanted],
        "post": "yes",
    }
    return client.post(LIST, data, follow=True)


def test_the_list_tells_the_pages_and_the_filter_finds_what_nobody_uses(publisher):
    used, unused = stored("red"), stored("blue")
    on_a_page(used)
    html = publisher.get(LIST).content.decode()
    assert f'src="{images.address(used.pk, 480)}"' in html
    assert ">/some-page/</a>" in html
    assert html.count("Not used anywhere") == 2  # the row and the filter
    assert listed(publisher, "?used=no") == [unused.pk]
    assert listed(publisher, "?used=yes") == [used.pk]


def test_what_nobody_uses_is_deleted_with_its_files_and_the_trail_says_so(publisher):
    unused = stored()
    assert "Successfully deleted 1 picture" in delete(publisher, unused).content.decode()
    assert not StoredImage.objects.exists()
    assert publisher.get(images.address(unused.pk, 480)).status_code == 404
    assert AuditEntry.objects.get(action="fact-changed").detail == "deleted"


def use_in_a_draft(picture):
    on_a_page(picture)


def use_live(picture):
    publish_page(on_a_page(picture))
    Picture.objects.all().delete()


def use_in_an_old_version(picture):
    page = on_a_page(picture)
    publishing.record(page)
    Picture.objects.all().delete()
    publishing.record(page)


@pytest.mark.once
@pytest.mark.parametrize("use", [use_in_a_draft, use_live, use_in_an_old_version])
def test_what_a_page_uses_is_not_deleted_neither_alone_nor_among_others(publisher, use):
    used, unused = stored("red"), stored("blue")
    use(used)
    assert "used by /some-page/" in delete(publisher, used, unused).content.decode()
    address = reverse("admin:content_storedimage_delete", args=[used.pk])
    assert publisher.post(address, {"post": "yes"}).status_code == 403
    assert StoredImage.objects.count() == 2


@pytest.mark.once
@pytest.mark.parametrize("role", ["Editor", "Reviewer", "Publisher"])
def test_only_publishers_are_offered_to_delete(client, role):
    client.force_login(make_staff(role))
    unused = stored()
    answer = client.get(reverse("admin:content_storedimage_change", args=[unused.pk]))
    assert answer.status_code == 200
    delete(client, unused)
    assert StoredImage.objects.exists() is (role != "Publisher")


def test_queries_do_not_grow_with_pictures_and_pages(publisher, django_assert_max_num_queries):
    on_a_page(stored())
    publisher.get(LIST)
    with django_assert_max_num_queries(20) as first:
        publisher.get(f"{LIST}?used=yes")
    for number in range(5):
        publish_page(on_a_page(stored((number, 0, 0)), f"/page-{number}/"))
    with django_assert_max_num_queries(20) as second:
        publisher.get(f"{LIST}?used=yes")
    assert len(first) == len(second)
