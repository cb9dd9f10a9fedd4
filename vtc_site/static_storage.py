"""Static files as production serves them: hashed, compressed, each stylesheet one small file.

`css/site.css` is written as @import lines so that it works in a browser as it is. Production serves the
imported files in their place, in the same order, so both have the same cascade.
"""

import re

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from content.models.palettes import PALETTES

SHEETS = [f"css/{name}{look.suffix}.css" for look in PALETTES.values() for name in ("site", "message")]
FLATTENED = (*SHEETS, "css/print.css")
# Error pages name these without a hash, so that nothing in them can fail: base_error.html, not_sent.html.
KEPT_PLAIN = {*SHEETS, "img/icon.svg"}
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\);')
NEVER_COMPRESSED = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE_AROUND = re.compile(
    r"\s*([{};,>/])\s*"
    r"|\s+([+])\s+(?=[^{};]*\{)"  # of a selector; in calc() the spaces have to stay
    r"|(?<=[\w-]:)\s+|(?<=@media)\s+(?=\()"
)


class FlatManifestStorage(CompressedManifestStaticFilesStorage):
    """Flattens `FLATTENED` before hashing and compressing.

    Compresses only what browsers get: no files without a hash in their name, no source maps. Brotli at its
    best takes a second for each half megabyte.
    """

    keep_only_hashed_files = True

    def delete_files(self, files_to_delete):
        super().delete_files(files_to_delete - KEPT_PLAIN)

    def create_compressor(self, **options):
        return super().create_compressor(**options | {"extensions": NEVER_COMPRESSED})

    def post_process(self, paths, dry_run=False, **options):
        sources = dict(paths)  # not what stands here from the last time, which is flat already, and old

        def read(name):
            storage, path = sources[name]
            with storage.open(path) as file:
                return file.read().decode()

        for name in () if dry_run else (name for name in FLATTENED if name in paths):
            flat = smaller(flatten(name, read))
            self.delete(name)
            self._save(name, ContentFile(flat.encode()))
            storage, path = paths[name]
            paths[name] = (self, path if storage is self else name)
        yield from super().post_process(paths, dry_run, **options)


def flatten(name, read):
    """Return stylesheet `name` with every @import replaced by the file; `read` returns the text of a file."""
    folder = name.rpartition("/")[0]
    text = COMMENT.sub("", read(name))
    return IMPORT.sub(lambda match: flatten(f"{folder}/{match['name']}", read), text)


def smaller(css):
    """Return `css` without spaces that only people need; no text in quotes may hold one of these signs."""
    return SPACE_AROUND.sub(lambda match: match[1] or match[2] or "", css).replace(";}", "}").strip()
