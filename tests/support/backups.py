"""A filled database, and the commands backup and restore. For the tests in tests/vtc_site/backups/."""

from io import StringIO

from django.apps import apps
from django.core.management import call_command

from intake.models import IntakeSettings
from tests.support.messages import stored_message
from tests.support.staff import make_staff
from vtc_site.backups.file_format import LEFT_OUT

CANARY = "canary words"
# A backup is recorded after it was written, and a restored one anew.
NOT_COMPARED = (*LEFT_OUT, "vtc_site.BackupRecord")


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def everything():
    """Return all rows of all tables, with the texts decrypted."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in NOT_COMPARED
    }


def wipe():
    call_command("flush", interactive=False, verbosity=0)


def filled_database():
    make_staff()
    IntakeSettings.objects.create(reply_time="By noon.")
    for number in range(30):
        stored_message(message=f"{CANARY} {number}", name="José 🙂")
