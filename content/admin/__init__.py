"""The admin of pages and shared facts: one file a model, the screens of a page in screens/."""

from content.admin import (  # noqa: F401 - each registers its model
    audit,
    clinic,
    clinicians,
    glossary,
    helplines,
    images,
    notices,
    page_settings,
    pages,
    redirects,
    site_settings,
    sources,
    synonyms,
    trashed_pages,
)
