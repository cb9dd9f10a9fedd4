"""A comment on a block stays with the block: moved, changed, duplicated, deleted, brought back."""

import pytest

from content import publishing
from content.models import Text
from content.publishing import comments
from tests.support.pages import add_text, make_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def article():
    page = make_page()
    add_text(page, "<p>About doses and times.</p>", heading="Doses")
    add_text(page, "<p>Who can be called at night.</p>", heading="Calls", ordering=20)
    return page


def places(page):
    return [(comment.place, comment.is_gone) for comment in comments.open_on(page)]


def test_a_comment_goes_where_its_block_goes(article):
    ana, first = make_staff(), publishing.record(article)
    comments.add(first, block=1, text="Is this so?", author=ana)
    comments.add(first, block=None, text="Too long", author=ana)
    Text.objects.filter(heading="Calls").update(ordering=5, body="<p>Who can be called by day.</p>")
    publishing.record(article)
    assert places(article) == [("Block 1, text “Calls”", False), ("The page", False)]
    add_text(article, "<p>Who can be called by day.</p>", heading="Calls", ordering=6)
    add_text(article, "<p>New.</p>", heading="New", ordering=1)
    publishing.record(article)
    assert places(article)[0] == ("Block 2, text “Calls”", False)


def test_a_comment_on_an_older_version_is_taken_to_the_newest(article):
    first = publishing.record(article)
    Text.objects.filter(heading="Calls").update(ordering=5)
    publishing.record(article)
    comments.add(first, block=0, text="How many?", author=make_staff())
    assert places(article) == [("Block 2, text “Doses”", False)]


def test_a_comment_on_a_deleted_block_says_so_and_comes_back_with_the_block(article):
    first = publishing.record(article)
    comments.add(first, block=1, text="Is this so?", author=make_staff())
    Text.objects.filter(heading="Calls").delete()
    publishing.record(article)
    assert places(article) == [("Block 2, text “Calls”", True)]
    publishing.restore(first)
    assert places(article) == [("Block 2, text “Calls”", False)]
