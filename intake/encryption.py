"""Text that only a holder of FIELD_ENCRYPTION_KEYS can read, and hashes that only a holder can make.

Used by models/ (fields), receiving/ and staff/search.py (hashes), backups and rotate_encryption_keys.
"""

import hashlib
import hmac
import zlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.signals import setting_changed
from django.db import models
from django.db.models.functions import Cast

LOST = "(This text is lost: the key that opened it is gone.)"
COMPRESSED = b"\0z"  # no text begins with it: PostgreSQL refuses the first character


class DecryptionError(Exception):
    """The keys in the environment are not those that this text was written with."""


@lru_cache(maxsize=1)
def box():
    """Return the cipher: the newest key writes, every key reads."""
    keys = settings.FIELD_ENCRYPTION_KEYS
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: messages cannot be stored.")
    return MultiFernet([Fernet(key) for key in keys])


def _forget_keys(*, setting, **kwargs):
    if setting == "FIELD_ENCRYPTION_KEYS":
        box.cache_clear()


setting_changed.connect(_forget_keys)


def keyed_hashes(purpose, text):
    """Return the hash of `text` under every key, newest first: store the first, look up all of them."""
    return [_keyed_hash(key, purpose, text) for key in settings.FIELD_ENCRYPTION_KEYS]


def _keyed_hash(key, purpose, text):
    derived = hmac.digest(key.encode(), b"intake:" + purpose.encode(), hashlib.sha256)
    return hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()


def _packed(text):
    """Return `text` compressed where that is shorter: a message then takes half to two thirds of the disk."""
    compressed = COMPRESSED + zlib.compress(text)
    return min(text, compressed, key=len)


def _unpacked(packed):
    return zlib.decompress(packed.removeprefix(COMPRESSED)) if packed.startswith(COMPRESSED) else packed


class EncryptedTextField(models.TextField):
    """Text that the database only ever sees encrypted. An empty text stays empty.

    Reading with a wrong key raises DecryptionError, never returns ciphertext. Filtering raises FieldError:
    two encryptions of the same text differ, so a filter could only ever find nothing. `when_lost` makes the
    text that stands in its place once its key is lost for good.
    """

    def __init__(self, *args, when_lost=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.when_lost = when_lost or (lambda: "" if self.blank else LOST)

    def get_db_prep_save(self, value, connection):
        if hasattr(value, "as_sql"):
            raise FieldError(f"{self.name} is encrypted; it takes text, not a database expression.")
        value = super().get_db_prep_save(value, connection)
        if value in (None, ""):
            return value
        return box().encrypt(_packed(str(value).encode())).decode("ascii")

    def from_db_value(self, value, expression, connection):
        if value in (None, ""):
            return value
        try:
            return _unpacked(box().decrypt(value.encode())).decode()
        except InvalidToken as error:
            raise DecryptionError(f"{self.model.__name__}.{self.name}") from error

    def value_to_string(self, obj):
        raise FieldError("dumpdata would write messages in clear. Use `manage.py backup`.")

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted; it cannot be filtered by {lookup_name!r}.")


def rotate():
    """Encrypt every text with the newest key and return the number of rows that needed it.

    Row by row, each in its own transaction: it can be killed at any moment and started again.
    """
    count = 0
    for model, names in _encrypted_models():
        for pk in list(_older_rows(model, names)):
            texts = model._base_manager.filter(pk=pk).values(*names).first()
            if texts:
                count += model._base_manager.filter(pk=pk).update(**texts)
    return count


def fingerprints():
    """Return a short name of each key, in their order: enough to tell them apart, and no part of one."""
    return [hashlib.sha256(key.encode()).hexdigest()[:8] for key in settings.FIELD_ENCRYPTION_KEYS]


def rows_with_older_keys():
    """Return how many rows the newest key alone could not read."""
    return sum(1 for model, names in _encrypted_models() for _ in _older_rows(model, names))


def unreadable_rows():
    """Return how many rows have a text that none of the keys opens."""
    return sum(1 for model, names in _encrypted_models() for _ in _unreadable(model, names))


def give_up():
    """Write in the place of every text that none of the keys opens that it is lost."""
    for model, names in _encrypted_models():
        for pk, lost in list(_unreadable(model, names)):
            texts = {name: model._meta.get_field(name).when_lost() for name in lost}
            model._base_manager.filter(pk=pk).update(**texts)


def encrypted_names(model):
    """Return the names of the fields of `model` that are stored encrypted."""
    return [f.name for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]


def _encrypted_models():
    for model in apps.get_models():
        names = encrypted_names(model)
        if names and not model._meta.proxy:
            yield model, names


def _older_rows(model, names):
    """Yield the keys of rows with a text that the newest key cannot read, looking at ciphertext only."""
    newest = Fernet(settings.FIELD_ENCRYPTION_KEYS[0])
    for pk, *tokens in _ciphertexts(model, names).iterator(chunk_size=200):
        if not all(_reads(newest, token) for token in tokens):
            yield pk


def _unreadable(model, names):
    """Yield the key of each row with texts that none of the keys opens, and the names of those."""
    for pk, *tokens in _ciphertexts(model, names).iterator(chunk_size=200):
        if lost := [name for name, token in zip(names, tokens, strict=True) if not _reads(box(), token)]:
            yield pk, lost


def reads_newest(model, number):
    """Whether the keys open every text in so many of the newest rows of `model`."""
    rows = _ciphertexts(model, encrypted_names(model)).order_by("-pk")[:number]
    return all(_reads(box(), token) for _, *tokens in rows for token in tokens)


def _ciphertexts(model, names):
    """Return the key and the encrypted texts of every row, as they are stored."""
    raw = {f"raw_{name}": Cast(name, models.TextField()) for name in names}
    return model._base_manager.annotate(**raw).values_list("pk", *raw)


def _reads(key, token):
    try:
        return not token or bool(key.decrypt(token.encode()))
    except InvalidToken:
        return False
