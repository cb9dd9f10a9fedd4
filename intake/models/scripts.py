"""Words for voicemails and texts, and those that a new site starts with. Shown on the screen of a message."""

from django.db import models


class Script(models.Model):
    """Words for a voicemail or a text, chosen by what the person allowed. Staff edit them."""

    class Use(models.TextChoices):
        VOICEMAIL_NEUTRAL = "voicemail-neutral", "Voicemail: first name and number only"
        VOICEMAIL_FULL = "voicemail-full", "Voicemail: may say why we call"
        TEXT_NEUTRAL = "text-neutral", "Text: may not say who we are"
        TEXT_NAMED = "text-named", "Text: may say who we are"
        SOMEONE_ANSWERS = "someone-answers", "When someone else picks up"

    use = models.CharField(max_length=20, choices=Use.choices, unique=True)
    words = models.TextField(
        help_text="A neutral script must never mention drugs, treatment or health.",
    )

    class Meta:
        verbose_name = "script for calls and texts"
        verbose_name_plural = "scripts for calls and texts"
        ordering = ["use"]

    def __str__(self):
        return self.get_use_display()


STARTING_WORDS = {
    "voicemail-neutral": "Hello, this is [your first name], for [their first name]. Please call me back at"
    " [our number]. Again, that is [our number]. Thank you.",
    "voicemail-full": "Hello [their first name], this is [your first name] from Virtual Treatment"
    " Center. You wrote to us, and I am calling you back. You can reach us at [our number]. Again, that is"
    " [our number]. You can call any time that works for you.",
    "text-neutral": "Hi, this is [your first name]. You asked me to text you. When is a good time to talk?",
    "text-named": "Hi, this is [your first name] from Virtual Treatment Center. You wrote to us. When is a"
    " good time to talk?",
    "someone-answers": "Hello, may I speak to [their first name]? … No, thank you, there is no message. I"
    " will try again. (If they ask who is calling: say only your first name, not where you call from.)",
}


def load_starting_words(apps, schema_editor):
    """Add every script that is missing. Run by the first migration."""
    scripts = apps.get_model("intake", "Script").objects.using(schema_editor.connection.alias)
    for use, words in STARTING_WORDS.items():
        scripts.get_or_create(use=use, defaults={"words": words})
