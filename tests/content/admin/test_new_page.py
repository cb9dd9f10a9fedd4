"""A new page: only its heading is needed, the rest is proposed, and a template says what to write where."""

import pytest

from content import page_checks, starter
from content.admin import proposals
from content.models import Page
from tests.content.page_checks.test_page_checks import make_snapshot
from tests.support.edit_form import add_block, change_url, fields_of, newest, save
from tests.support.pages import make_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADD = "/admin/content/page/add/"


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Editor"))
    return client


def add(editor, **values):
    """Save a new page with these `values` in the form as it opens, and return it."""
    answer = editor.post(ADD, fields_of(editor.get(ADD)) | values | {"_continue": "1"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return Page.objects.latest("pk")


def test_a_heading_is_enough(editor):
    page = add(editor, heading="What is fentanyl, and why is it so strong?")
    assert page.path == "/what-is-fentanyl-and-why-is-it-so-strong/"
    assert page.short_name == "What is fentanyl, and why is it so…"
    assert page.title == page.heading
    assert newest(page).number == 1


def test_a_block_without_its_hours_or_its_picture_is_saved_as_a_draft(editor):
    page = add(editor, heading="How long?")
    fields = fields_of(editor.get(change_url(page)))
    stage = {"heading": "First day", "starts_hour": "", "strength": ""}
    add_block(fields, "timelinestage_blocks", **stage)
    add_block(fields, "picture_blocks", caption="A plan")
    assert save(editor, page, fields).status_code == 302
    found = page_checks.check_version(newest(page))
    lacks = {(each.block, each.field) for each in found if each.rule == "empty-words"}
    assert {(0, "starts_hour"), (0, "strength"), (1, "image")} <= lacks
    assert "First day" in editor.get(f"/admin/content/page/{page.pk}/preview/page/").content.decode()
    assert editor.get(change_url(page)).status_code == 200


def test_without_a_heading_nothing_is_saved(editor):
    answer = editor.post(ADD, fields_of(editor.get(ADD)) | {"_continue": "1"})
    assert "This field is required" in answer.content.decode()
    assert not Page.objects.exists()


def test_an_address_that_is_taken_gets_a_number(editor):
    make_page("/fentanyl/")
    assert add(editor, heading="Fentanyl?").path == "/fentanyl-2/"
    assert add(editor, heading="Contact").path == "/contact-2/"  # another part of the site


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("fentanyl", "/fentanyl/"),
        ("/fentanyl", "/fentanyl/"),
        (" Help someone ", "/help-someone/"),
        ("es/fentanilo/", "/es/fentanilo/"),
        ("/naïve_name//x/", "/naive-name/x/"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_slashes_are_ours_to_add(typed, address):
    assert proposals.AddressField(required=False).clean(typed) == address


def test_an_emptied_address_stays_what_it_was(editor):
    page = make_page("/here/")
    save(editor, page, fields_of(editor.get(change_url(page))) | {"path": "", "title": ""})
    page.refresh_from_db()
    assert (page.path, page.title) == ("/here/", page.heading)


@pytest.mark.parametrize("name", starter.templates())
def test_a_template_says_what_to_write_and_cannot_go_live_like_that(editor, name):
    page = add(editor, heading="Something new", template=name)
    blocks = newest(page).snapshot["blocks"]
    assert len(blocks) == len(starter.templates()[name]["blocks"])
    found = page_checks.check_version(newest(page))
    told = {finding.block for finding in found if finding.rule == "help-words"}
    assert told == set(range(len(blocks)))  # each block has help words, which are an error
    others = {each.rule for each in page_checks.errors(found)} - {"help-words"}
    assert others <= {"missing-title", "link-target"}  # the overdose page is missing here


def test_only_a_new_page_can_start_with_a_template(editor):
    page = make_page()
    assert "template" not in fields_of(editor.get(change_url(page)))
    save(editor, page, fields_of(editor.get(change_url(page))) | {"template": "news"})
    assert newest(page).snapshot["blocks"] == []


@pytest.mark.parametrize(("others", "is_warned"), [(3, False), (4, True)])
def test_the_menu_says_when_it_grows_too_long(others, is_warned):
    paths = {f"/page-{number}/" for number in range(others)} | {"/es/otra/", "/some-page/"}
    around = page_checks.Surroundings(in_menu=frozenset(paths))
    found = [each.rule for each in page_checks.check(make_snapshot(in_menu=True), around)]
    assert ("menu-length" in found) == is_warned
