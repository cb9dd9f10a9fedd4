"""Makes a drill short, and its processes end with it. Imported by every process that a drill starts."""

import os
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path

from intake.management.commands import send_notifications
from intake.outbox import delivery
from vtc_site import background

delivery.FIRST_BACKOFF = timedelta(seconds=1)
delivery.MAX_BACKOFF = timedelta(seconds=4)
delivery.DIGEST_PAUSE = timedelta(seconds=2)
background._thread._pause_seconds = 1
send_notifications.PAUSE_SECONDS = 1


def end_with_the_drill():
    """Kill this process and its group once the drill is gone: it may have been killed itself."""
    drill = Path("/proc", os.environ["DRILL_PROCESS"])
    while drill.exists():
        time.sleep(1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


threading.Thread(target=end_with_the_drill, daemon=True).start()
