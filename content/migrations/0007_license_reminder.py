"""Reminders of the clinic's license."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0006_delete_unused_facts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='clinic',
            name='licence_expires_on',
            field=models.DateField(blank=True, help_text='The last day it is valid; after it no page shows it. Reminders come from 60 days before.', null=True, verbose_name='license expires on'),
        ),
        migrations.CreateModel(
            name='LicenseReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheduled_on', models.DateField()),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('expires_on', models.DateField()),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-scheduled_on'],
                'constraints': [models.UniqueConstraint(fields=('expires_on', 'recipient', 'scheduled_on'), name='license_reminder_once')],
            },
        ),
    ]
