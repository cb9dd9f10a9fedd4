"""Send the emails about messages, apart from the web process: notices and references, no other job.

`run_background` runs every job of the site.
"""

import logging
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from intake import database_timeouts
from intake.outbox import delivery, receipts

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 30


class Command(BaseCommand):
    help = "Send the emails about messages until stopped; with --once, send what is due and stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due, then stop")

    def handle(self, *, once, **options):
        database_timeouts.limit()
        if once:
            sent, waiting = _send(), delivery.health()["waiting"]
            later = f" {waiting} wait for the next try, or in a flood for the next digest."
            self.stdout.write(f"{sent} sent.{later if waiting else ''}")
            return
        pause = threading.Event()
        while not pause.wait(PAUSE_SECONDS):
            self._send_or_log()

    def _send_or_log(self):
        """A database that is down must not end the command: it has to be there afterwards."""
        try:
            _send()
        except DatabaseError as error:
            logger.error("Emails could not be sent: %s", type(error).__name__)
        finally:
            close_old_connections()


def _send():
    return delivery.deliver_due() + receipts.deliver_due()
