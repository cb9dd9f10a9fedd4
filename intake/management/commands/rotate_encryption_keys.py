"""Encrypt everything with the newest key, so that older ones can be removed. Safe to kill and to repeat."""

from django.core.management.base import BaseCommand, CommandError

from intake import encryption
from intake.receiving import keys_in_use, storing

LACKS_A_KEY = """\
{count} row(s) open with none of the keys: FIELD_ENCRYPTION_KEYS lacks an older one. Nothing was changed.
  1. Put it back behind the new one, NEW,OLD, and run this again: nothing is lost.
  2. Is it lost for good, also where copies of keys are kept? Then copy the database, in case the key turns
     up, and run `manage.py rotate_encryption_keys --give-up {count}`. What those rows say (names, numbers,
     messages, notes) is then gone from this database for good, and stands there as lost; their dates, states
     and references stay, and /healthz/ is well again. Whose authenticator app was among them signs in with a
     recovery code, or after `manage.py reset_sign_in EMAIL`."""


class Command(BaseCommand):
    help = "Re-encrypt stored texts with the first of FIELD_ENCRYPTION_KEYS; says when older keys can go."

    def add_arguments(self, parser):
        parser.add_argument(
            "--give-up",
            type=int,
            metavar="ROWS",
            help="a key is lost for good: give up what only it opens, in so many rows as this command names",
        )

    def handle(self, *, give_up, **options):
        first, *others = encryption.fingerprints()
        self._refuse_while_others_write(first)
        self._look_for_lost_texts(give_up)
        self.stdout.write(f"The key that stands first has the fingerprint {first}: all is encrypted with it.")
        count = encryption.rotate()
        storing.renew_search_hashes()
        self.stdout.write(f"{count} row(s) were renewed with it.")
        if left := encryption.rows_with_older_keys():
            self.stdout.write(f"{left} row(s) still need an older key: run this again.")
            return
        self._refuse_while_others_write(first)
        keys_in_use.forget_others()
        if not others:
            self.stdout.write("It is the only one. A new key must stand FIRST: NEW,OLD")
        else:
            self._tell_what_can_go(first, ", ".join(others), is_new=count > 0)

    def _refuse_while_others_write(self, first):
        """What a process writes with an older key after this, nobody could read once that key is gone."""
        if others := keys_in_use.others_of_running_processes():
            names = ", ".join(others)
            raise CommandError(
                f"The site still wrote with the key {names} a moment ago, and here {first} stands first."
                " Remove no key. Restart the site first, on every host (systemctl restart vtc), wait three"
                " minutes, and run this again.\nIs it stopped, or does it not start, on every host? Then"
                f" run this again in {max(others.values())} seconds: there is nothing to restart."
            )

    def _look_for_lost_texts(self, give_up):
        """Go on only when the keys open everything, or who runs this knows what is lost."""
        lost = encryption.unreadable_rows()
        if lost and lost != give_up:
            raise CommandError(LACKS_A_KEY.format(count=lost))
        encryption.give_up()
        if lost:
            self.stdout.write(f"{lost} row(s) were given up: what no key opened is gone for good.")

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
