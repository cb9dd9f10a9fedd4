"""How pages say a day, and where the pictures of the clinic's logo are. Used by the templates of visitors."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

from content import images
from content.rendering import brand_pictures

register = template.Library()


@register.filter(expects_localtime=True)
def day(value):
    """Return the day of `value` here, in the clinic's time zone, as people write it: November 27, 2026."""
    return date_format(value, gettext("F j, Y")) if value else ""


@register.filter
def unbroken(text):
    """Return `text` with hyphens that end no line: a card has no room for half of Medi-Cal."""
    return text.replace("-", "\N{NON-BREAKING HYPHEN}")


@register.simple_tag(takes_context=True)
def site_picture(context, what):
    """Return the address of a picture of the site itself; see brand_pictures.py."""
    return brand_pictures.address(what, context["site"], context["clinic"])


@register.filter
def logo_address(site):
    """Return where the logo is, twice as wide as the header shows it."""
    return images.address(site.logo, images.WIDTHS[0])
