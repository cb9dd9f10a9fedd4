"""Words that one record has in several languages. Used by helplines and the site's own record."""

from copy import copy

from django.db import models


class SaidInLanguages(models.Model):
    """The fields `WORD_FIELDS` hold English; `words` what pages in other languages say instead."""

    WORD_FIELDS = ()

    # {"es": {"name": …}}; a word that is missing stays as `in_language` of the model says.
    words = models.JSONField("words in other languages", default=dict, blank=True)

    class Meta:
        abstract = True

    def in_language(self, code):
        """Return this record with the words that it has in the language `code`."""
        said = copy(self)
        for name, word in self.words.get(code, {}).items():
            if word and name in self.WORD_FIELDS:
                setattr(said, name, word)
        return said
