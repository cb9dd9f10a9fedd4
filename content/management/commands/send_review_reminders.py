"""Send the reminders of reviews and of the license, which the web process also sends."""

from django.core.management.base import BaseCommand

from content.reminders import schedule


class Command(BaseCommand):
    help = "Send the reminders of reviews and of the license; a second run on a day sends nothing twice."

    def handle(self, *args, **options):
        self.stdout.write(f"{schedule.send_due()} sent")
