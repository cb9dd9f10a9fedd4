"""What tests of the screen of a message do again and again: press its buttons, read it."""

from django.urls import reverse

NUMBER = "555-0100"  # three digits alone also stand in a time or a token now and then


def page_of(submission):
    return reverse("admin:intake_submission_change", args=[submission.pk])


def act(client, submission, name, **fields):
    return client.post(page_of(submission), {"act": name, **fields}, follow=True)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def opened(client, submission):
    """Return the page after the tick on the safety note."""
    return text_of(act(client, submission, "contact", has_read="yes"))
