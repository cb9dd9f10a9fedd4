"""Where the addresses of admin_urls.py are: routes by name, and a path with an example object in it."""

import re

from django.apps import apps
from django.urls import get_resolver

from tests.vtc_site.staff.admin_urls import EXAMPLES

TABLE = "tests/vtc_site/staff/admin_urls.py"
KEY = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)\$?")


def admin_routes():
    """Return the route of every address of the admin by its name (its route again, when it has no name)."""
    [admin] = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "admin/"]
    routes = {}
    for name, route in _walk(admin.url_patterns, ""):
        for full_name, full_route in _every_app(name, route):
            routes.setdefault(full_name or full_route, full_route)
    return routes


def _walk(patterns, prefix):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield pattern.name, route


def _every_app(name, route):
    """Split the one address of all app lists into one for each app."""
    if name != "app_list":
        return [(name, route)]
    labels = re.search(r"\(\?P<app_label>([^)]*)\)", route)[1].split("|")
    return [(f"app_list {label}", f"{label}/") for label in labels]


def label_of(address):
    """Return the model whose example `address` needs; it may be no model, where the address has no key."""
    return address.example or ".".join(address.name.split("_")[:2])


def make_example(label):
    """Return an object of the model `label`, or None where there is no such model."""
    make = EXAMPLES.get(label)
    try:
        found = make() if make else apps.get_model(label).objects.first()
    except (LookupError, ValueError):
        return None
    assert found is not None, f"No example of {label}: add one to EXAMPLES in {TABLE}."
    return found


def path_of(route, example):
    """Return the path of `route` with the key of `example` in it."""
    key = str(example.pk) if example else "x"
    return "/admin/" + KEY.sub(lambda found: "1" if "number" in found[0] else key, route)
