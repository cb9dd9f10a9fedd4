"""Create a sign-in for a member of staff and print its one-time password."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from intake import typed_text
from vtc_site.sign_in.passwords import give_one_time_password
from vtc_site.staff.roles import ROLES

AGAIN = "Until someone has signed in, `make run` and, on a server, install.sh print another each time."


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email", help="for signing in and for notices of new messages")
        parser.add_argument("--role", choices=ROLES, required=True)
        parser.add_argument(
            "--first",
            action="store_true",
            help="for a trial: prints a new password each time until someone with the role has signed in",
        )

    @transaction.atomic
    def handle(self, *args, email, role, first, **options):
        users, email = get_user_model().objects, typed_text.email_address(email).lower()
        group = Group.objects.get(name=ROLES[role].group)
        if first and group.user_set.exclude(last_login=None).exists():
            return
        user = users.filter(username=email).first() if first else None
        if user is None:
            self._refuse_wrong(email, users)
            user = users.create_user(email, email, is_staff=True)
        user.groups.add(group)
        password = give_one_time_password(user)
        self.stdout.write(f"Sign-in: {email}\nOne-time password: {password}")
        shown = AGAIN if first else "You will not see it again."
        self.stdout.write(f"{shown} The first sign-in asks for a new one.")

    def _refuse_wrong(self, email, users):
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an email address.") from None
        if users.filter(username=email).exists():
            raise CommandError(f"{email} already has a sign-in.")
