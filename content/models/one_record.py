"""What the models share that have one record alone: the clinic, its look and words, the page settings."""

from django.db import models


class OneRecord(models.Model):
    """Saving it always writes the one record. A model's own Meta inherits this one, for the constraint."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_one",
                condition=models.Q(pk=1),
                violation_error_message="There is only one record.",
            )
        ]

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)
