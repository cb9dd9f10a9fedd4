"""Counts answers to “Was this page helpful?” without knowing who gave them. Called by views.py.

A network is remembered in the memory of this process for the day, as a hash with a secret that ends with the
process: one network cannot fill a report, and nothing about it is written down.
"""

import hashlib
import secrets
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from content.models import HelpfulCount

MAX_OF_A_NETWORK = 20  # answers a day; what is more is thanked for and not counted
MAX_NETWORKS = 10_000
_secret = secrets.token_bytes(16)
_today = {"day": None, "counts": Counter()}


def count(page, language, answer, request):
    """Count `answer` for `page` today, unless its network said enough."""
    if not _may_count(request):
        return
    row = {"page": page, "day": timezone.localdate(), "language": language, "answer": answer}
    with transaction.atomic():
        HelpfulCount.objects.get_or_create(**row)
        HelpfulCount.objects.filter(**row).update(count=F("count") + 1)


def _may_count(request):
    day, counts = timezone.localdate(), _today["counts"]
    if _today["day"] != day:
        _today["day"] = day
        counts.clear()
    network = import_string(settings.VISITOR_NETWORK)(request)
    key = hashlib.blake2b(network.encode(), key=_secret, digest_size=8).digest()
    if key not in counts and len(counts) >= MAX_NETWORKS:
        return False
    counts[key] += 1
    return counts[key] <= MAX_OF_A_NETWORK
