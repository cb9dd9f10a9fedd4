"""Publishers and owners may delete shared facts that nothing rests on."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

UNUSED_FACTS = ["delete_source", "delete_helpline", "delete_reviewer"]
ROLES = {"Publisher": UNUSED_FACTS, "Owner": UNUSED_FACTS}


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
    dependencies = [("content", "0005_sign_off_role_and_export")]
    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
