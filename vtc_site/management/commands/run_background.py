"""Run the background jobs of the site apart from the web process, which runs the same ones."""

import threading

from django.core.management.base import BaseCommand

from intake import database_timeouts
from vtc_site.background import BackgroundThread


class Command(BaseCommand):
    help = "Run every background job until stopped; with --once, run each one time and stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run each job once, then stop")

    def handle(self, *, once, **options):
        database_timeouts.limit()
        thread = BackgroundThread()
        if once:
            thread.run_jobs()
            return
        thread.start()
        threading.Event().wait()  # the thread works; a signal ends the process
