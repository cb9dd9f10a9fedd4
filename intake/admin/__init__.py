"""The staff side of messages in Django's admin: one file for each thing that staff see."""

from intake.admin import access_log, messages, outbox, settings

__all__ = ["access_log", "messages", "outbox", "settings"]
