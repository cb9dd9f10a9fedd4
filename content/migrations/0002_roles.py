"""Give the roles their permissions on pages and shared facts."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

BLOCKS = (
    "text callout signlist timelinestage steps keyfigure question card helplinelist picture".split()
)
EDIT_BLOCKS = [f"{verb}_{block}" for block in BLOCKS for verb in ("view", "add", "change", "delete")]
SHOWN = ("page", "version", "helpline", "clinic", "reviewer", "source", "auditentry", "previewlink")
VIEW = [f"view_{model}" for model in SHOWN]

EDITOR = [*VIEW, *EDIT_BLOCKS, "add_page", "change_page", "add_source", "change_source", "add_previewlink"]
PUBLISHER = [
    *EDITOR,
    "publish_page",
    "delete_page",
    "sign_off_page",
    "add_helpline",
    "change_helpline",
    "add_clinic",
    "change_clinic",
    "add_reviewer",
    "change_reviewer",
]
ROLES = {"Editor": EDITOR, "Publisher": PUBLISHER, "Owner": [*PUBLISHER, "require_topics"]}


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
    dependencies = [("content", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
