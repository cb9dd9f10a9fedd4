"""What one person wishes in all messages that staff joined, beside how to reach them: time, language, relay.

Used by the safety note and by the times to try again. The strictest holds, whichever message says it.
"""

from dataclasses import dataclass

from intake.models import AnswersInSpanish, BestTime, IntakeSettings, Language
from intake.staff import same_person


@dataclass(frozen=True)
class JoinedWishes:
    """The wishes of `rows`: the message itself, then the others of its person, the newest first."""

    rows: list

    def say(self, name, value):
        """Whether one of the messages answers the question `name` with `value`."""
        return any(getattr(row, name) == value for row in self.rows)

    @property
    def best_times(self):
        """The times of day they asked for, each once."""
        asked = dict.fromkeys(BestTime(row.best_time) for row in self.rows)
        return [time for time in asked if time != BestTime.ANY]

    @property
    def best_time(self):
        """The one to offer first."""
        return next(iter(self.best_times), BestTime.ANY)

    @property
    def language_rule(self):
        """Say which languages they speak besides English, and who speaks these here; empty for English."""
        spoken = dict.fromkeys(Language(row.language) for row in self.rows)
        foreign = [language for language in spoken if language != Language.ENGLISH]
        if not foreign:
            return ""
        names = ", ".join(str(language.label) for language in foreign)
        if (
            foreign == [Language.SPANISH]
            and IntakeSettings.current().answers_in_spanish == AnswersInSpanish.PERSON
        ):
            return f"Language: {names}. The form promised an answer by somebody who speaks it."
        return f"Language: {names}. Have an interpreter ready."


def of(submission):
    """Return the wishes of `submission` and of what else its person wrote. One query."""
    return JoinedWishes([submission, *same_person.others_of(submission).without_texts()])
