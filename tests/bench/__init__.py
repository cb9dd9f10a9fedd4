"""Measures the site on this machine: `make bench` runs `python -m tests.bench`; nothing passes or fails."""
