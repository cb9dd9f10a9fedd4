"""A number longer than any of ours, in an address or a form of the editors: an answer, never an error."""

import pytest

from content import publishing
from tests.support.edit_form import change_url, fields_of, newest, save
from tests.support.pages import add_text, make_page

pytestmark = pytest.mark.django_db
LONG = "9" * 5000  # more digits than Python reads


@pytest.fixture
def page():
    page = make_page()
    add_text(page)
    publishing.record(page)
    return page


@pytest.mark.parametrize("rest", ["preview/", "preview/page/", "publish/"])
def test_a_version_of_that_number_is_not_found(admin_client, page, rest):
    address = f"{change_url(page).removesuffix('change/')}{rest}?version="
    assert admin_client.get(f"{address}1").status_code == 200
    assert admin_client.get(f"{address}{LONG}").status_code == 404


def test_the_history_of_a_page_of_that_number_is_not_found(admin_client):
    assert admin_client.get(f"/admin/content/page/{LONG}/history/").status_code == 404


@pytest.fixture
def fields(admin_client, page):
    return fields_of(admin_client.get(change_url(page)))


def test_a_save_over_a_version_of_that_number_is_like_any_other(admin_client, page, fields):
    assert save(admin_client, page, fields, button="_save_mine", value=LONG).status_code == 302


@pytest.mark.once  # the forms are counted and made in Python
@pytest.mark.parametrize("count", [LONG, pytest.param("9" * 18, marks=pytest.mark.drill)])
def test_a_form_that_claims_so_many_blocks_is_answered(admin_client, page, fields, count):
    claims = {"text_blocks-TOTAL_FORMS": count, "text_blocks-INITIAL_FORMS": count}
    assert save(admin_client, page, fields | claims).status_code in (200, 302)
    assert newest(page).snapshot["blocks"]
