"""Addresses that follow the live Version, pictures in the database, reminders of reviews, the bin."""

import content.models.images
import django.core.validators
import django.db.models.deletion
import django.db.models.fields.json
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


OTHER_ADDRESSES = [f"{verb}_otheraddress" for verb in ("view", "add", "change", "delete")]


def give_permissions(apps, schema_editor):
    """Permissions are made after all migrations; make those of this app now, so that they can be given."""
    config = apps.get_app_config("content")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for role, codenames in {
        "Editor": ["view_otheraddress"],
        "Publisher": OTHER_ADDRESSES,
        "Owner": OTHER_ADDRESSES,
    }.items():
        group, _ = Group.objects.get_or_create(name=role)
        permissions = Permission.objects.filter(content_type__app_label="content", codename__in=codenames)
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0003_public_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImageFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('width', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='OtherAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200, unique=True, validators=[django.core.validators.RegexValidator('^/([a-z0-9]+(-[a-z0-9]+)*/)*\\Z', 'Start and end with a slash; use small letters, digits and hyphens: /help-someone/')], verbose_name='address')),
            ],
            options={
                'verbose_name_plural': 'other addresses',
                'ordering': ['path'],
            },
        ),
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheduled_on', models.DateField()),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-scheduled_on', 'page'],
            },
        ),
        migrations.CreateModel(
            name='StoredImage',
            fields=[
                ('digest', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='BinnedPage',
            fields=[
            ],
            options={
                'verbose_name': 'page in the bin',
                'verbose_name_plural': 'bin',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('content.page',),
        ),
        migrations.AddField(
            model_name='clinic',
            name='referral_note',
            field=models.CharField(blank=True, help_text='That none are paid or taken, if that is so. Shown beside the number.', max_length=200, verbose_name='sentence on referral fees'),
        ),
        migrations.AddField(
            model_name='version',
            name='path',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.fields.json.KeyTextTransform('path', django.db.models.fields.json.KeyTextTransform('page', 'snapshot')), output_field=models.CharField(max_length=200)),
        ),
        migrations.AlterField(
            model_name='page',
            name='path',
            field=models.CharField(max_length=200, validators=[django.core.validators.RegexValidator('^/([a-z0-9]+(-[a-z0-9]+)*/)*\\Z', 'Start and end with a slash; use small letters, digits and hyphens: /help-someone/')], verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='image',
            field=content.models.images.ImageDigestField(max_length=32, verbose_name='picture'),
        ),
        migrations.AddIndex(
            model_name='version',
            index=models.Index(fields=['path', '-live_from'], name='version_path'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(condition=models.Q(('binned_at', None)), fields=('path',), name='page_path_is_its_own', violation_error_message='Another page has this address.'),
        ),
        migrations.AddField(
            model_name='otheraddress',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_addresses', to='content.page', verbose_name='leads to'),
        ),
        migrations.AddField(
            model_name='reviewreminder',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='content.page'),
        ),
        migrations.AddField(
            model_name='reviewreminder',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='imagefile',
            name='image',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='content.storedimage'),
        ),
        migrations.AddConstraint(
            model_name='reviewreminder',
            constraint=models.UniqueConstraint(fields=('page', 'recipient', 'scheduled_on'), name='review_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='imagefile',
            constraint=models.UniqueConstraint(fields=('image', 'width'), name='image_file_per_width'),
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
