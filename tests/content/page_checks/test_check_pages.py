"""`check_pages`: all pages, draft and live, with an exit code that a job can use."""

import pytest
from django.core.management import call_command

from content import page_checks
from content.models import Text, Version

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_finds_no_errors_on_the_starting_pages(starting_pages, capsys):
    call_command("check_pages")
    assert "No errors." in capsys.readouterr().out


def test_fails_on_an_error_in_a_draft_and_names_page_and_block(starting_pages, capsys):
    text = Text.objects.filter(parent__path="/signs/").first()
    text.body += "<p>Call 911 [no-such-source].</p>"
    text.save()
    with pytest.raises(SystemExit) as left:
        call_command("check_pages", "/signs/", "--quiet")
    assert left.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("error /signs/ (draft, block ") for line in lines[:2])
    assert lines[2] == "2 errors."


def test_asks_the_database_for_the_surroundings_only(starting_pages, django_assert_num_queries):
    surroundings = page_checks.Surroundings.read()
    version = Version.objects.current().select_related("page").get(page__path="/withdrawal/")
    with django_assert_num_queries(0):
        page_checks.check_version(version, surroundings)
