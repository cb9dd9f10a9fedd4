"""Groups Intake and Owner with their permissions; each permission is made here, before Django's own signal."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

READS_AND_ANSWERS = [
    "view_submission",
    "change_submission",
    "view_suspectedspam",
    "change_suspectedspam",
    "view_notification",
    "change_notification",
    "view_noticepreference",
    "add_noticepreference",
    "change_noticepreference",
]
DECIDES = ["delete_submission", "delete_suspectedspam", "view_intakesettings", "change_intakesettings", "add_intakesettings"]
ROLES = {"Intake": READS_AND_ANSWERS, "Owner": READS_AND_ANSWERS + DECIDES}


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    create_permissions(installed_apps.get_app_config("intake"), verbosity=0, using=alias, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions.filter(content_type__app_label="intake", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]
