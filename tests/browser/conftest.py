"""A site with the starting pages, real SMTP on loopback, and a browser that reports what it should not do."""

from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from content.models import Page
from tests.browser.editing import edit_path, ready
from tests.support import starting_site
from tests.support.staff import make_staff
from vtc_site.static_storage import FLATTENED, flatten, smaller

pytestmark = pytest.mark.browser


@pytest.fixture(scope="package", autouse=True)
def flat_styles(tmp_path_factory):
    """Serve each stylesheet of visitors as one file, as production does, and not as forty."""
    folder, ours = tmp_path_factory.mktemp("static"), settings.BASE_DIR / "static"
    for name in FLATTENED:
        flat = folder / name
        flat.parent.mkdir(exist_ok=True)
        flat.write_text(smaller(flatten(name, lambda each: (ours / each).read_text())))
    with override_settings(STATICFILES_DIRS=[folder, *settings.STATICFILES_DIRS]):
        yield


@pytest.fixture
def site(transactional_db, starting_rows, live_server, settings):
    """Return the address of a running site with the starting pages."""
    settings.SITE_URL = live_server.url
    settings.ALLOWED_ORIGINS = [live_server.url]
    starting_site.copy(starting_rows)
    return live_server.url


@pytest.fixture
def visitor(page, site):
    """A page in a fresh browser that fails the test on any foreign request, script error or CSP violation."""
    wrong = []
    page.on("request", lambda request: None if _is_ours(request.url, site) else wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(15_000)
    yield page
    assert [w for w in wrong if "status of 404" not in w and "status of 422" not in w] == []


def _is_ours(url, site):
    return url.startswith((f"{site}/", "data:", "about:", "blob:"))


@pytest.fixture(scope="module")
def lasting_site(starting_rows, django_db_blocker):
    """Return the address of a site with the starting pages that the tests of one module share.

    A module that uses it must also have `_django_db_helper` of states.py; the database is emptied at the end.
    """
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.browser.urls"):
        assert connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"], (
            "not a test database"
        )
        before = connection.creation.serialize_db_to_string()
        starting_site.copy(starting_rows)
        server = LiveServer("localhost")
        with override_settings(SITE_URL=server.url, ALLOWED_ORIGINS=[server.url]):
            yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(before)


@pytest.fixture(scope="module")
def reader(browser, lasting_site):
    """One page in one browser for a whole module; addresses may leave out the host."""
    context = browser.new_context(base_url=lasting_site, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(site):
    """Return a function that signs a member of staff in and opens a page; test_sign_in.py uses the form."""

    def enter(page, user, to="/admin/"):
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
        page.goto(urljoin(site, to))

    return enter


@pytest.fixture
def withdrawal(site):
    return Page.objects.get(path="/withdrawal/")


@pytest.fixture
def editor(visitor, sign_in, withdrawal):
    """Ana on the edit screen of the withdrawal page."""
    visitor.set_viewport_size({"width": 1280, "height": 900})
    sign_in(visitor, make_staff("Editor"), to=edit_path(withdrawal))
    ready(visitor)
    return visitor
