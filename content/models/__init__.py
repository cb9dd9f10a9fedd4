"""Pages, the blocks they are made of, and the facts that all pages share."""

from content.models.audit import AuditEntry, PreviewLink
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
from content.models.facts import Clinic, Clinician, Helpline, Source
from content.models.glossary import GlossaryTerm
from content.models.images import ImageDigestField, ImageFile, StoredImage
from content.models.pages import Page, TrashedPage, Version
from content.models.public_changes import PublicChange
from content.models.redirects import Redirect
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
    "Block",
    "Callout",
    "Card",
    "Clinic",
    "Clinician",
    "GlossaryTerm",
    "Helpline",
    "HelplineList",
    "ImageDigestField",
    "ImageFile",
    "KeyFigure",
    "LicenseReminder",
    "Page",
    "Phrases",
    "Picture",
    "PreviewLink",
    "PublicChange",
    "Question",
    "Redirect",
    "ReviewReminder",
    "SignList",
    "Source",
    "Steps",
    "StoredImage",
    "Table",
    "Text",
    "TimelineStage",
    "TrashedPage",
    "Version",
]
