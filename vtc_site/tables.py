"""Whether the database has the tables of this release.

Used by prepare_database, doctor, backups, and database_condition, when a command failed.
"""

from django.apps import apps
from django.db import connection

WAY_OUT = (
    "They were made by another commit; before 1.0.0 no migration carries them over.\n"
    "  1. Is nothing in it needed? Begin anew with an empty database (a trial: stop it, delete var/).\n"
    "  2. Otherwise check out the commit that made it: the site runs with it, and its backups are restored.\n"
    "  3. Is DATABASE_URL the right database?"
)


def models():
    """Return every model with a table of its own."""
    every_model = apps.get_models(include_auto_created=True)
    return [model for model in every_model if model._meta.managed and not model._meta.proxy]


def problem():
    """Name the first table that this release cannot read or fill; empty when all fit.

    Looks at the tables themselves: a migration that was edited counts as applied. What a later release added
    is no misfit as long as rows can be written without it: the way back stays open.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in models():
            if misfit := _misfit(cursor, model, tables):
                return f"The tables of this database are not those of this release: {misfit}. {WAY_OUT}"
    return ""


def _misfit(cursor, model, tables):
    table = model._meta.db_table
    if table not in tables:
        return f"{table} is missing"
    needed = [field.column for field in model._meta.local_concrete_fields]
    there = {column.name: column for column in connection.introspection.get_table_description(cursor, table)}
    if missing := [name for name in needed if name not in there]:
        return f"{table} has no column {missing[0]}"
    unknown = [column for name, column in there.items() if name not in needed]
    if demanding := [each.name for each in unknown if not each.null_ok and each.default is None]:
        return f"{table} wants a value for {demanding[0]}, which this release does not know"
    return ""
