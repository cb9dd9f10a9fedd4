"""Whether people asked us not to contact them after all. For contact_preferences.py, lists, and storing.py.

A wish like any other: it holds for every message with that number or address, until staff add the words with
which the person took it back.
"""

from django.db.models import Q

from intake.models import Addition, MayContact, Wish

CALL_OFF = Addition.Kind.CALL_OFF
SHARED = ("phone_hash", "email_hash", "person")


def standing(additions, wishes):
    """Return since when nobody may contact them; None when somebody may."""
    said = [(each.at, True) for each in additions if each.kind == CALL_OFF]
    said += [(each.at, each.may_contact == MayContact.NO) for each in wishes if each.may_contact]
    at, is_off = max(said, default=(None, False))
    return at if is_off else None


def mark(rows):
    """Set `is_called_off` on each of `rows`, for the words of a list. Two queries."""
    rows = list(rows)
    additions, wishes = _said_to(rows)
    for row in rows:
        row.is_called_off = _since(row, additions, wishes) is not None
    return rows


def since(row):
    """Return since when nobody may contact whoever sent `row`; None when somebody may. Two queries."""
    return _since(row, *_said_to([row]))


def _since(row, additions, wishes):
    return standing(_about(row, additions), _about(row, wishes))


def _said_to(rows):
    theirs = _of(rows)
    found_by = ("at", *(f"submission__{name}" for name in SHARED))  # no words of a person are decrypted
    additions = Addition.objects.filter(theirs, kind=CALL_OFF).only("kind", *found_by)
    wishes = Wish.objects.filter(theirs).exclude(may_contact="").only("may_contact", *found_by)
    return [list(each.select_related("submission")) for each in (additions, wishes)]


def _of(rows):
    """Return the condition of what was said to one of `rows`, or with their number or address."""
    condition = Q(submission__in=[row.pk for row in rows])
    for name in SHARED:
        values = {getattr(row, name) for row in rows} - {"", None}
        condition |= Q(**{f"submission__{name}__in": values})
    return condition


def _about(row, records):
    return [each for each in records if _is_theirs(row, each.submission)]


def _is_theirs(row, other):
    same = ((getattr(row, name), getattr(other, name)) for name in ("pk", *SHARED))
    return any(one and one == two for one, two in same)
