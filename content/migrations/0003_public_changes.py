import content.models.changes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0002_roles")]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField(default=content.models.changes.new_token)),
            ],
        ),
    ]
