"""The admin of pages and shared facts, in our words."""

from content.admin.addresses import OtherAddressAdmin
from content.admin.audit_trail import AuditEntryAdmin
from content.admin.bin import BinnedPageAdmin
from content.admin.facts import ClinicAdmin, HelplineAdmin, ReviewerAdmin, SourceAdmin
from content.admin.pages import PageAdmin
from content.admin.pictures import StoredImageAdmin

__all__ = [
    "AuditEntryAdmin",
    "BinnedPageAdmin",
    "ClinicAdmin",
    "HelplineAdmin",
    "OtherAddressAdmin",
    "PageAdmin",
    "ReviewerAdmin",
    "SourceAdmin",
    "StoredImageAdmin",
]
