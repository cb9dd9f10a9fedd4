"""Give a member of staff who lost everything a new one-time password, and reset two-factor sign-in.

For a site with one owner, who has no colleague to do it in the admin.
"""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from vtc_site.sign_in import passwords, second_factor


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args, email, **options):
        user = get_user_model().objects.filter(username=email.strip().lower(), is_staff=True).first()
        if user is None:
            raise CommandError(f"{email} has no sign-in. Make one: manage.py add_staff {email} --role ROLE")
        second_factor.forget(user)
        password = passwords.give_one_time_password(user)
        self.stdout.write(f"Sign-in: {user.username}\nOne-time password: {password}")
        self.stdout.write("You will not see it again. The next sign-in asks for a new password and a phone.")
