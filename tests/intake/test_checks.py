"""Each system check speaks when something is wrong and is silent when it is right."""

import pytest
from django.core.checks import run_checks
from django.core.checks.registry import registry

from intake.models import IntakeSettings
from tests.support.staff import make_staff


def ids(*, databases=()):
    found = run_checks(include_deployment_checks=True, databases=list(databases))
    return {message.id for message in found if (message.id or "").startswith("intake.")}


@pytest.fixture(autouse=True)
def real_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def test_nothing_is_wrong_with_good_settings():
    assert ids() == set()


@pytest.mark.parametrize(
    ("changes", "check_id"),
    [
        ({"FIELD_ENCRYPTION_KEYS": []}, "intake.E001"),
        ({"EMAIL_TIMEOUT": None}, "intake.E002"),
        ({"EMAIL_TIMEOUT": 600}, "intake.E002"),
        ({"EMAIL_HOST": "mail.example.org", "EMAIL_USE_TLS": False}, "intake.W004"),
    ],
)
def test_wrong_setting_is_named_with_a_remedy(settings, changes, check_id):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert ids() == {check_id}


def test_requests_in_one_transaction_are_an_error(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    assert ids() == {"intake.E003"}


@pytest.mark.django_db
def test_nobody_to_tell_and_no_days_are_warnings_about_the_database():
    assert ids(databases=["default"]) == {"intake.W005", "intake.W006"}
    make_staff()
    IntakeSettings.objects.create(keep_open_days=1, keep_finished_days=1, keep_spam_days=1)
    assert ids(databases=["default"]) == set()


def test_every_check_has_a_remedy():
    ours = [
        check
        for check in registry.registered_checks | registry.deployment_checks
        if "intake" in check.__module__
    ]
    assert len(ours) == 6
