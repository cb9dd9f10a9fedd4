"""System checks of the pages, each with a remedy."""

from django.core.checks import Tags, Warning, register
from django.db import DatabaseError


@register(Tags.database, deploy=True)
def live_pages_are_signed_off(app_configs, databases=None, **kwargs):
    """Warn of live pages that no clinician has signed off; needs `check --deploy --database default`."""
    if not databases:
        return []
    from content.models import Version

    try:
        paths = list(Version.objects.current().filter(reviewer=None).values_list("page__path", flat=True))
    except DatabaseError:
        return []
    if not paths:
        return []
    return [
        Warning(
            f"{len(paths)} live pages have no clinician's sign-off: {', '.join(sorted(paths))}",
            hint="In the admin, add the clinician under Clinicians, then publish each page with a sign-off.",
            id="content.W001",
        )
    ]
