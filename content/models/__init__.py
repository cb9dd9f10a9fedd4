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
    place_of,
)
from content.models.blocks import Block
from content.models.clinicians import Clinician
from content.models.facts import Clinic, Helpline
from content.models.feedback import HelpfulCount
from content.models.glossary import GlossaryTerm
from content.models.hand_overs import Comment, HandOver, OpenPage, PageLock
from content.models.images import ImageFile, StoredImage
from content.models.notices import Notice
from content.models.outside_links import OutsideLink
from content.models.page_settings import PageSettings
from content.models.pages import PAGE_FIELDS, Page, TrashedPage, Version
from content.models.preview_links import PREVIEW_DAYS, PreviewLink
from content.models.public_changes import PublicChange
from content.models.redirects import Redirect
from content.models.reminders import Reminder
from content.models.site_settings import SiteSettings
from content.models.sources import Source
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
    "HelpfulCount",
    "Helpline",
    "HelplineList",
    "ImageFile",
    "KeyFigure",
    "Notice",
    "OpenPage",
    "OutsideLink",
    "Page",
    "PageLock",
    "PageSettings",
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
    "place_of",
]
