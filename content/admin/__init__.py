"""The admin of pages and shared facts, in our words."""

from content.admin.audit import AuditEntryAdmin
from content.admin.facts import ClinicAdmin, ClinicianAdmin, HelplineAdmin, SourceAdmin
from content.admin.glossary import GlossaryTermAdmin
from content.admin.images import StoredImageAdmin
from content.admin.pages import PageAdmin
from content.admin.redirects import RedirectAdmin
from content.admin.screens.trash import TrashedPageAdmin

__all__ = [
    "AuditEntryAdmin",
    "ClinicAdmin",
    "ClinicianAdmin",
    "GlossaryTermAdmin",
    "HelplineAdmin",
    "PageAdmin",
    "RedirectAdmin",
    "SourceAdmin",
    "StoredImageAdmin",
    "TrashedPageAdmin",
]
