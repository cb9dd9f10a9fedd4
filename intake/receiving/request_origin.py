"""Says where a form was sent from: a label for staff, never a reason to refuse. Used by views.py."""

from django.conf import settings

from intake.models import Submission


def judge(headers):
    """Judge by Sec-Fetch-Site, which pages cannot forge, then by an exact Origin; both can be missing."""
    site = headers.get("Sec-Fetch-Site", "")
    if site == "same-origin":
        return Submission.Origin.SAME
    if site in ("same-site", "cross-site"):
        return Submission.Origin.FOREIGN
    origin = headers.get("Origin", "null")
    if origin == "null":
        return Submission.Origin.UNKNOWN
    return Submission.Origin.SAME if origin in settings.ALLOWED_ORIGINS else Submission.Origin.FOREIGN
