"""Remind staff of pages whose review is due. The web process does the same by itself; see reviews.py."""

from django.core.management.base import BaseCommand

from content import reviews


class Command(BaseCommand):
    help = "Send the reminders that are due today; a second run on a day sends nothing twice."

    def handle(self, *args, **options):
        self.stdout.write(f"{reviews.send_reminders()} sent")
