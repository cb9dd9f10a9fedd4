"""The language of an address, and what a page is called in the others. Used wherever pages are found.

The first part of an address says it: /es/sobredosis/ is Spanish, an address without one is English. Nothing
else does: no header of the browser, no cookie.
"""

from django.conf import settings
from django.utils.translation import get_language_from_path


def of_path(path):
    """Return the code of the language of `path`, as in settings.LANGUAGES."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def home(code):
    """Return the address of the first page in the language `code`."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def siblings(path, topics):
    """Return {language: Topic} of the live page at `path` and of its counterparts; empty without any."""
    here = next((topic for topic in topics if topic.path == path), None)
    if here is None:
        return {}
    return {topic.language: topic for topic in topics if topic.work == here.work}


def switch(path, topics):
    """Return what the switch in the header leads to: code, name, href, and if that is the same page."""
    found = siblings(path, topics)
    return [
        {
            "code": code,
            "name": name,
            "href": found[code].path if code in found else home(code),
            "is_this_page": code in found,
        }
        for code, name in settings.LANGUAGES
        if code != of_path(path)
    ]


def alternates(path, topics):
    """Return the addresses that search engines get as the same page in other languages; empty without any."""
    found = siblings(path, topics)
    if len(found) < 2:
        return []
    named = [(code, found[code].path) for code, _ in settings.LANGUAGES if code in found]
    return [("x-default", named[0][1]), *named]
