"""Pages from memory follow what was committed, and nothing else, on either database."""

import pytest
from django.db import transaction

from content.caching import public_state, site_facts
from content.models import Clinic, PublicChange, Version
from tests.support.kept_pages import change_text
from tests.support.wsgi import ask

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_is_never_old_after_a_save_in_another_process(cache, article):
    """Another process shares only the database and the stamp file: here a second cache of the same host."""
    for number in range(5):
        ask(cache, article.path)
        change_text(article, f"Words number {number}.")
        assert f"Words number {number}." in ask(cache, article.path).text


def test_a_change_that_is_rolled_back_shows_nothing(cache, django, article):
    ask(cache, article.path)
    with pytest.raises(RuntimeError), transaction.atomic():
        change_text(article, "Never said.")
        raise RuntimeError
    assert "First words." in ask(cache, article.path).text


def test_the_save_touches_the_stamp_only_after_its_commit(article):
    before = public_state.stamp_file.read()
    with transaction.atomic():
        Clinic.objects.create(phone="714-555-0100")
        assert public_state.stamp_file.read() == before
    assert public_state.stamp_file.read() != before


def test_facts_in_a_transaction_are_read_anew(article):
    site_facts.current()
    with transaction.atomic():
        Clinic.objects.create(name="A new name")
        assert site_facts.current().clinic.name == "A new name"


def test_old_changes_are_forgotten(article, monkeypatch):
    monkeypatch.setattr("content.models.public_changes.KEPT", 5)
    for _ in range(20):
        public_state.touch()
    assert PublicChange.objects.count() <= 10
    assert Version.objects.count() == 1
