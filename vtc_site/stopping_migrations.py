"""Names what in a migration stops the release before it, whose processes serve until the new ones take over.

Used by prepare_database, and by the test that holds every release to it.
"""

from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor

LEAVING = (migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel)
WITH_DEFAULT = "give it db_default, or null=True"
TWO_RELEASES = "in two releases: the code stops writing it first (docs/changing-things.md)"


def to_come():
    """Return what stops the release that serves in the migrations that are still to be applied."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    to_do = executor.migration_plan(loader.graph.leaf_nodes())
    if not to_do:
        return []
    applied = loader.applied_migrations.keys() & loader.graph.nodes.keys()
    served = {app for app, _ in applied}  # nobody writes into the tables of an app that is new
    state = loader.project_state(list(applied))
    found = [(migration, each) for migration, _ in to_do for each in problems(migration, state)]
    return [problem for migration, problem in found if migration.app_label in served]


def problems(migration, state):
    """Yield what in `migration`, applied to `state`, would stop the release before it, with the way out."""
    for operation in migration.operations:
        for each in getattr(operation, "database_operations", [operation]):
            if way_out := _way_out(each, state.models, migration.app_label):
                yield f"{migration.app_label}.{migration.name}: {each.describe()}: {way_out}"
        operation.state_forwards(migration.app_label, state)


def _way_out(operation, known, app):
    if isinstance(operation, LEAVING):
        return TWO_RELEASES
    if isinstance(operation, migrations.AddField) and _wants_a_value(operation.field):
        return WITH_DEFAULT
    if isinstance(operation, migrations.AlterField):
        before = known[app, operation.model_name_lower].fields[operation.name]
        return TWO_RELEASES if before.null and not operation.field.null else ""
    return ""


def _wants_a_value(field):
    return not (field.null or field.many_to_many or field.has_db_default())
