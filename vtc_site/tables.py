"""Whether the database has the tables of this release.

Used by prepare_database, doctor, backups, and database_condition, when a command failed.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

WAY_OUT = (
    "They were made by another commit; before 1.0.0 no migration carries them over.\n"
    "  1. Is nothing in it needed? Begin anew with an empty database (a trial: stop it, delete var/).\n"
    "  2. Otherwise check out the commit that made it: the site runs with it, and its backups are restored.\n"
    "  3. Is DATABASE_URL the right database?"
)
NOT_APPLIED = (
    "Migrations of this release are not applied{names}, or were undone.\n"
    "  1. `manage.py migrate` applies them: what they need is then there, empty.\n"
    "  2. Were they undone for the way back to an earlier release? Go on to it: BACKUP=no docs/deploy/upgrade"
    " COMMIT."
)
WANTS = "wants a value for"
NEWER = (
    "Migrations of a newer release were applied{names}; this one cannot write beside them.\n"
    "  1. Did an upgrade fail halfway? Finish it: docs/deploy/upgrade to a release in which it is repaired.\n"
    "  2. Or undo them, {where}, with the number of the last one to keep. What they added is lost.\n"
    "  3. Is DATABASE_URL the right database?"
)
BY_HAND = (
    "No migration of another release is noted here: it was made by hand, or by a changed migration.\n"
    "  1. Whoever made it gives it a default, or makes it NULL: then messages are stored at once.\n"
    "  2. Is DATABASE_URL the right database?"
)
NEXT = settings.BASE_DIR.with_name("next")  # docs/deploy/upgrade leaves it after a migration that failed


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
                return (
                    f"The tables of this database are not those of this release: {misfit}. {_way_out(misfit)}"
                )
    return ""


def _way_out(misfit):
    loader = MigrationLoader(connection)
    applied, known = (migrations.keys() for migrations in (loader.applied_migrations, loader.disk_migrations))
    if WANTS in misfit:
        newer = _named(each for each in applied - known if each[0] in loader.migrated_apps)
        return NEWER.format(names=newer, where=_where_to_undo()) if newer else BY_HAND
    if applied and (to_do := _named(known - applied)):
        return NOT_APPLIED.format(names=to_do)
    return WAY_OUT


def _where_to_undo():
    command = ".venv/bin/python manage.py migrate APP NUMBER"
    if (NEXT / "manage.py").exists():
        return f"with the code that upgrade left: as-vtc sh -c 'cd {NEXT} && {command}'"
    return f"in a checkout of the code that has them: as-vtc sh -c 'cd CHECKOUT && {command}'"


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
        return f"{table} {WANTS} {demanding[0]}, which this release does not know"
    return ""


def _named(migrations):
    """Name migrations for a sentence, such as “: intake.0002_note”; empty without any."""
    names = sorted(".".join(each) for each in migrations)
    return f": {', '.join(names)}" if names else ""
