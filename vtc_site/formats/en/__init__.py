"""English; see formats.py."""
