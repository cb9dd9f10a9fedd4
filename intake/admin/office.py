"""When the office is open, in the admin: weekly hours, Monday to Friday in one step, and closed days."""

from datetime import date

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from intake import reply_times
from intake.admin import holidays
from intake.forms.fields import ClockField
from intake.models import Closure, OfficeHours
from intake.reply_times import PACIFIC

CLOCK_TIMES = {models.TimeField: {"form_class": ClockField}}


class NewHoursForm(forms.ModelForm):
    """New hours can be those of one day or of Monday to Friday."""

    WEEKDAYS = "monday-to-friday"
    weekday = forms.ChoiceField(choices=[(WEEKDAYS, "Monday to Friday"), *OfficeHours.Weekday.choices])

    class Meta:
        model = OfficeHours
        fields = ["weekday", "opens_at", "closes_at"]

    def clean_weekday(self):
        chosen = self.cleaned_data["weekday"]
        self.other_days = range(1, 5) if chosen == self.WEEKDAYS else ()
        return 0 if chosen == self.WEEKDAYS else int(chosen)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for row in self.other_rows():
                row.full_clean()
        return cleaned

    def other_rows(self):
        times = {name: self.cleaned_data[name] for name in ("opens_at", "closes_at")}
        return [OfficeHours(weekday=day, **times) for day in self.other_days]


@admin.register(OfficeHours)
class OfficeHoursAdmin(admin.ModelAdmin):
    """Every change updates which times of day the form offers, and promises an answer to who waits."""

    list_display = ["weekday", "opens_at", "closes_at"]
    list_display_links = ["weekday", "opens_at"]
    formfield_overrides = CLOCK_TIMES

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not change:
            kwargs["form"] = NewHoursForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            OfficeHours.objects.bulk_create(form.other_rows())
        reply_times.remember_offered_times()
        reply_times.promise_the_waiting()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        reply_times.remember_offered_times()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        reply_times.remember_offered_times()


class HolidaysForm(forms.Form):
    """Federal holidays to come that are not closed days yet: each with a tick."""

    use_required_attribute = False
    days = forms.MultipleChoiceField(label="", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        to_come = [*holidays.federal_holidays(today.year), *holidays.federal_holidays(today.year + 1)]
        closed = set(Closure.objects.values_list("on", flat=True))
        self.names = {str(day): name for day, name in to_come if day > today and day not in closed}
        self.fields["days"].choices = [
            (day, f"{date.fromisoformat(day):%A, %B %-d, %Y}: {name}") for day, name in self.names.items()
        ]
        self.fields["days"].initial = list(self.names)

    def save(self):
        chosen = self.cleaned_data["days"]
        Closure.objects.bulk_create(Closure(on=day, reason=self.names[day]) for day in chosen)
        return len(chosen)


@admin.register(Closure)
class ClosureAdmin(admin.ModelAdmin):
    change_list_template = "admin/intake/closed_days.html"
    list_display = ["on", "reason"]
    list_filter = ["on"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.add_holidays)
        return [path("holidays/", view, name="intake_closure_holidays"), *super().get_urls()]

    def add_holidays(self, request):
        """Offer the federal holidays; those with a tick become closed days."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        today = timezone.localdate(timezone=PACIFIC)
        form = HolidaysForm(request.POST if request.method == "POST" else None, today=today)
        if request.method == "POST" and form.is_valid():
            messages.success(request, f"{form.save()} closed days added.")
            return HttpResponseRedirect(reverse("admin:intake_closure_changelist"))
        context = {**self.admin_site.each_context(request), "title": "Federal holidays", "opts": self.opts}
        return TemplateResponse(request, "admin/intake/holidays.html", {**context, "form": form})
