"""Words that would tell what kind of site this is: never in what others may see or hear on a phone.

Used by the models of scripts and settings when staff write such words.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from intake import typed_text

# In English and Spanish, without accents; each with its endings where it ends in \w*.
TELLING = re.compile(
    r"(?:heroin|fentan|opioid|opiate|drug|drog|alcohol|substance|sustancia|addict|adicc|adict|rehab|recover"
    r"|recuperac|detox|desintox|withdrawal|abstinencia|overdos|sobredosis|naloxon|methadon|metadon|buprenorphin"
    r"|suboxon|treat|tratamiento|therap|terap|counsel|consejer|clinic|patient|pacient|health|mental|psych|psico"
    r"|suicid|crisis)\w*|salud"
)
NAME = "[our name]"  # what scripts hold in its place


def clinic_name():
    """Return the name of the clinic, which the pages keep."""
    return import_string(settings.CLINIC_NAME)()


def telling(text):
    """Return the words of `text` that tell what kind of site wrote it, as they stand there."""
    text = typed_text.one_word(text)  # a soft hyphen hides a word from us, and from no reader
    named = [name for name in (clinic_name(), urlsplit(settings.SITE_URL).hostname, NAME) if name]
    found = [name for name in named if _plain(name) in _plain(text)]
    words = re.findall(r"[^\W\d_]+", text)
    return list(dict.fromkeys(found + [word for word in words if TELLING.fullmatch(_plain(word))]))


def refuse(**texts):
    """Raise `ValidationError` for each field whose text tells, with the words named."""
    wrong = {field: telling(text) for field, text in texts.items() if telling(text)}
    if wrong:
        raise ValidationError({field: _problem(words) for field, words in wrong.items()})


def _problem(words):
    named = ", ".join(f"“{word}”" for word in words)
    return f"Others may see this, and these words tell what kind of site it is from: {named}. Leave them out."


def _plain(text):
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
