"""The page cache in front of a Django that counts, and a page to ask for."""

import pytest

from tests.support.kept_pages import Counted
from tests.support.pages import add_text, make_page, publish_page
from vtc_site.page_cache import PageCache


@pytest.fixture
def django():
    return Counted()


@pytest.fixture
def cache(django):
    return PageCache(django)


@pytest.fixture
def article():
    article = make_page()
    add_text(article, "<p>First words. {message-retention}</p>")
    publish_page(article)
    return article
