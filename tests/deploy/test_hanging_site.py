"""nginx in front of a site that takes connections and answers none: readers get the copies soon."""

import os
import signal
import time

import pytest

from tests.bench.site import family

pytestmark = pytest.mark.drill
MAX_SECONDS = 8  # of one wait for the site, on a busy machine


@pytest.fixture
def hanging(behind):
    assert behind.proxy.ask("/overdose-help/", Accept_Encoding="br").status == 200
    processes = family(behind.site.process)
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    yield behind
    for process in processes:
        os.kill(process, signal.SIGCONT)


def test_a_page_of_a_site_that_hangs_comes_from_the_copies_after_one_wait(hanging):
    seconds = 0
    while seconds < 1:  # until the copy is too old to be shown without a look at the site
        begun = time.monotonic()
        answer = hanging.proxy.ask("/overdose-help/", Accept_Encoding="br")
        seconds = time.monotonic() - begun
        assert answer.status == 200 and seconds < MAX_SECONDS
    staff = hanging.proxy.ask("/overdose-help/", Accept_Encoding="br", Cookie="__Host-session=x")
    assert (staff.status, staff.body) == (200, answer.body)
