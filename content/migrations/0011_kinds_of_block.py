"""Sentences to say, tables, drawings, groups of questions, what one can do in a stage; for editors too."""

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

NEW_KINDS = ("phrases", "table")
EDIT = [f"{verb}_{kind}" for kind in NEW_KINDS for verb in ("view", "add", "change", "delete")]


def give_permissions(apps, schema_editor):
    """Permissions are made after all migrations; make those of this app now, so that they can be given."""
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    permissions = Permission.objects.filter(content_type__app_label="content", codename__in=EDIT)
    for role in ("Editor", "Publisher", "Owner"):
        Group.objects.get(name=role).permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0010_names_of_blocks'),
    ]

    operations = [
        migrations.AddField(
            model_name='question',
            name='group',
            field=models.CharField(blank=True, help_text='A short name above the first question of a group: Cost', max_length=40),
        ),
        migrations.AddField(
            model_name='signlist',
            name='drawing',
            field=models.CharField(blank=True, choices=[('', 'No drawing'), ('body', 'A body with numbers: eyes, face, mouth (3 and 4), breathing, arms, all over')], default='', max_length=10),
        ),
        migrations.AddField(
            model_name='steps',
            name='drawing',
            field=models.CharField(blank=True, choices=[('', 'No drawings'), ('overdose', 'Overdose: wake, call, naloxone, breathe, wait, turn, stay')], default='', help_text='One drawing a step, in the order named.', max_length=10, verbose_name='drawings beside the steps'),
        ),
        migrations.AddField(
            model_name='timelinestage',
            name='can_do',
            field=models.TextField(blank=True, help_text='One thing a line.', verbose_name='what you can do'),
        ),
        migrations.AlterField(
            model_name='timelinestage',
            name='symptoms',
            field=models.TextField(blank=True, help_text='One symptom a line.', verbose_name='what you may feel'),
        ),
        migrations.CreateModel(
            name='Phrases',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(default='main', max_length=20)),
                ('ordering', models.IntegerField(default=0)),
                ('heading', models.CharField(blank=True, max_length=120)),
                ('intro', models.TextField(blank=True, verbose_name='sentence before the list')),
                ('phrases', models.TextField(help_text='One sentence a line: Say this | why, or what it replaces')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_blocks', to='content.page')),
            ],
            options={
                'verbose_name': 'sentences to say',
                'verbose_name_plural': 'sentences to say',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Table',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(default='main', max_length=20)),
                ('ordering', models.IntegerField(default=0)),
                ('heading', models.CharField(blank=True, max_length=120)),
                ('caption', models.CharField(max_length=200, verbose_name='what it compares')),
                ('rows', models.TextField(help_text='One row a line, its cells apart by |. The first row is the header.')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_blocks', to='content.page')),
            ],
            options={
                'verbose_name': 'table',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
