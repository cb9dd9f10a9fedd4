"""When the office is open: weekly hours and closed days. Read by reply_times.py."""

from django.core.exceptions import ValidationError
from django.db import models

from intake.models.typed import TypedModel


class OfficeHours(models.Model):
    """One stretch of a weekday in which messages are answered, in Pacific time."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens_at = models.TimeField("opens", help_text="Pacific time.")
    closes_at = models.TimeField("closes", help_text="Pacific time, on the same day.")

    class Meta:
        verbose_name = verbose_name_plural = "office hours"
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                name="office_closes_after_it_opens",
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                violation_error_message="Closing time must be later than opening time.",
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M} to {self.closes_at:%H:%M}"

    def clean(self):
        """Two stretches of a day must not overlap: the shared time would count twice."""
        if self.weekday is None or not self.opens_at or not self.closes_at:
            return
        same_day = OfficeHours.objects.filter(weekday=self.weekday).exclude(pk=self.pk)
        if same_day.filter(opens_at__lt=self.closes_at, closes_at__gt=self.opens_at).exists():
            raise ValidationError("These hours overlap with other hours of the same day.")


class Closure(TypedModel):
    """A day on which the office stays closed."""

    on = models.DateField("day", unique=True)
    reason = models.CharField(max_length=60, blank=True, help_text="For staff only, such as “Thanksgiving”.")

    class Meta:
        verbose_name = "closed day"
        ordering = ["on"]

    def __str__(self):
        return f"{self.on:%b %d, %Y}"
