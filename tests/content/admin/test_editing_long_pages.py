"""A page with hundreds of blocks: it opens, saves, and what is too long for the site is refused in words."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from content import publishing
from content.models import Callout, Question, SignList, Text, TimelineStage
from tests.support.edit_form import change_url, fields_of, make_draft, newest, save
from tests.support.pages import make_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "<p>" + "Rest and drink water in small sips. " * 14 + "</p>"  # 100 words


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Editor"))
    return client


@pytest.fixture
def long_page():
    """A page with 200 blocks of the kinds that pages are made of."""
    page = make_page()
    makers = [
        (Text, {"heading": "A heading", "body": WORDS}),
        (Callout, {"heading": "A box", "body": WORDS}),
        (Question, {"question": "A question?", "answer": WORDS}),
        (SignList, {"heading": "Signs", "signs": "a sign\n" * 10}),
        (
            TimelineStage,
            {"when": "Days", "starts_hour": 1, "ends_hour": 2, "strength": 3, "heading": "A stage"},
        ),
    ]
    for model, values in makers:
        model.objects.bulk_create(model(parent=page, ordering=n, **values) for n in range(40))
    publishing.record(page)
    return page


def test_a_page_of_200_blocks_opens_and_saves(editor, long_page, django_assert_max_num_queries):
    opened = editor.get(change_url(long_page))
    # no template for each of a thousand fields without an error
    drawn = [each.name for each in opened.templates if each.name]
    assert drawn.count("django/forms/errors/list/ul.html") < 100
    fields = fields_of(opened)
    assert len(fields) > 1000  # what Django takes when nobody says otherwise
    with django_assert_max_num_queries(120):  # none for each block
        answer = save(editor, long_page, fields | {"text_blocks-39-heading": "The last"})
    assert answer.status_code == 302
    blocks = newest(long_page).snapshot["blocks"]
    assert (newest(long_page).number, len(blocks)) == (2, 200)
    assert any(block.get("heading") == "The last" for block in blocks)


@pytest.mark.parametrize("enforce_csrf_checks", [False, True])
@pytest.mark.parametrize("excess", ["fields", "bytes"])
def test_more_than_the_site_takes_is_refused_in_words(excess, enforce_csrf_checks):
    client, page = Client(enforce_csrf_checks=enforce_csrf_checks), make_draft()
    client.force_login(make_staff("Editor"))
    client.get(change_url(page))
    too_much = {
        "fields": {f"x-{n}": "" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)},
        "bytes": {"heading": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE},
    }[excess]
    answer = save(client, page, too_much)
    assert answer.status_code == 413
    assert "Nothing of it was saved." in answer.content.decode()
    assert newest(page).number == 1


def test_the_screen_knows_how_much_the_site_takes(editor):
    shown = editor.get(change_url(make_draft())).content.decode()
    assert f'data-most-fields="{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}"' in shown
    assert f'data-most-bytes="{settings.DATA_UPLOAD_MAX_MEMORY_SIZE}"' in shown


def test_other_bad_requests_get_the_usual_answer(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("number", [1001, 20_000])
def test_the_public_form_answers_however_many_fields_come(client, number):
    sent = {"message": "Please call.", "phone": "213 555 0100"} | {f"x-{n}": "" for n in range(number)}
    answer = client.post("/contact/", urlencode(sent), content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (303, 413) and (
        answer.status_code == 303 or b"Please call." in answer.content
    )
