"""The rows of a new site, copied: to load the pages takes a second, and a hundred tests begin with them."""

from unittest.mock import patch

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from content import starter
from content.publishing import guards


def loaded_rows():
    """Load the starting pages, return all rows that came of it by model, and take them back again.

    The checks of the pages, more than half of the work, are left to the tests of the pages.
    """
    with transaction.atomic(), patch.object(guards, "refuse_errors"):
        starter.load()
        rows = {model: list(model._base_manager.all()) for model in _models()}
        transaction.set_rollback(True)
    return rows


@transaction.atomic
def copy(rows):
    """Put `rows` of loaded_rows() into the database of this test, which has no pages."""
    for model, kept in rows.items():
        model._base_manager.bulk_create(kept)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)


def _models():
    """Return every model of content that has a table."""
    models = apps.get_app_config("content").get_models(include_auto_created=True)
    return [model for model in models if not model._meta.proxy]
