"""Runs axe on the page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe


def violations(page, context=None):
    """Return what axe finds wrong on `page`, one readable line each (WCAG 2.2 A, AA and best practices)."""
    results = Axe().run(page, context=context)
    return [
        f"{found['id']} ({found['impact']}): {node['target']} {node['html'][:120]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]
