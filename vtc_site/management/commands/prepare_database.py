"""Bring the database up to date for this release, or say in one line why that is impossible."""

import sys
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from intake.failures import code_of, is_outage, named
from vtc_site import database_condition, tables

NOT_NOW = 75  # of sysexits.h: try again later; .ci/serve then serves what can be served
PAUSE_SECONDS = 5
FAILED = "The migration {name} failed: {error}. The same command with --traceback shows where.{done}"
WANTING = (
    "The migration {names} adds a column that wants a value: from now on the processes of the release before"
    " refuse every message, with its text kept, until the new ones have taken over."
)
DONE = (
    " Done before it, and not undone: {names}. Processes of the release before may refuse every message now:"
    " http://127.0.0.1:8000/healthz/ on this machine says so.\n"
    "  1. Repair {name}, and upgrade to that release.\n"
    "  2. Or undo what was done, with the code that has it: `manage.py migrate APP NUMBER`, with the number"
    " of the last one to keep."
)


class Command(BaseCommand):
    help = "Migrate, and load the starting pages into an empty database. Exits with 75 while it is down."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--wait", action="store_true", help="wait until the database answers")

    def handle(self, *, wait, **options):
        try:
            database_condition.look_at_files()
        except database_condition.DatabaseDamagedError as error:
            raise CommandError(str(error)) from None
        if problem := database_condition.outage():
            self.stderr.write(f"The database is down. {problem}")
            if not wait:
                sys.exit(NOT_NOW)
            self._wait()
        self._bring_up_to_date()
        if wait:
            self.stdout.write("The database answers again and is up to date.")

    def _wait(self):
        while database_condition.outage():
            connection.close()
            time.sleep(PAUSE_SECONDS)

    def _bring_up_to_date(self):
        if problem := database_condition.key_problem():
            raise CommandError(
                f"{problem}\n"
                "  1. Does the service’s environment have this database’s keys, newest first?\n"
                "  2. Did a new key replace the old one? Write both: NEW,OLD\n"
                "  3. Is DATABASE_URL the right database?\n"
                "  4. Is the key lost for good? `manage.py rotate_encryption_keys` says what to do."
            )
        self._warn()
        _migrate()
        if problem := tables.problem():
            raise CommandError(problem)
        call_command("load_starter_pages", skip_checks=True)

    def _warn(self):
        if not MigrationRecorder(connection).applied_migrations():
            return  # nobody writes yet
        if names := ", ".join(str(each) for each in _to_do() if _wants_a_value(each)):
            self.stderr.write(WANTING.format(names=names))


def _wants_a_value(migration):
    """Whether rows of a release that does not know this migration are refused after it."""
    added = [each.field for each in migration.operations if isinstance(each, migrations.AddField)]
    return any(not (field.null or field.many_to_many or field.has_db_default()) for field in added)


def _migrate():
    to_do = [str(migration) for migration in _to_do()]
    try:
        call_command("migrate", verbosity=0, skip_checks=True)
    except Exception as error:
        if is_outage(error) or code_of(error) == database_condition.FORBIDDEN or not (left := _to_do()):
            raise  # the database is to blame, which manage.py explains
        done = ", ".join(to_do[: len(to_do) - len(left)])
        told = DONE.format(names=done, name=str(left[0])) if done else ""
        raise CommandError(FAILED.format(name=str(left[0]), error=named(error), done=told)) from error


def _to_do():
    """Return the migrations that are still to be applied, in their order; as text intake.0002_note."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
