"""The staff's view of messages and notices in Django's admin."""

from django.contrib import admin

from intake.models import Notification, Submission


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    list_display = ["reference", "received_at", "reason", "status"]


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):
    list_display = ["__str__", "created_at", "sent_at"]
