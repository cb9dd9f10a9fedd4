"""From draft to live. The verbs are names of this package: `publishing.record(page)` and so on."""

from content.publishing.going_live import publish, require_topics, unschedule, withdraw
from content.publishing.snapshot import PAGE_FIELDS, page_values, plain, take_snapshot, write_draft
from content.publishing.translating import start_translation
from content.publishing.versions import asking_for_sign_off, record, restore, sign_off

__all__ = [
    "PAGE_FIELDS",
    "asking_for_sign_off",
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
    "withdraw",
    "write_draft",
]
