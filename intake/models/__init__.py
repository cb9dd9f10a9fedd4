"""What the intake app keeps: one file for each noun and what belongs to it."""

from intake.models.choices import BestTime, InCalifornia, Language, Reason, ReplyBy, Voicemail, YesNo
from intake.models.daily_counts import DailyChore, SenderTally
from intake.models.intake_settings import IntakeSettings
from intake.models.messages import KeyCheck, Submission, SuspectedSpam
from intake.models.office import Closure, OfficeHours
from intake.models.outbox import NoticePreference, Notification
from intake.models.timeline import (
    AccessLogEntry,
    AccessLogIsKept,
    Attempt,
    Note,
    Presence,
    SavedView,
    Script,
    Step,
)

__all__ = [
    "AccessLogEntry",
    "AccessLogIsKept",
    "Attempt",
    "BestTime",
    "Closure",
    "DailyChore",
    "InCalifornia",
    "IntakeSettings",
    "KeyCheck",
    "Language",
    "Note",
    "NoticePreference",
    "Notification",
    "OfficeHours",
    "Presence",
    "Reason",
    "ReplyBy",
    "SavedView",
    "Script",
    "SenderTally",
    "Step",
    "Submission",
    "SuspectedSpam",
    "Voicemail",
    "YesNo",
]
