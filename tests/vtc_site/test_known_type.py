"""A Content-Type that Django dies of never reaches it; what else is in the header stays."""

import pytest
from django.core.handlers.wsgi import WSGIRequest

from vtc_site.known_type import with_known_type

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "odd", ["; charset*=BOGUS''x", ";charset*0*=BOGUS''x; charset*1=y", "; a*=utf-8''%ff"]
)
def test_a_parameter_in_an_unknown_encoding_is_left_out(rf, odd):
    seen = []
    application = with_known_type(lambda environ, start_response: seen.append(WSGIRequest(environ)))
    environ = rf.post("/contact/").environ
    application(environ | {"CONTENT_TYPE": f"{FORM}{odd}; b=1"}, None)
    assert (seen[0].content_type, seen[0].content_params) == (FORM, {"b": "1"})
