"""The report on messages: how many, how soon tried, how many reached. For owners and those who answer."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone

from intake.models import IntakeSettings
from intake.reply_times import PACIFIC
from intake.staff import statistics

EARLIEST, LATEST = 2000, 2100  # years; calendar arithmetic fails near the first and last
USUAL_DAYS = 77  # this week and the 11 before


class ReportForm(forms.Form):
    """A period and its steps."""

    use_required_attribute = False
    by = forms.ChoiceField(
        label="Each row is a", choices=[(statistics.WEEK, "week"), (statistics.MONTH, "month")]
    )
    first = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label="To", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean(self):
        fields = super().clean()
        if self.errors:
            return fields
        if fields["last"] < fields["first"]:
            raise forms.ValidationError("The end date is before the start date.")
        if (fields["last"] - fields["first"]).days > statistics.MAX_DAYS:
            raise forms.ValidationError("Choose a period of one year or less.")
        if not EARLIEST <= fields["first"].year <= LATEST:
            raise forms.ValidationError("Check the year.")
        return fields


def reports(model_admin, request):
    """Show the figures of a period. Dates are no secret, so they travel in the address."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = ReportForm(_usual_period() | request.GET.dict())
    rows, total = statistics.report(**form.cleaned_data) if form.is_valid() else ([], None)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "Reports",
        "form": form,
        "rows": [_in_words(row) for row in rows],
        "total": _in_words(total) if total else None,
        "deleted": IntakeSettings.current().say_retention("a message"),
    }
    status = 200 if form.is_valid() else 422
    return TemplateResponse(request, "admin/intake/reports.html", context, status=status)


def _usual_period():
    today = timezone.localdate(timezone=PACIFIC)
    return {"by": statistics.WEEK, "first": today - timedelta(days=USUAL_DAYS), "last": today}


def _in_words(row):
    first_try = statistics.in_words(row.first_try) if row.first_try is not None else ""
    return {"figures": row, "first_try": first_try}
