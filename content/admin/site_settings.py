"""Admin of the look and the words of the site. What is empty in it says what the release says."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html, format_html_join

from content.admin import site_words
from content.admin.base import SingletonAdmin
from content.admin.image_field import PICTURE
from content.admin.published_facts import PublishedFact, all_live
from content.admin.words_in_languages import OTHER_LANGUAGES, WordsAdmin, WordsForm
from content.models import SiteSettings
from content.models.palettes import PALETTES
from content.models.site_settings import links

# Labels: they name what the site is about.
LABELS = {"topic", "condition", "strip_danger", "strip_steps", "strip_crisis"}


class SiteSettingsForm(WordsForm):
    """Offers the palettes as a list to look through; what every page says is checked, never clinical.

    Only what was touched is: whoever chooses other colors is not held up by words of another day.
    """

    class Meta:
        widgets = {"palette": forms.RadioSelect, "footer_links": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "palette" in self.fields:
            self.fields["palette"].choices = [(name, _with_colors(each)) for name, each in PALETTES.items()]

    def clean(self):
        cleaned = super().clean()
        for name in SiteSettings.WORD_FIELDS:
            for code in (settings.LANGUAGE_CODE, *(code for code, _ in OTHER_LANGUAGES)):
                field = name if code == settings.LANGUAGE_CODE else f"{name}_{code}"
                text = cleaned.get(field) or ""
                for error in _errors(name, text, code) if self._is_touched(field, text) else ():
                    self.add_error(field, error)
        return cleaned

    def _is_touched(self, field, text):
        """Whether it says more than other line ends, which browsers send."""
        before = self.get_initial_for_field(self.fields[field], field) if field in self.fields else ""
        return text.splitlines() != (before or "").splitlines()


def _with_colors(palette):
    """Return the name of `palette` beside its own colors."""
    colors = (palette.deep, palette.sea, *palette.sky)
    rects = format_html_join(
        "",
        '<rect x="{}" width="20" height="20" fill="{}"/>',
        ((20 * place, color) for place, color in enumerate(colors)),
    )
    swatch = '<svg width="80" height="20" viewBox="0 0 80 20" class="swatch" aria-hidden="true">{}</svg> {}'
    return format_html(swatch, rects, palette.label)


def _errors(name, text, code):
    """Return what is wrong with the words of the field `name`; the model checks that links are links."""
    if name == "footer_links":
        return site_words.link_errors([link for link in links(text) if link], code)
    return site_words.errors(text, code, may_name=name in LABELS)


@admin.register(SiteSettings)
class SiteSettingsAdmin(WordsAdmin, PublishedFact, SingletonAdmin):
    form = SiteSettingsForm
    pages_of = staticmethod(all_live)
    formfield_overrides = PICTURE

    fieldsets = [
        ("Colors and logo", {"fields": ["palette", "logo", "is_name_in_logo"]}),
        ("What the site is about", {"fields": ["topic", "condition"]}),
        (
            "The strip at the top of every page",
            {
                "fields": ["strip_danger", "strip_steps", "strip_crisis"],
                "description": "The numbers 911 and 988 stay.",
            },
        ),
        ("Home page", {"fields": ["home_line"]}),
        ("The form, and the way to it", {"fields": ["form_lede", "form_need", "talk_lede"]}),
        ("Footer", {"fields": ["footer_note", "footer_links"]}),
    ]

    def frame_fields(self, site):
        return SiteSettings.WORD_FIELDS
