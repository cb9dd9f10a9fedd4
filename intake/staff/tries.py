"""What counts as a try to reach somebody, and which are refused. Used by workflow.py and the screen."""

from datetime import timedelta

from django.utils import timezone

from intake.models import Attempt, IntakeSettings, Submission
from intake.staff import contact_preferences
from intake.staff.steps import DoubtfulStepError, StepRefusedError

IN_A_ROW = 2  # one more within SPAN is questioned
SPAN = timedelta(minutes=1)


def was_made(submission):
    """Return whether somebody has logged an attempt to reach the person."""
    return Attempt.objects.filter(submission__in=Submission.objects.of_person(submission)).exists()


def number_made(submission):
    """Return how many tries of the person count against the limit that the form promises."""
    theirs = Attempt.objects.filter(submission__in=Submission.objects.of_person(submission))
    return theirs.exclude(outcome=Attempt.Outcome.REACHED).values("at").distinct().count()


def refuse_doubtful(row, by, attempts_seen, is_meant):
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefusedError(f"{row.claimed_by.get_username()} has this message. Take it over first.")
    if attempts_seen is not None and row.attempts.count() != attempts_seen:
        raise StepRefusedError("Not logged: someone logged an attempt after you opened this page. See below.")
    latest = row.attempts.filter(at__gt=timezone.now() - SPAN).count()
    if latest >= IN_A_ROW and not is_meant:
        raise DoubtfulStepError(f"{latest} attempts were logged in the last minute. Did you try once more?")


def refuse_unclear_way(row, by, channel):
    """Nobody may try a way that the person did not clearly allow before a second person has agreed to it."""
    found = contact_preferences.of(row, by)
    if found.problem:
        raise StepRefusedError(
            f"Not logged. {found.problem} A second person has to agree first. If they contacted you, add "
            "what they told you under “They told us something else”."
        )
    if found.is_agreed and channel not in found.channels:
        raise StepRefusedError(f"Not logged. Agreed was only: {found.channel.label.lower()}.")


def refuse_used_up(row):
    limit = IntakeSettings.current().tries
    if limit and number_made(row) >= limit:
        raise StepRefusedError(
            f"The form says that we try {limit} times. Close it as “Could not be reached”."
        )


def of_the_same(row, others, channel, outcome):
    """A try counts for the other messages of the person; a wrong number only for those that gave the same."""
    if outcome != Attempt.Outcome.WRONG_CONTACT:
        return others
    return [each for each in others if contact_preferences.has_same(row, each, channel)]
