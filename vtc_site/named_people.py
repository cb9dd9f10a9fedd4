"""Whether the people who are named for a task can do it: an account that is on, an address, the right role.

Called by setup_list.py. Somebody leaves, and what they were named for would end without a word.
"""

from content.models import Clinician
from intake.outbox import emails

SIGN_OFF = ("Reviewer", "Owner")  # the roles that may sign off medical text


def trouble(person, roles):
    """Say why `person` can't do what one of the `roles` does; empty if they can."""
    if not person.is_active:
        return "the account is turned off"
    if not person.email:
        return "it has no email address"
    # Not by filter(): the groups of many are fetched at once.
    if not any(group.name in roles for group in person.groups.all()):
        return f"its role is not {' or '.join(roles)}"
    return ""


def troubles():
    """Return a sentence for whoever cannot do what the site counts on them for. Constant queries."""
    return [*_owners(), *_without_notices(), *_clinicians()]


def _owners():
    if not emails.able().filter(groups__name="Owner").exists():
        yield "No owner has an account with an email address, so alarms reach no owner."


def _without_notices():
    for person in emails.readers().filter(email=""):
        yield f"{person} answers messages and gets no notice: the account has no email address."


def _clinicians():
    listed = Clinician.objects.filter(is_active=True).select_related("user").prefetch_related("user__groups")
    for clinician in listed:
        if found := trouble(clinician.user, SIGN_OFF):
            yield f"{clinician} can’t sign off with the account {clinician.user}: {found}."
