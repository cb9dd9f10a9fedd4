"""A role for clinicians who sign off and do nothing else; the right to export the audit trail."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW = [
    f"view_{model}"
    for model in (
        "page version helpline clinic reviewer source auditentry"
        " text callout signlist timelinestage steps keyfigure question card helplinelist picture"
    ).split()
]
ROLES = {
    "Reviewer": [*VIEW, "sign_off_page"],
    "Publisher": ["export_auditentry"],
    "Owner": ["export_auditentry"],
}


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
    dependencies = [("content", "0004_addresses_images_reviews")]
    operations = [
        migrations.AlterModelOptions(
            name="auditentry",
            options={
                "ordering": ["-at", "-pk"],
                "permissions": [("export_auditentry", "Can export the audit trail")],
                "verbose_name_plural": "audit trail",
            },
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
