"""The shipped nginx in front of a real server of the site."""

from types import SimpleNamespace

import pytest

from tests.bench.site import Site
from tests.deploy.proxy import HOST, Proxy


class Behind(SimpleNamespace):
    """`proxy` in front of `site`, whose one server runs on from test to test."""

    def stop_the_application(self):
        if self.site.process:
            self.site.process.terminate()
            self.site.process.wait(30)

    def start_the_application(self):
        if not self.site.process or self.site.process.poll() is not None:
            self.site.process, _ = self.site.serve(port=self.site.port)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """An installation with the starting pages and collected files, nothing running."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.environment |= {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": f"{HOST},example.org,127.0.0.1"}
    site.process = None
    with site:
        yield site


@pytest.fixture
def behind(site, tmp_path):
    with Proxy(tmp_path, 6 * [site.port]) as proxy:
        behind = Behind(proxy=proxy, site=site)
        behind.start_the_application()
        yield behind
