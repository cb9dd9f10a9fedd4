"""Pages, the blocks they are made of, and the facts that all pages share."""

from content.models.blocks import (
    Block,
    Callout,
    Card,
    HelplineList,
    KeyFigure,
    Picture,
    Question,
    SignList,
    Steps,
    Text,
    TimelineStage,
)
from content.models.changes import PublicChange
from content.models.facts import Clinic, Helpline, Reviewer, Source
from content.models.pages import Page, Version
from content.models.records import AuditEntry, PreviewLink

BLOCK_MODELS = [
    Text,
    Callout,
    SignList,
    TimelineStage,
    Steps,
    KeyFigure,
    Question,
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
    "Helpline",
    "HelplineList",
    "KeyFigure",
    "Page",
    "Picture",
    "PreviewLink",
    "PublicChange",
    "Question",
    "Reviewer",
    "SignList",
    "Source",
    "Steps",
    "Text",
    "TimelineStage",
    "Version",
]
