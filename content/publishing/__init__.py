"""From draft to live. The verbs are names of this package: `publishing.record(page)` and so on."""

from content.models import PAGE_FIELDS
from content.publishing.copying import copy_page, start_translation
from content.publishing.going_live import publish, require_topics, unschedule, withdraw
from content.publishing.plans import base_of, waiting, why_clinical
from content.publishing.same_text import is_same
from content.publishing.snapshot import add_blocks, page_values, plain, take_snapshot, write_draft
from content.publishing.versions import (
    asking_for_sign_off,
    copy_block,
    newer_drafts,
    newer_than,
    record,
    restore,
    sign_off,
)

__all__ = [
    "PAGE_FIELDS",
    "add_blocks",
    "asking_for_sign_off",
    "base_of",
    "copy_block",
    "copy_page",
    "is_same",
    "newer_drafts",
    "newer_than",
    "page_values",
    "plain",
    "publish",
    "record",
    "require_topics",
    "restore",
    "sign_off",
    "start_translation",
    "take_snapshot",
    "unschedule",
    "waiting",
    "why_clinical",
    "withdraw",
    "write_draft",
]
