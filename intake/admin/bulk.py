"""What staff do with several messages of the list at once: claim, hand over, close, mark as spam.

Each message takes the step by its own verb; what is refused is said and stays as it is. Used by messages.py.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm

from intake.models import Status, Submission
from intake.outbox import emails
from intake.staff import workflow


class BulkForm(ActionForm):
    """The action, and what it needs: a colleague to hand over to, an outcome to close as."""

    to = forms.ModelChoiceField(emails.readers(), required=False, label="Colleague:", empty_label="–")
    outcome = forms.ChoiceField(
        choices=[("", "–"), *Submission.Outcome.choices], required=False, label="Outcome:"
    )


def _each(request, rows, verb):
    """Take the step for every one of `rows`; return how many could take it."""
    count, persons = 0, set()
    for row in Submission.objects.filter(pk__in=list(rows.values_list("pk", flat=True))):
        try:
            if row.person not in persons:  # else it took the step with another message of that person
                verb(row, by=request.user)
            persons |= {row.person} - {None}
            count += 1
        except workflow.StepRefusedError as refusal:
            messages.warning(request, f"{row.spoken_reference}: {refusal}")
    return count


def move_all(request, rows, status):
    """Move every one of `rows` to `status`; return how many could be moved."""
    return _each(request, rows, lambda row, by: workflow.move(row, by=by, status=status))


@admin.action(description="Claim", permissions=["change"])
def claim(model_admin, request, rows):
    messages.success(request, f"{_each(request, rows, workflow.claim)} claimed.")


@admin.action(description="Hand over to the colleague", permissions=["change"])
def hand_over(model_admin, request, rows):
    colleague = emails.readers().filter(pk=request.POST.get("to") or None).first()
    if colleague is None:
        messages.error(request, "Choose a colleague beside the action.")
        return
    count = _each(request, rows, lambda row, by: workflow.hand_over(row, to=colleague, by=by))
    messages.success(request, f"{count} handed over.")


@admin.action(description="Close with the outcome", permissions=["change"])
def close(model_admin, request, rows):
    outcome = request.POST.get("outcome")
    if not outcome:
        messages.error(request, "Choose an outcome beside the action.")
        return
    count = _each(request, rows, lambda row, by: workflow.close(row, by=by, outcome=outcome))
    messages.success(request, f"{count} closed.")


@admin.action(description="Mark as spam", permissions=["change"])
def mark_as_spam(model_admin, request, rows):
    messages.success(request, f"{move_all(request, rows, Status.SPAM)} marked as spam.")


@admin.action(description="Not spam: move back to messages", permissions=["change"])
def put_back(model_admin, request, rows):
    count = move_all(request, rows, Status.NEW)
    messages.success(request, f"{count} moved back to messages, with the time they arrived.")


@admin.action(description="Spam: no answer needed", permissions=["change"])
def confirm_spam(model_admin, request, rows):
    messages.success(request, f"{move_all(request, rows, Status.SPAM)} marked as spam.")
