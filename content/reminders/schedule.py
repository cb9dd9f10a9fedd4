"""All reminders about pages and shared facts. Called by vtc_site/background.py and send_review_reminders."""

from content.reminders import license, page_reviews


def send_due():
    """Send what is due today and return how many emails went out; a second run sends nothing twice."""
    return page_reviews.send_reminders() + license.send_reminders()
