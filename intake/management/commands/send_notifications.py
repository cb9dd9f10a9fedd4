"""Tell staff of waiting messages, apart from the web process or from cron."""

import threading

from django.core.management.base import BaseCommand

from intake import copies, courier, database_waits, notifications


class Command(BaseCommand):
    help = "Do what the web process does beside its requests, without end; with --once, send and stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due, then stop")

    def handle(self, *, once, **options):
        database_waits.limit()
        if once:
            self.stdout.write(f"{notifications.deliver_due() + copies.deliver_due()} sent")
            return
        courier.start()
        threading.Event().wait()  # the thread works; a signal ends the process
