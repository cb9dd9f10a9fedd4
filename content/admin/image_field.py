"""The field of the edit screen that takes a picture: shows the present one, uploads another.

Used by block_inlines.py. A picture is stored as soon as its file is good, also when something else on the
page is not: nobody has to choose it again.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html

from content import images
from content.models import StoredImage
from content.models.images import DIGEST_CHARACTERS, ImageDigestField

DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST_CHARACTERS}}}")
HINT = (
    f"JPEG, PNG, WebP, or the first frame of a GIF, up to {images.MAX_BYTES // 2**20} MB."
    " The site makes smaller copies and removes the place and camera from the file."
)


class PictureInput(forms.FileInput):
    """A file to choose, and beside it the picture that stays when none is chosen."""

    class Media:
        js = ("js/admin/pictures.js",)
        css = {"all": ("css/admin/editor.css",)}

    def __init__(self, attrs=None):
        super().__init__({"accept": "image/jpeg,image/png,image/webp,image/gif,image/heic"} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        if f"{name}-none" in data:
            return ""
        return files.get(name) or data.get(f"{name}-kept", data.get(name, ""))

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial):
        return super().use_required_attribute(initial) and not initial

    def render(self, name, value, attrs=None, renderer=None):
        kept = value if isinstance(value, str) else ""
        shown = (
            format_html('<img src="{}" alt="The current picture" height="120">', images.address(kept, 480))
            if kept
            else ""
        )
        none = '<label><input type="checkbox" name="{}-none"> No picture</label>'
        none = format_html(none, name) if kept and not self.is_required else ""
        return format_html(
            '<div class="picture-input" data-pictures-url="{}">{}'
            '<input type="hidden" name="{}-kept" value="{}">{}{}</div>',
            reverse("admin:content_page_pictures"),
            shown,
            name,
            kept,
            super().render(name, None, attrs, renderer),
            none,
        )


class PictureField(forms.Field):
    """Takes an upload or the digest of a stored picture; its value is the digest."""

    widget = PictureInput

    def __init__(self, *, max_length=None, help_text="", **kwargs):
        super().__init__(help_text=help_text or HINT, **kwargs)

    def clean(self, value):
        if isinstance(value, UploadedFile):
            value.digest = images.store(value).digest
            return value.digest
        super().clean(value)
        if value and not StoredImage.objects.filter(pk=value).exists():
            raise ValidationError("This picture is no longer stored. Choose its file again.", code="gone")
        return value

    def in_words(self, digest):
        """Say what a change of a fact is from and to."""
        stored = StoredImage.objects.filter(pk=digest).first() if digest else None
        return f"a picture of {stored}" if stored else "nothing"

    def bound_data(self, data, initial):
        """What the field shows again: of an upload the picture that was stored, if it was good."""
        digest = getattr(data, "digest", "") if isinstance(data, UploadedFile) else data
        return digest if DIGEST.fullmatch(digest or "") else initial


# For `formfield_overrides`
PICTURE = {ImageDigestField: {"form_class": PictureField}}
