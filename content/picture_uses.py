"""Which pages show a picture: in the draft, or in any Version, which can be seen and brought back for ever.

Called by the admin of pictures, which deletes only what no page shows.
"""

from collections import defaultdict

from content.models import Picture, Version


def pages_by_picture():
    """Return the pages that use each picture, by its digest: two queries, whatever the number of pages."""
    found = defaultdict(set)
    for block in Picture.objects.select_related("parent"):
        found[block.image].add(block.parent)
    # The text is looked through by the database: few Versions hold pictures, and only those are read.
    for version in Version.objects.filter(snapshot__icontains='"image"').select_related("page"):
        for block in version.snapshot["blocks"]:
            if block["kind"] == Picture.kind:
                found[block.get("image")].add(version.page)
    return {digest: sorted(pages, key=str) for digest, pages in found.items()}
