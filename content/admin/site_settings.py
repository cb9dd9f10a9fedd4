"""Admin of the look and the words of the site. What is empty in it says what the release says."""

from django import forms
from django.contrib import admin

from content.admin.base import SingletonAdmin
from content.admin.image_field import PICTURE
from content.admin.published_facts import PublishedFact, all_live
from content.admin.words_in_languages import WordsAdmin, WordsForm
from content.models import SiteSettings


class SiteSettingsForm(WordsForm):
    """Offers the palettes as a list to look through."""

    class Meta:
        widgets = {"palette": forms.RadioSelect, "footer_links": forms.Textarea({"rows": 4})}


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
