"""The short form of the drill in tests/drills/fuzz.py."""

import logging

import pytest
from django.db import connection

from tests.drills import fuzz

REQUESTS = 500


@pytest.fixture
def quick_commits(transactional_db):
    """This test asks what is stored, not whether it survives a power cut: do not wait for the disk."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        yield
        cursor.execute("PRAGMA synchronous = FULL")


def test_hostile_requests_break_nothing_and_messages_among_them_are_stored(quick_commits):
    logging.disable(logging.CRITICAL)
    try:
        report = fuzz.run(REQUESTS, seed=20270101)
    finally:
        logging.disable(logging.NOTSET)
    assert report.failures == []
    assert report.stored >= REQUESTS / 5, str(report)
