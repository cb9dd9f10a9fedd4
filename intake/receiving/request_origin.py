"""Says where a form was sent from: a label for staff, never a reason to refuse. Used by views.py."""

from django.conf import settings

from intake.models import Submission


def verdict(headers):
    """Judge by Sec-Fetch-Site, which pages cannot forge, then by an exact Origin; both may be missing."""
    site = headers.get("Sec-Fetch-Site", "")
    if site == "same-origin":
        return Submission.Verdict.SAME
    if site in ("same-site", "cross-site"):
        return Submission.Verdict.FOREIGN
    origin = headers.get("Origin", "null")
    if origin == "null":
        return Submission.Verdict.UNKNOWN
    return Submission.Verdict.SAME if origin in settings.ALLOWED_ORIGINS else Submission.Verdict.FOREIGN
