"""Static files as production serves them: hashed, compressed, and each stylesheet flattened to one file.

`css/site.css` is written as @import lines so that it works in a browser as it is; `collectstatic` puts the
imported files in their place, so that a visitor's browser asks for one file.
"""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

FLATTENED = ("css/site.css",)
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;')
COMMENT_OR_SPACE = re.compile(r"/\*.*?\*/|(?<=[{;}])\s+|^\s+", re.DOTALL | re.MULTILINE)


class FlatManifestStorage(CompressedManifestStaticFilesStorage):
    """Flattens `FLATTENED` before hashing and compressing."""

    def post_process(self, paths, dry_run=False, **options):
        for name in () if dry_run else (name for name in FLATTENED if name in paths):
            flat = COMMENT_OR_SPACE.sub("", flatten(name, self._read))
            self.delete(name)
            self._save(name, ContentFile(flat.encode()))
            storage, path = paths[name]
            paths[name] = (self, path if storage is self else name)
        yield from super().post_process(paths, dry_run, **options)

    def _read(self, name):
        with self.open(name) as file:
            return file.read().decode()


def flatten(name, read):
    """Return stylesheet `name` with every @import replaced by the file, inside its layer."""
    folder = name.rpartition("/")[0]

    def imported(match):
        text = flatten(f"{folder}/{match['name']}", read)
        return f"@layer {match['layer']} {{\n{text}\n}}" if match["layer"] else text

    return IMPORT.sub(imported, read(name))
