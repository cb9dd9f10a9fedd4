"""Four requests send one code in the same moment: one gets in, on either database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.support.staff import code, make_staff, with_app
from vtc_site.sign_in import second_factor

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_requests_at_the_same_moment_cannot_spend_one_code():
    user, typed = make_staff(), code()
    with_app(user)

    def spend(_):
        try:
            return second_factor.verify(user, typed) is not None
        except second_factor.Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sorted(pool.map(spend, range(4))) == [False, False, False, True]
