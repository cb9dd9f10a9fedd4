"""The admin of pages and shared facts, in our words."""

from content.admin.facts import ClinicAdmin, HelplineAdmin, ReviewerAdmin, SourceAdmin
from content.admin.pages import PageAdmin

__all__ = ["ClinicAdmin", "HelplineAdmin", "PageAdmin", "ReviewerAdmin", "SourceAdmin"]
