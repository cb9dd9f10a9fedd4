"""The three sets of fonts that browsers see in tests, and none of the machine's own: two machines agree.

tests/settings.py names the usual set for every browser; test_first_screen.py goes through all three. The
packages they are from are installed by .ci/require-packages.
"""

from pathlib import Path

SETS = ("narrow", "usual", "wide")


def configuration(name):
    """Return the value of FONTCONFIG_FILE for the set `name`."""
    return str(Path(__file__).parent / f"{name}.conf")
