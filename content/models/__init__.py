"""Pages, the blocks they are made of, and the facts that all pages share."""

from content.models.audit import AuditEntry
from content.models.block_kinds import (
    BLOCKS_BY_KIND,
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
from content.models.blocks import Block
from content.models.clinicians import Clinician
from content.models.facts import Clinic, Helpline, Source
from content.models.glossary import GlossaryTerm
from content.models.hand_overs import Comment, HandOver, OpenPage
from content.models.images import ImageFile, StoredImage
from content.models.pages import PAGE_FIELDS, Page, TrashedPage, Version
from content.models.preview_links import PREVIEW_DAYS, PreviewLink
from content.models.public_changes import PublicChange
from content.models.redirects import Redirect
from content.models.reminders import Reminder
from content.models.site_settings import SiteSettings
from content.models.synonyms import Synonym

__all__ = [
    "BLOCKS_BY_KIND",
    "PAGE_FIELDS",
    "PREVIEW_DAYS",
    "AuditEntry",
    "Block",
    "Callout",
    "Card",
    "Clinic",
    "Clinician",
    "Comment",
    "GlossaryTerm",
    "HandOver",
    "Helpline",
    "HelplineList",
    "ImageFile",
    "KeyFigure",
    "OpenPage",
    "Page",
    "Phrases",
    "Picture",
    "PreviewLink",
    "PublicChange",
    "Question",
    "Redirect",
    "Reminder",
    "SignList",
    "SiteSettings",
    "Source",
    "Steps",
    "StoredImage",
    "Synonym",
    "Table",
    "Text",
    "TimelineStage",
    "TrashedPage",
    "Version",
]
