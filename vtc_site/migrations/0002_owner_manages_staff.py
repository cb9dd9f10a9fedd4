"""Let owners manage staff accounts. Nobody may edit groups, and nobody deletes an account: it is switched off."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

CODENAMES = ["view_user", "add_user", "change_user"]


def let_owners_manage_staff(apps, schema_editor):
    """Permissions are made after all migrations; make those of auth now, so that they can be given."""
    alias = schema_editor.connection.alias
    create_permissions(installed_apps.get_app_config("auth"), verbosity=0, using=alias, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    owner, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name="Owner")
    owner.permissions.add(*permissions.filter(content_type__app_label="auth", codename__in=CODENAMES))


class Migration(migrations.Migration):
    dependencies = [
        ("vtc_site", "0001_sign_in_state"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(let_owners_manage_staff, migrations.RunPython.noop)]
