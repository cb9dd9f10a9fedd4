"""Which tests go to which process, where several run. Called by tests/conftest.py.

xdist's own groups do nothing since pytest 9.2: they want to change names that it no longer lets change.
"""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

# What a file says whose tests share something that takes long to make.
SHARED = ('scope="module"', "_django_db_helper")


class SharedTogether(LoadScopeScheduling):
    """One process gets all that shares something, the longest files first; whoever is free gets the next.

    Files that share something hold no test that really commits, but for lasting sites, which put back what
    they found: other tests come after them.
    """

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        if file.startswith("tests/deploy/"):
            return "tests/deploy/"  # one site behind nginx
        return file if _shares(file) else nodeid


@cache
def _shares(file):
    return any(word in Path(file).read_text() for word in SHARED)
