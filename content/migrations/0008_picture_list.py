"""A list of the pictures; publishers and owners may delete those that no page uses."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOK, DELETE = "view_storedimage", "delete_storedimage"
ROLES = {"Editor": [LOOK], "Reviewer": [LOOK], "Publisher": [LOOK, DELETE], "Owner": [LOOK, DELETE]}


def give_permissions(apps, schema_editor):
    """Permissions are made after all migrations; make those of this app now, so that they can be given."""
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for role, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        permissions = Permission.objects.filter(content_type__app_label="content", codename__in=codenames)
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("content", "0007_license_reminder")]
    operations = [
        migrations.AlterModelOptions(
            name="storedimage",
            options={"ordering": ["-uploaded_at", "digest"], "verbose_name": "picture"},
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
