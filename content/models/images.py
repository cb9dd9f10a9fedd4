"""Uploaded pictures, kept in the database, which all hosts share. Written by content/images.py."""

from django.db import models
from django.utils import timezone

DIGEST_CHARACTERS = 32  # hexadecimal; 128 bits of SHA-256 over all files of the picture


class ImageDigestField(models.CharField):
    """Names a StoredImage. No foreign key: the snapshot of a Version holds the same text."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"max_length": DIGEST_CHARACTERS})


class StoredImage(models.Model):
    """One picture as visitors get it; never changed, so browsers may keep its address forever."""

    digest = models.CharField(max_length=DIGEST_CHARACTERS, primary_key=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    cropped_from = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, editable=False)
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "picture"
        ordering = ["-uploaded_at", "digest"]

    def __str__(self):
        return f"{self.width} × {self.height} pixels"


class ImageFile(models.Model):
    """A StoredImage in one of its widths, as WebP."""

    image = models.ForeignKey(StoredImage, on_delete=models.CASCADE, related_name="files")
    width = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "width"], name="image_file_per_width")]

    def __str__(self):
        return f"{self.width} pixels wide"
