"""The first words for calls and texts, which staff then edit. Loaded once by the first migration."""

SCRIPTS = {
    "voicemail-neutral": "Hello, this is [your first name], for [their first name]. Please call me back at"
    " [our number]. Again, that is [our number]. Thank you.",
    "voicemail-full": "Hello [their first name], this is [your first name] from Virtual Treatment"
    " Center. You wrote to us, and I am calling you back. You can reach us at [our number]. Again, that is"
    " [our number]. Call whenever it suits you.",
    "text-neutral": "Hi, this is [your first name]. You asked me to text you. When is a good time to talk?",
    "text-named": "Hi, this is [your first name] from Virtual Treatment Center. You wrote to us. When is a"
    " good time to talk?",
    "someone-answers": "Hello, may I speak to [their first name]? … No, thank you, there is no message. I"
    " will try again. (If they ask who is calling: say only your first name, not where you call from.)",
}


def load(apps, schema_editor):
    """Add every script that is not there yet."""
    scripts = apps.get_model("intake", "Script").objects.using(schema_editor.connection.alias)
    for use, words in SCRIPTS.items():
        scripts.get_or_create(use=use, defaults={"words": words})
