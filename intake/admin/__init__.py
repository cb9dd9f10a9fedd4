"""The staff side of messages in Django's admin: one file for each thing that staff see."""

from intake.admin import messages, office, outbox, reads, settings, spam

__all__ = ["messages", "office", "outbox", "reads", "settings", "spam"]
