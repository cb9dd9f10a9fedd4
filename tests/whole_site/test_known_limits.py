"""Limits of libraries that the docs admit: when a new release mends one, its line can go."""

import pytest
from django.conf import settings
from whitenoise import WhiteNoise

pytestmark = pytest.mark.once
LINE = "WhiteNoise reads no weights in `Accept-Encoding`"


def test_static_files_come_compressed_though_the_weights_forbid_it(tmp_path):
    for name in ("site.css", "site.css.br", "site.css.gz"):
        (tmp_path / name).write_bytes(b"a" * (100 if name == "site.css" else 10))
    seen = {}
    application = WhiteNoise(None, root=str(tmp_path))
    environ = {"PATH_INFO": "/site.css", "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "gzip;q=0, br;q=0"}
    application(environ, lambda status, headers: seen.update(headers)).close()
    is_still_so = "Content-Encoding" in seen
    assert (LINE in (settings.BASE_DIR / "docs/deploy/README.md").read_text()) is is_still_so
