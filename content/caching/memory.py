"""Values that many pages share, made once until something public changes. Used by every cache of this app."""

from django.db import transaction

from content.caching import public_state

MAX_KEPT = 5000  # values of older generations are dropped beyond that
_kept = {}  # key -> (generation, value)


def remembered(key, make, *, may_ask=True):
    """Return `make()`, remembered under `key` until something public changes.

    Inside a transaction it is made each time: the transaction may have changed something itself. Whether
    something changed may have to be asked of the database, which raises django.db.Error when it is down; with
    `may_ask=False` what this process knows already is enough.
    """
    state = None
    if not in_transaction():
        state = public_state.state() if may_ask else public_state.known()
    if state is None:
        return make()
    generation = state.generation
    known = _kept.get(key)
    if known is None or known[0] != generation:
        if len(_kept) >= MAX_KEPT:
            _drop_older_than(generation)
        known = _kept[key] = generation, make()
    return known[1]


def in_transaction():
    """Whether this thread may have changed something that nobody else sees yet."""
    return transaction.get_connection().in_atomic_block


def last(key):
    """Return what was last remembered under `key`, however old; None if nothing was."""
    return _kept[key][1] if key in _kept else None


def forget():
    """Forget everything (tests)."""
    _kept.clear()


def _drop_older_than(generation):
    for key in [key for key, (age, _) in list(_kept.items()) if age != generation]:
        _kept.pop(key, None)
