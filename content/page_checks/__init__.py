"""Everything that is checked before a page may go live.

Called by the verbs of publishing (errors block), the edit and publish screens, and `check_pages`. Each check
takes a `Draft` and yields `Finding`s; none asks the database.
"""

from content.page_checks import language, links, sources_and_numbers, structure, words
from content.page_checks.draft import Draft, Finding, Surroundings

CHECKS = [structure.check, language.check, words.check, sources_and_numbers.check, links.check]

__all__ = ["Draft", "Finding", "Surroundings", "check", "check_version", "errors"]


def check(snapshot, surroundings, *, required_topics=()):
    """Return the `Finding`s on `snapshot`, errors first, in the order of the page."""
    draft = Draft(snapshot, surroundings, required_topics=required_topics)
    found = [finding for run in CHECKS for finding in run(draft)]
    return sorted(found, key=lambda finding: (finding.severity != "error", finding.place))


def check_version(version, surroundings=None):
    """Return the `Finding`s on `version`; as many queries for a long page as for a short one."""
    surroundings = surroundings or Surroundings.read()
    return check(version.snapshot, surroundings, required_topics=version.page.required_topics)


def errors(findings):
    """Return those of `findings` that block publishing."""
    return [finding for finding in findings if finding.severity == "error"]
