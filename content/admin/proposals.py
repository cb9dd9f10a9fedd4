"""What a page gets that has only a heading: its address and short name. Used by editing.py and pages.py."""

import textwrap

from django import forms
from django.conf import settings
from django.utils.text import slugify

from content.models import Page
from content.publishing import addresses

MAX_WORDS_LENGTH = 60  # characters of an address made from a heading


class AddressField(forms.CharField):
    """An address as somebody types it: the slashes, small letters and hyphens are ours to add."""

    def to_python(self, value):
        return as_address(super().to_python(value))


def as_address(text):
    """Return the address that `text` means: “Help someone” is /help-someone/."""
    parts = text.removeprefix(settings.SITE_URL).split("/")
    words = [slugify(part).replace("_", "-").strip("-") for part in parts]
    return "/".join(["", *filter(None, words), ""]) if any(words) else text


def address(heading, page):
    """Return an address made from `heading` that `page` can have."""
    words = textwrap.shorten(slugify(heading).replace("-", " "), MAX_WORDS_LENGTH, placeholder="")
    return addresses.free(as_address(words or "page"), page)


def short_name(heading):
    """Return a name for the menu made from `heading`."""
    most = Page._meta.get_field("short_name").max_length
    return textwrap.shorten(heading.rstrip("?.! "), most, placeholder="…")
