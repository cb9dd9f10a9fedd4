"""Pages, the blocks they are made of, and the facts that all pages share."""

from content.models.addresses import OtherAddress
from content.models.blocks import (
    Block,
    Callout,
    Card,
    HelplineList,
    KeyFigure,
    Phrases,
    Picture,
    Question,
    SignList,
    Steps,
    Table,
    Text,
    TimelineStage,
)
from content.models.changes import PublicChange
from content.models.facts import Clinic, Helpline, Reviewer, Source
from content.models.images import ImageDigestField, ImageFile, StoredImage
from content.models.pages import BinnedPage, Page, Version
from content.models.records import AuditEntry, PreviewLink
from content.models.reminders import LicenseReminder, ReviewReminder

BLOCK_MODELS = [
    Text,
    Callout,
    SignList,
    TimelineStage,
    Steps,
    KeyFigure,
    Question,
    Phrases,
    Table,
    Card,
    HelplineList,
    Picture,
]

__all__ = [
    "BLOCK_MODELS",
    "AuditEntry",
    "BinnedPage",
    "Block",
    "Callout",
    "Card",
    "Clinic",
    "Helpline",
    "HelplineList",
    "ImageDigestField",
    "ImageFile",
    "KeyFigure",
    "LicenseReminder",
    "OtherAddress",
    "Page",
    "Phrases",
    "Picture",
    "PreviewLink",
    "PublicChange",
    "Question",
    "ReviewReminder",
    "Reviewer",
    "SignList",
    "Source",
    "Steps",
    "StoredImage",
    "Table",
    "Text",
    "TimelineStage",
    "Version",
]
