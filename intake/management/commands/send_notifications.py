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
    help = "Send the emails about messages until stopped; with --once, send all that wait and stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send all that wait, then stop")

    def handle(self, *, once, **options):
        database_timeouts.limit()
        if once:
            sent = delivery.deliver_all() + receipts.deliver_due()
            told = delivery.why_some_wait() or "No notice to staff waits any more."
            self.stdout.write(f"Emails sent: {sent}. {told}")
            return
        pause = threading.Event()
        while not pause.wait(PAUSE_SECONDS):
            self._send_or_log()

    def _send_or_log(self):
        """A database that is down must not end the command: it has to be there afterwards."""
        try:
            delivery.deliver_due()
            receipts.deliver_due()
        except DatabaseError as error:
            logger.error("Emails could not be sent: %s", type(error).__name__)
        finally:
            close_old_connections()
