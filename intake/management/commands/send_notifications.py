"""Tell staff of waiting messages, apart from the web process or from cron."""

import time

from django.core.management.base import BaseCommand

from intake import notifications


class Command(BaseCommand):
    help = "Send the notices that are due, again and again; with --once, stop after one round."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *, once, **options):
        while True:
            self.stdout.write(f"{notifications.deliver_due()} sent")
            if once:
                return
            time.sleep(30)
