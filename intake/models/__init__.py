"""What the intake app keeps: one file for each noun and what belongs to it."""

from intake.models.access_log import AccessLogEntry, AccessLogProtectedError
from intake.models.canary import Canary
from intake.models.choices import (
    BestTime,
    Danger,
    InCalifornia,
    Language,
    Reason,
    ReplyBy,
    Status,
    Voicemail,
    YesNo,
)
from intake.models.contact import Agreement, ContactDetail, MayContact, Wish
from intake.models.daily_counts import DailyChore, DailyCount
from intake.models.intake_settings import AnswersInSpanish, IntakeSettings
from intake.models.messages import KeyCheck, Submission, SuspectedSpam
from intake.models.office import Closure, OfficeHours
from intake.models.outbox import NoticePreference, Notification
from intake.models.presence import Presence
from intake.models.replies import Reply
from intake.models.saved_views import SavedView
from intake.models.scripts import Script
from intake.models.sender import Addition, CopyReference, Deletion
from intake.models.timeline import Attempt, Note, TimelineEvent
from intake.models.writing_keys import WritingKey

__all__ = [
    "AccessLogEntry",
    "AccessLogProtectedError",
    "Addition",
    "Agreement",
    "AnswersInSpanish",
    "Attempt",
    "BestTime",
    "Canary",
    "Closure",
    "ContactDetail",
    "CopyReference",
    "DailyChore",
    "DailyCount",
    "Danger",
    "Deletion",
    "InCalifornia",
    "IntakeSettings",
    "KeyCheck",
    "Language",
    "MayContact",
    "Note",
    "NoticePreference",
    "Notification",
    "OfficeHours",
    "Presence",
    "Reason",
    "Reply",
    "ReplyBy",
    "SavedView",
    "Script",
    "Status",
    "Submission",
    "SuspectedSpam",
    "TimelineEvent",
    "Voicemail",
    "Wish",
    "WritingKey",
    "YesNo",
]
