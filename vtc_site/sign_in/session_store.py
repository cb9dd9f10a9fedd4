"""Keeps sessions in the database under the hash of their key. Named by SESSION_ENGINE.

Whoever reads the database or a backup of it cannot take over a sign-in.
"""

import hashlib

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from vtc_site.models import StaffSession


def stored(key):
    """Return what stands for the session key `key` in the database: 160 bits, the width of the column."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return StaffSession

    def _get_session_from_db(self):
        running = StaffSession.objects.filter(expire_date__gt=timezone.now())
        row = running.filter(session_key=stored(self.session_key)).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key):
        return super().exists(stored(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        row.account = data.get(SESSION_KEY)
        return row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            super().delete(stored(key))
