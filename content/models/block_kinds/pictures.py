"""The kind of block that shows an image. See block_kinds/__init__.py."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from content.models.blocks import Block
from content.models.images import ImageDigestField, StoredImage


class Picture(Block):
    """An image with its alternative text, or marked as decoration."""

    class Shape(models.TextChoices):
        WIDE = "wide", "Wide, 16 to 9"
        PHOTO = "photo", "Photo, 3 to 2"
        SQUARE = "square", "Square"
        TALL = "tall", "Tall, 4 to 5"

        __empty__ = "As it is"

    RATIOS = {Shape.WIDE: 16 / 9, Shape.PHOTO: 3 / 2, Shape.SQUARE: 1, Shape.TALL: 4 / 5}

    kind = "image"
    menu_icon = "image"
    template = "image"
    title_fields = ("alt", "caption")
    word_fields = ("alt", "caption")
    no_link_fields = ("alt",)
    anchor_field = ""

    image = ImageDigestField("picture")
    crop = models.CharField(
        "shape",
        max_length=6,
        choices=Shape.choices,
        blank=True,
        help_text="What is cut off lies farthest from the point that matters.",
    )
    focus_x = models.PositiveSmallIntegerField(
        "point that matters, from the left", default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        "point that matters, from the top", default=50, validators=[MaxValueValidator(100)]
    )
    cropped = ImageDigestField(editable=False, blank=True)  # what visitors see of it; made by the edit screen
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        "what the picture shows", max_length=200, blank=True, help_text="For people who cannot see it."
    )
    is_decorative = models.BooleanField("only decoration", default=False)
    caption = models.CharField(max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = "image"

    def clean(self):
        if self.alt and self.is_decorative:
            raise ValidationError({"alt": "Say what the picture shows, or check “only decoration”."})
        self._take_size()

    def save(self, *args, **kwargs):
        self._take_size()
        super().save(*args, **kwargs)

    def _take_size(self):
        """Copy the size of the picture, so that the snapshot of a Version needs no look at the file."""
        stored = StoredImage.objects.filter(pk=self.cropped or self.image).first()
        self.width, self.height = (stored.width, stored.height) if stored else (0, 0)
