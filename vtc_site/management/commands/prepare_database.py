"""Bring the database up to date for this release, or say in one line why that is impossible."""

import sys
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from intake.failures import code_of, is_outage, named
from vtc_site import database_condition, stopping_migrations, tables

NOT_NOW = 75  # of sysexits.h: try again later; .ci/serve then serves what can be served
STOPPING = 3  # of --look, for docs/deploy/upgrade
PAUSE_SECONDS = 5
FAILED = "The migration {name} failed: {error}. The same command with --traceback shows where.{done}"
WANTING = (
    "The release that serves cannot write beside these migrations: from the first of them on its processes"
    " refuse messages, with their text kept, until the new ones have taken over.\n  {problems}"
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
        told = f"change nothing; end with {STOPPING} when a migration stops the release that serves"
        parser.add_argument("--look", action="store_true", help=told)

    def handle(self, *, wait, look, **options):
        try:
            database_condition.look_at_files()
        except database_condition.DatabaseDamagedError as error:
            raise CommandError(str(error)) from None
        if problem := database_condition.outage():
            self.stderr.write(f"The database is down. {problem}")
            if not wait:
                sys.exit(NOT_NOW)
            self._wait()
        is_stopping = self._warn()
        if look:
            sys.exit(STOPPING if is_stopping else 0)
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
        _migrate()
        if problem := tables.problem():
            raise CommandError(problem)
        call_command("load_starter_pages", skip_checks=True)

    def _warn(self):
        """Tell what is to come; return whether there is something to tell."""
        if found := stopping_migrations.to_come():
            self.stderr.write(WANTING.format(problems="\n  ".join(found)))
        return bool(found)


def _migrate():
    to_do = _to_do()
    try:
        call_command("migrate", verbosity=0, skip_checks=True)
    except Exception as error:
        if is_outage(error) or code_of(error) == database_condition.FORBIDDEN or not (left := _to_do()):
            raise  # the database is to blame, which manage.py explains
        done = ", ".join(to_do[: len(to_do) - len(left)])
        told = DONE.format(names=done, name=left[0]) if done else ""
        raise CommandError(FAILED.format(name=left[0], error=named(error), done=told)) from error


def _to_do():
    """Name the migrations that are still to be applied, in their order, such as intake.0002_note."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
