"""What the tests of the page cache share: a Django that counts, a change of a page, a stopped database."""

from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connections

from content.models import Text
from tests.support.pages import publish_page


class Counted:
    """Django, and how often it was asked."""

    def __init__(self):
        self.asked, self._django = 0, get_wsgi_application()

    def __call__(self, environ, start_response):
        self.asked += 1
        return self._django(environ, start_response)


def change_text(article, words):
    Text.objects.filter(parent=article).update(body=f"<p>{words}</p>")
    publish_page(article)


def stop_database(monkeypatch):
    """Let the database be gone: no connection is open and none can be made."""

    def refuse(*args, **kwargs):
        raise OperationalError("the database is stopped")

    connections.close_all()
    monkeypatch.setattr(type(connections["default"]), "get_new_connection", refuse)
