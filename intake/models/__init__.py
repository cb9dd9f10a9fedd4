"""What the intake app keeps: one file for each noun and what belongs to it."""

from intake.models.bookkeeping import DailyChore, SenderTally
from intake.models.casework import (
    Attempt,
    Note,
    Presence,
    ReadRecord,
    ReadRecordsAreKept,
    SavedView,
    Script,
    Step,
)
from intake.models.choices import BestTime, InCalifornia, Language, Reason, ReplyBy, Voicemail, YesNo
from intake.models.intake_settings import IntakeSettings
from intake.models.messages import KeyCheck, Submission, SuspectedSpam
from intake.models.office import Closure, OfficeHours
from intake.models.outbox import NoticePreference, Notification

__all__ = [
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
    "ReadRecord",
    "ReadRecordsAreKept",
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
