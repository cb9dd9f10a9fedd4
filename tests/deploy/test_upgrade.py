"""docs/deploy/upgrade: what could not be prepared never lies where a new process would load it."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
SCRIPT = settings.BASE_DIR / "docs" / "deploy" / "upgrade"
PLAIN = {"PATH": os.environ["PATH"]}
# What stands in for the machine, and for the site: prepare fails where the code says so.
COMMANDS = {
    "runuser": 'shift 3; exec "$@"',
    "as-vtc": 'cd "${CALLED%/called}/site"; exec "$@"',
    "systemctl": """
[ "$1" != show ] || exec echo "@${BEGAN:-9999999999}"
echo "$@" >>"$CALLED"
[ ! -e "$CALLED.no-$1" ]""",
}
SITE = {
    ".gitignore": ".venv\n",
    ".ci/set-up-environment": "#!/bin/sh\ncp code .venv/packages\n",
    ".ci/prepare": '#!/bin/sh\ntouch var/prepared\n! grep broken code || { echo "no good" >&2; exit 1; }\n',
    "code": "first\n",
}
# Its code may have a migration that stops what serves, and the tables of what serves may be gone.
PYTHON = """#!/bin/sh
case "$*" in
*--look) ! grep stopping code || exit 3 ;;
*tables.problem*) [ ! -e var/misfit ] ;;
esac
"""


class Machine:
    """A checkout that serves, the repository that it came from, and what the script called."""

    def __init__(self, folder):
        self.folder, self.site, self.origin = folder, folder / "site", folder / "origin"
        self.called = folder / "called"
        self._write(folder / "bin", {name: f"#!/bin/sh\n{text}\n" for name, text in COMMANDS.items()})
        self._write(self.origin, SITE)
        self.git(self.origin, "init", "--quiet", "--initial-branch=main")
        self.release("first")
        self.git(folder, "clone", "--quiet", str(self.origin), str(self.site))
        self._write(self.site, {".venv/packages": "first\n", ".venv/bin/python": PYTHON, "var/kept": ""})

    @staticmethod
    def _write(folder, files):
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            file.chmod(0o755)

    def git(self, folder, *words):
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "safe.directory=*"]
        done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def release(self, code):
        """A new commit in the repository; return it."""
        (self.origin / "code").write_text(f"{code}\n")
        self.git(self.origin, "add", ".")
        self.git(self.origin, "commit", "--quiet", "--message", code)
        return self.git(self.origin, "rev-parse", "HEAD")

    def release_with_migration(self, code):
        migration = self.origin / "intake/migrations/0002_x.py"
        migration.parent.mkdir(parents=True, exist_ok=True)
        migration.touch()
        return self.release(code)

    def upgrade(self, *words, **more):
        script = self.folder / "upgrade"
        text = SCRIPT.read_text().replace("/srv/vtc", str(self.folder))
        script.write_text(text.replace("/etc/vtc.env", str(self.folder / "called")))  # any file of now
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        environment = os.environ | {"PATH": path, "CALLED": str(self.called)} | more
        done = subprocess.run(["sh", script, *words], env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def has(self):
        """What a process that is replaced now would load, and whether the folder beside is gone."""
        assert not (self.folder / "next").exists() and (self.site / "var" / "kept").exists()
        return (self.site / "code").read_text().strip(), (self.site / ".venv/packages").read_text().strip()

    def calls(self):
        return self.called.read_text().splitlines() if self.called.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_an_upgrade_is_prepared_beside_the_site_then_put_in_place(machine):
    machine.release("second")
    status, words = machine.upgrade()
    assert (status, machine.has()) == (0, ("second", "second")), words
    assert machine.calls() == ["start vtc-backup", "reload-or-restart vtc"]
    assert (machine.site / "var" / "prepared").exists()


def test_what_cannot_be_prepared_leaves_the_site_as_it_was(machine):
    machine.release("broken")
    status, words = machine.upgrade()
    assert status == 1 and "no good" in words and "it serves on" in words
    assert machine.has() == ("first", "first") and machine.calls() == ["start vtc-backup"]
    machine.release("third")
    assert machine.upgrade()[0] == 0 and machine.has() == ("third", "third")


def test_the_way_back_is_named_and_leads_back_and_forth(machine):
    machine.release("second")
    before = machine.git(machine.site, "rev-parse", "HEAD")
    assert f"docs/deploy/upgrade {before}" in machine.upgrade()[1]
    assert machine.upgrade(before)[0] == 0 and machine.has() == ("first", "first")
    assert machine.upgrade()[0] == 0 and machine.has() == ("second", "second")


def test_without_a_backup_nothing_begins(machine):
    machine.release("second")
    (machine.folder / "called.no-start").touch()
    status, words = machine.upgrade()
    assert status == 1 and "nothing was begun: journalctl" in words and machine.has() == ("first", "first")
    assert machine.upgrade(BACKUP="no")[0] == 0 and machine.has() == ("second", "second")


def test_a_site_that_does_not_take_it_over_is_told_with_the_way_back(machine):
    machine.release("second")
    (machine.folder / "called.no-reload-or-restart").touch()
    status, words = machine.upgrade()
    assert status == 1 and "did not take it over: journalctl" in words and "The way back: " in words


def test_a_repository_that_does_not_answer_is_told(machine):
    machine.origin.rename(machine.folder / "elsewhere")
    status, words = machine.upgrade()
    assert status == 1 and "so nothing was begun" in words and machine.calls() == []


def test_settings_that_were_changed_since_the_start_are_taken_by_a_restart(machine):
    """A reload would give new code the old settings, and none of its processes might start."""
    machine.release("second")
    assert machine.upgrade(BEGAN="0")[0] == 0
    assert machine.calls() == ["start vtc-backup", "restart vtc"]


def test_migrations_that_stop_what_serves_want_a_word_before_anything_and_a_restart(machine):
    commit = machine.release_with_migration("stopping")
    status, words = machine.upgrade()
    assert status == 1 and machine.has() == ("first", "first") and machine.calls() == []
    assert f"Nothing was begun. In a quiet hour, the way on: REFUSING=yes {machine.site}/docs" in words
    status, words = machine.upgrade(commit, REFUSING="yes")
    assert status == 0 and "no old process is left" in words and machine.has()[0] == "stopping"
    assert machine.calls() == ["start vtc-backup", "restart vtc"]


def test_the_way_back_restarts_once_the_tables_of_what_serves_were_undone(machine):
    first = machine.git(machine.site, "rev-parse", "HEAD")
    machine.release_with_migration("second")
    assert machine.upgrade()[0] == 0 and machine.upgrade(first, BACKUP="no")[0] == 0
    assert machine.upgrade("origin/main")[0] == 0
    (machine.site / "var" / "misfit").touch()
    assert machine.upgrade(first, BACKUP="no")[0] == 0
    reload = "reload-or-restart vtc"
    assert machine.calls() == ["start vtc-backup", reload, reload, "start vtc-backup", reload, "restart vtc"]


def test_a_way_back_that_the_tables_bar_names_the_code_that_undoes_them(machine):
    first = machine.release("broken")
    machine.release_with_migration("second")
    assert machine.upgrade()[0] == 0
    status, words = machine.upgrade(first)
    assert status == 1 and "nothing was changed: it serves on" in words and machine.has()[0] == "second"
    assert "lacks migrations of the site: intake/migrations/0002_x.py" in words
    assert f"BACKUP=no {machine.site}/docs/deploy/upgrade {first}" in words
    assert "IrreversibleError? Then one of them cannot" in words


def test_with_migrations_it_promises_neither_a_way_back_nor_that_nothing_changed(machine):
    machine.release_with_migration("broken")
    status, words = machine.upgrade()
    assert status == 1 and "refuses messages" in words and "nothing was changed" not in words
    assert (machine.folder / "next" / "intake/migrations/0002_x.py").exists()  # to undo it with
    machine.release("second")
    status, words = machine.upgrade()
    assert status == 0 and "see CHANGELOG.md" in words and "docs/deploy/upgrade" not in words
    assert machine.has() == ("second", "second")


@pytest.mark.parametrize(
    ("words", "told"), [((), "has already"), (("v9.9.9",), "There is no such commit. Name one")]
)
def test_what_is_not_to_be_done_is_told_before_anything(machine, words, told):
    status, said = machine.upgrade(*words)
    assert status == 1 and told in said and machine.calls() == []


def test_files_that_somebody_changed_are_not_lost(machine):
    machine.release("second")
    (machine.site / "code").write_text("changed by hand\n")
    status, words = machine.upgrade()
    assert status == 1 and "were changed" in words and machine.has()[0] == "changed by hand"


def prepare_a_copy(tmp_path, changed):
    """Run .ci/prepare in a copy of this checkout, in which the files `changed` end with these lines too."""
    for name in ("vtc_site", "content", "intake", ".ci"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    for name in ("pyproject.toml", "requirements.txt", "templates", "static", ".venv"):
        (tmp_path / name).symlink_to(settings.BASE_DIR / name)
    for name, text in changed.items():
        with (tmp_path / name).open("a") as code:
            code.write(text)
    database = f"sqlite:///{tmp_path}/var/db.sqlite3"
    command = [".ci/with-production-settings", "env", f"DATABASE_URL={database}", ".ci/prepare"]
    return subprocess.run(command, cwd=tmp_path, env=PLAIN, capture_output=True, text=True)


def test_code_that_cannot_be_loaded_changes_no_table(tmp_path):
    done = prepare_a_copy(tmp_path, {"intake/receiving/views.py": "\ndef half(\n"})
    assert done.returncode != 0 and "SyntaxError" in done.stderr
    assert not list((tmp_path / "var").glob("db.sqlite3*"))


MIGRATION = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("intake", {before!r})]
    operations = [migrations.RunPython(lambda apps, editor: {does})]
"""


def test_a_migration_that_fails_is_named_with_those_that_stay(tmp_path):
    files = {
        "intake/migrations/0002_good.py": MIGRATION.format(before="0001_initial", does="None"),
        "intake/migrations/0003_bad.py": MIGRATION.format(before="0002_good", does="1 / 0"),
    }
    done = prepare_a_copy(tmp_path, files)
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert "The migration intake.0003_bad failed: ZeroDivisionError." in done.stderr
    assert "intake.0002_good. Processes of the release before may refuse" in done.stderr
