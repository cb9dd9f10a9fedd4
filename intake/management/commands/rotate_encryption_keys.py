"""Encrypt everything with the newest key, so that older ones can be removed. Safe to kill and to repeat."""

from django.core.management.base import BaseCommand, CommandError

from intake import encryption
from intake.receiving import keys_in_use, storing


class Command(BaseCommand):
    help = "Re-encrypt stored texts with the first of FIELD_ENCRYPTION_KEYS; says when older keys can go."

    def handle(self, **options):
        first, *others = encryption.fingerprints()
        self._refuse_while_others_write(first)
        self.stdout.write(f"The key that stands first has the fingerprint {first}: all is encrypted with it.")
        count = self._rotate()
        self.stdout.write(f"{count} row(s) were renewed with it.")
        if left := encryption.rows_with_older_keys():
            self.stdout.write(f"{left} row(s) still need an older key: run this again.")
        elif not others:
            self.stdout.write("It is the only one. A new key must stand FIRST: NEW,OLD")
        else:
            self._refuse_while_others_write(first)
            keys_in_use.forget_others()
            self._tell_what_can_go(first, ", ".join(others), is_new=count > 0)

    def _refuse_while_others_write(self, first):
        """What a process writes with an older key after this, nobody could read once that key is gone."""
        if names := ", ".join(keys_in_use.others_of_running_processes()):
            raise CommandError(
                f"The site still wrote with the key {names} a moment ago, and here {first} stands first."
                " Remove no key. Restart the site first, on every host (systemctl restart vtc), wait"
                " three minutes, and run this again."
            )

    def _rotate(self):
        try:
            count = encryption.rotate()
            storing.renew_search_hashes()
        except encryption.DecryptionError as error:
            raise CommandError(
                f"A text opens with none of the keys ({error}): FIELD_ENCRYPTION_KEYS lacks an older one. Put"
                " it back behind the new one, NEW,OLD, and run this again. Nothing is lost."
            ) from error
        return count

    def _tell_what_can_go(self, first, others, *, is_new):
        if is_new:
            self.stdout.write(
                f"Every row uses key {first}. The older ones ({others}) can be removed from the environment;"
                " backups from before still need them."
            )
        else:
            self.stdout.write(
                f"Every row used key {first} before. Is it the NEW key? Then the others ({others}) can go."
                " Is it the old one? Remove none: the new key must stand FIRST, NEW,OLD. Then run this again."
            )
