"""What staff do with several messages of the list at once: claim, hand over, close, mark as spam.

Each message takes the step by its own verb; what is refused is said and stays as it is. Used by messages.py.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from intake.models import Status, Submission
from intake.outbox import emails
from intake.staff import steps, workflow


class BulkForm(ActionForm):
    """The action, and what it needs: a colleague to hand over to, an outcome to close as."""

    to = forms.ModelChoiceField(emails.readers(), required=False, label="Colleague:", empty_label="–")
    outcome = forms.ChoiceField(
        choices=[("", "–"), *Submission.Outcome.choices], required=False, label="Outcome:"
    )


def _each(request, rows, verb, words):
    """Take the step for every one of `rows`, and say how many could take it.

    A message of somebody who may be in danger is left: what one screen asks, a list cannot.
    """
    count, persons, left = 0, set(), []
    for row in Submission.objects.filter(pk__in=list(rows.values_list("pk", flat=True))):
        try:
            if row.person not in persons:  # else it took the step with another message of that person
                verb(row, by=request.user)
            persons |= {row.person} - {None}
            count += 1
        except steps.InDangerError:
            left.append(row)
        except workflow.StepRefusedError as refusal:
            messages.warning(request, f"{row.spoken_reference}: {refusal}")
    if left:
        messages.warning(request, _left(f"{count} {words}", left))
    else:
        messages.success(request, f"{count} {words}.")


def _left(done, rows):
    """Say which messages were left, each with a link."""
    list_of = {True: "admin:intake_suspectedspam_change", False: "admin:intake_submission_change"}
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (reverse(list_of[row.status in Status.spam()], args=[row.pk]), row.spoken_reference)
            for row in rows
        ),
    )
    return format_html("{}, {} left: it may be somebody in danger. Open it: {}", done, len(rows), links)


def move_all(request, rows, status, words):
    """Move every one of `rows` to `status`."""
    _each(request, rows, lambda row, by: workflow.move(row, by=by, status=status), words)


@admin.action(description="Claim", permissions=["change"])
def claim(model_admin, request, rows):
    _each(request, rows, workflow.claim, "claimed")


@admin.action(description="Hand over to the colleague", permissions=["change"])
def hand_over(model_admin, request, rows):
    colleague = emails.readers().filter(pk=request.POST.get("to") or None).first()
    if colleague is None:
        messages.error(request, "Choose a colleague beside the action.")
        return
    _each(request, rows, lambda row, by: workflow.hand_over(row, to=colleague, by=by), "handed over")


@admin.action(description="Close with the outcome", permissions=["change"])
def close(model_admin, request, rows):
    outcome = request.POST.get("outcome")
    if not outcome:
        messages.error(request, "Choose an outcome beside the action.")
        return
    _each(request, rows, lambda row, by: workflow.close(row, by=by, outcome=outcome), "closed")


@admin.action(description="Mark as spam", permissions=["change"])
def mark_as_spam(model_admin, request, rows):
    move_all(request, rows, Status.SPAM, "marked as spam")


@admin.action(description="Not spam: move back to messages", permissions=["change"])
def put_back(model_admin, request, rows):
    move_all(request, rows, Status.NEW, "moved back to messages, with the time they arrived")


@admin.action(description="Spam: no answer needed", permissions=["change"])
def confirm_spam(model_admin, request, rows):
    move_all(request, rows, Status.SPAM, "marked as spam")
