"""Words for voicemails and texts, and those that a new site starts with. Shown on the screen of a message."""

from django.db import models

from intake.models import neutral_words
from intake.models.choices import Language
from intake.models.typed import TypedModel


class Script(TypedModel):
    """Words to say, chosen by what the person allowed and by language. Staff edit them, owners add some."""

    class Use(models.TextChoices):
        VOICEMAIL_NEUTRAL = "voicemail-neutral", "Voicemail: first name and number only"
        VOICEMAIL_FULL = "voicemail-full", "Voicemail: may say why we call"
        TEXT_NEUTRAL = "text-neutral", "Text: may not say who we are"
        TEXT_NAMED = "text-named", "Text: may say who we are"
        EMAIL_NEUTRAL = "email-neutral", "Email: may not say who we are"
        EMAIL_NAMED = "email-named", "Email: may say who we are"
        SOMEONE_ANSWERS = "someone-answers", "When someone else picks up"

        @classmethod
        def neutral(cls):
            """Those that others may hear or see."""
            return [cls.VOICEMAIL_NEUTRAL, cls.TEXT_NEUTRAL, cls.EMAIL_NEUTRAL]

    use = models.CharField(max_length=20, choices=Use.choices)
    language = models.CharField(
        max_length=10,
        choices=[(value, label) for value, label in Language.choices if value != Language.OTHER],
        default=Language.ENGLISH,
    )
    title = models.CharField(
        max_length=60, blank=True, help_text="For a second one of the same kind, such as “Second try”."
    )
    words = models.TextField(
        help_text="A neutral script must never mention drugs, treatment or health. [their first name],"
        " [our name] and [our number] are filled in.",
    )

    class Meta:
        verbose_name = "script for calls and texts"
        verbose_name_plural = "scripts for calls and texts"
        ordering = ["use", "language", "pk"]

    def __str__(self):
        return f"{self.get_use_display()}: {self.title}" if self.title else self.get_use_display()

    def clean(self):
        if self.use in self.Use.neutral():
            neutral_words.refuse(words=self.words)

    def filled(self, name, number):
        """Return the words with a first name, our name and our number, where they are known."""
        first = name.split()[0] if name.split() else ""
        words = self.words.replace(neutral_words.NAME, neutral_words.clinic_name())
        words = words.replace("[their first name]", first) if first else words
        return words.replace("[our number]", number) if number else words


STARTING_WORDS = {
    "en": {
        "email-neutral": (
            "Hello [their first name],\n\nWhen is a good time to talk? You can answer this email."
        ),
        "email-named": (
            "Hello [their first name],\n\nYou wrote to [our name]. When is a good"
            " time to talk? You can answer this email, or call us at [our number]."
        ),
        "voicemail-neutral": (
            "Hello, this is [your first name], for [their first name]. Please call me back at"
            " [our number]. Again, that is [our number]. Thank you."
        ),
        "voicemail-full": (
            "Hello [their first name], this is [your first name] from [our name]."
            " You wrote to us, and I am calling you back. You can reach us at [our number]. Again,"
            " that is [our number]. You can call any time that works for you."
        ),
        "text-neutral": (
            "Hi, this is [your first name]. You asked me to text you. When is a good time to talk?"
        ),
        "text-named": (
            "Hi, this is [your first name] from [our name]. You wrote to us. When is a good time to talk?"
        ),
        "someone-answers": (
            "Hello, may I speak to [their first name]? … No, thank you, there is no message. I"
            " will try again. (If they ask who is calling: say only your first name, not where you"
            " call from.)"
        ),
    },
    "es": {
        "email-neutral": (
            "Hola [their first name]:\n\n¿Cuándo es un buen momento para hablar?"
            " Puede responder a este correo."
        ),
        "email-named": (
            "Hola [their first name]:\n\nUsted escribió a [our name]. ¿Cuándo es un"
            " buen momento para hablar? Puede responder a este correo o llamarnos al [our number]."
        ),
        "voicemail-neutral": (
            "Hola, soy [your first name] y llamo a [their first name]. Por favor, devuélvame la"
            " llamada al [our number]. Repito, [our number]. Gracias."
        ),
        "voicemail-full": (
            "Hola [their first name], soy [your first name] de [our name]. Usted"
            " nos escribió y le devuelvo la llamada. Puede llamarnos al [our number]. Repito, [our"
            " number]. Llame cuando le convenga."
        ),
        "text-neutral": (
            "Hola, soy [your first name]. Me pidió que le escribiera. ¿Cuándo es un buen momento para hablar?"
        ),
        "text-named": (
            "Hola, soy [your first name] de [our name]. Usted nos escribió. ¿Cuándo"
            " es un buen momento para hablar?"
        ),
        "someone-answers": (
            "Hola, ¿puedo hablar con [their first name]? … No, gracias, no hay mensaje. Volveré a"
            " llamar. (Si preguntan quién llama: diga solo su nombre, no de dónde llama.)"
        ),
    },
}


def load_starting_words(apps, schema_editor):
    """Add every script that is missing. Run by the first migration."""
    scripts = apps.get_model("intake", "Script").objects.using(schema_editor.connection.alias)
    for language, words_by_use in STARTING_WORDS.items():
        for use, words in words_by_use.items():
            scripts.get_or_create(use=use, language=language, defaults={"words": words})
