"""Load the starting pages into a new installation; a second run changes nothing."""

from django.core.management.base import BaseCommand

from content import starter


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        added = starter.load()
        self.stdout.write(
            f"Starting pages added: {', '.join(added)}" if added else "All starting pages are there."
        )
