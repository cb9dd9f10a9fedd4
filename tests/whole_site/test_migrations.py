"""Migrations of a release let the processes of the one before write on: they serve until the reload is over.

And longer when a migration after them fails, or on other hosts. The first migration of each app is free.
"""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from vtc_site.stopping_migrations import TWO_RELEASES, WITH_DEFAULT, problems

OURS = ("content", "intake", "vtc_site")


def test_the_release_before_can_write_into_the_tables_of_this_one():
    loader = MigrationLoader(None)
    ours = [each for each in loader.disk_migrations.values() if each.app_label in OURS]
    found = [
        problem
        for each in ours
        if not each.initial
        for problem in problems(each, loader.project_state((each.app_label, each.name), at_end=False))
    ]
    assert not found, "\n".join(found)


def one(operation):
    state = ProjectState()
    fields = {"id": models.AutoField(primary_key=True), "old": models.TextField(null=True)}
    state.add_model(ModelState("intake", "Note", list(fields.items())))
    migration = migrations.Migration("0002_later", "intake")
    migration.operations = [operation]
    return list(problems(migration, state))


TEXT = models.TextField(default="")
REMOVED = migrations.RemoveField("note", "old")


@pytest.mark.parametrize(
    ("operation", "way_out"),
    [
        (migrations.AddField("note", "new", TEXT), WITH_DEFAULT),
        (migrations.AlterField("note", "old", TEXT), TWO_RELEASES),
        (REMOVED, TWO_RELEASES),
        (migrations.RenameField("note", "old", "new"), TWO_RELEASES),
        (migrations.SeparateDatabaseAndState([REMOVED]), TWO_RELEASES),
    ],
)
def test_what_would_stop_it_is_named_with_the_way_out(operation, way_out):
    (found,) = one(operation)
    assert found.startswith("intake.0002_later: ") and found.endswith(way_out)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("note", "new", models.TextField(db_default="")),
        migrations.AddField("note", "new", models.TextField(null=True)),
        migrations.AlterField("note", "old", models.CharField(max_length=9, null=True)),
        migrations.SeparateDatabaseAndState(state_operations=[REMOVED]),
        migrations.CreateModel("Other", [("id", models.AutoField(primary_key=True))]),
    ],
)
def test_what_lets_it_write_is_no_problem(operation):
    assert one(operation) == []
