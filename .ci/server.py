"""granian's own command, which lets a worker die more than once. Run by start-server.

granian takes a second death within 5.5 seconds for a sign that no worker can start, and ends them all. But
one whose memory ran out dies in the same way while others serve. Only when several die within a short time
does the server end, as it must: systemd starts it anew with the settings of that moment.
"""

import sys
import time

from granian import cli

MOST_DEATHS = 6  # of all workers
WITHIN_SECONDS = 30


class PatientServer(cli.Server):
    """Looks for a loop only after so many deaths."""

    deaths = ()  # monotonic seconds

    def _respawn_workers(self, workers, *args, delay=0, **kwargs):
        super()._respawn_workers(workers, *args, delay=delay, **kwargs)
        if delay:  # a reload, or one that grew too large or old: nobody died
            return
        now = time.monotonic()
        lately = [then for then in self.deaths if now - then < WITHIN_SECONDS]
        self.deaths = [*lately, *(now for _ in workers)]
        if len(self.deaths) < MOST_DEATHS:
            self.respawned_wrks.clear()


if __name__ == "__main__":
    sys.argv[0] = "granian"
    cli.Server = PatientServer
    cli.entrypoint()
