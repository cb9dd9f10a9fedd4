"""What the roles may do in the queue, and the first words for calls and texts, which staff then edit."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

ANSWERS = ["add_submission", "view_script", "change_script", "view_officehours", "view_closure"]
DECIDES = [
    "export_submission",
    "view_readrecord",
    *(f"{verb}_{model}" for model in ("officehours", "closure") for verb in ("add", "change", "delete")),
]
ROLES = {"Intake": ANSWERS, "Owner": ANSWERS + DECIDES}
SCRIPTS = {
    "voicemail-neutral": "Hello, this is [your first name], for [their first name]. Please call me back at"
    " [our number]. Again, that is [our number]. Thank you.",
    "voicemail-full": "Hello [their first name], this is [your first name] from Virtual Treatment Center. You"
    " wrote to us, and I am calling you back. You can reach us at [our number]. Again, that is [our number]."
    " Call whenever it suits you.",
    "text-neutral": "Hi, this is [your first name]. You asked me to text you. When is a good time to talk?",
    "text-named": "Hi, this is [your first name] from Virtual Treatment Center. You wrote to us. When is a good"
    " time to talk?",
    "someone-answers": "Hello, may I speak to [their first name]? … No, thank you, there is no message. I will"
    " try again. (If they ask who is calling: say only your first name, not where you call from.)",
}


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    create_permissions(installed_apps.get_app_config("intake"), verbosity=0, using=alias, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(*permissions.filter(content_type__app_label="intake", codename__in=codenames))
    scripts = apps.get_model("intake", "Script").objects.using(alias)
    for use, words in SCRIPTS.items():
        scripts.get_or_create(use=use, defaults={"words": words})


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_queue")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
