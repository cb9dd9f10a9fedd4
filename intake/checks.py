"""System checks of the intake app: each says what would go wrong and how to fix it.

Those about the database run with `check --database default`; those about settings always or with --deploy.
"""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db.utils import Error as DatabaseFailure

from intake.models import IntakeSettings
from intake.outbox import emails

LOOPBACK = ("localhost", "127.0.0.1", "::1")
MAX_EMAIL_TIMEOUT = 60  # seconds; 12 times this is the lease, and a notice is retried within 15 minutes


@register(Tags.security)
def encryption_keys_are_set(app_configs, **kwargs):
    if not getattr(settings, "FIELD_ENCRYPTION_KEYS", None):
        yield Error(
            "FIELD_ENCRYPTION_KEYS is empty: no message can be stored.",
            hint="Make a key (.env.example shows how), put it in the environment, keep a copy elsewhere.",
            id="intake.E001",
        )


@register()
def mail_server_cannot_hang(app_configs, **kwargs):
    timeout = getattr(settings, "EMAIL_TIMEOUT", None)
    if not timeout or timeout > MAX_EMAIL_TIMEOUT:
        yield Error(
            f"EMAIL_TIMEOUT is {timeout}: a mail server that hangs would block notices to staff.",
            hint=f"Set it to a number of seconds up to {MAX_EMAIL_TIMEOUT}.",
            id="intake.E002",
        )


@register()
def thank_you_page_follows_the_commit(app_configs, **kwargs):
    if any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values()):
        yield Error(
            "ATOMIC_REQUESTS is on: the thank-you page could appear before the message is on disk.",
            hint="Switch it off and use transaction.atomic() where several writes belong together.",
            id="intake.E003",
        )


@register(deploy=True)
def mail_leaves_encrypted(app_configs, **kwargs):
    is_smtp = settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    is_encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if is_smtp and not is_encrypted and settings.EMAIL_HOST not in LOOPBACK:
        yield Warning(
            "Mail to staff leaves this machine without encryption.",
            hint="Start EMAIL_URL with smtp+tls:// or smtp+ssl://.",
            id="intake.W004",
        )


@register(Tags.database)
def somebody_is_notified(app_configs, databases=None, **kwargs):
    if databases and _answers(lambda: not emails.recipients()):
        yield Warning(
            "Nobody would be notified of a new message.",
            hint="Give an active member of staff an email address and the role intake or owner"
            " (`manage.py add_staff EMAIL --role intake`), or ask one to switch notices on.",
            id="intake.W005",
        )


@register(Tags.database)
def messages_are_deleted_automatically(app_configs, databases=None, **kwargs):
    if databases and _answers(lambda: not IntakeSettings.current().is_retention_complete):
        yield Warning(
            "Some messages are never deleted automatically, and the form names no days.",
            hint="Fill in all fields under “Automatic deletion of messages” in the message settings.",
            id="intake.W006",
        )


def _answers(question):
    """Ask the database; one that is not migrated yet is no reason to warn."""
    try:
        return question()
    except DatabaseFailure:
        return False
