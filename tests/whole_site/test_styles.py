"""The styles: one cascade in development and production, one dark theme in the admin, no missing file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.staticfiles import finders
from django.core.management import call_command

from vtc_site.static_storage import FLATTENED, flatten, smaller

pytestmark = pytest.mark.once

CSS = Path(settings.BASE_DIR, "static/css")
RULE = r"{}\s*\{{(?P<body>[^}}]*)\}}"


@pytest.mark.parametrize("name", FLATTENED)
def test_production_serves_the_cascade_that_development_has(name):
    """With a layer in an imported file, or an import left as it is, other rules would win."""
    written = list(_written(CSS.parent / name))
    flat = flatten(name, lambda name: (CSS.parent / name).read_text())
    assert not [text for text in (*written, flat) if re.search(r"@layer|\blayer\(", text)]
    assert "@import" not in flat
    assert flat.count("{") == sum(re.sub(r"/\*.*?\*/", "", text, flags=re.S).count("{") for text in written)


def _written(path):
    """Yield the text of a stylesheet and of all that it imports."""
    text = path.read_text()
    yield text
    for name in re.findall(r'@import url\("([^"]+)"\)', text):
        yield from _written(path.parent / name)


def test_the_dark_theme_of_the_admin_is_the_same_chosen_or_automatic():
    theme = (CSS / "admin/theme.css").read_text()
    automatic = _declarations(theme, r':root:not\(\[data-theme="light"\]\)')
    chosen = _declarations(theme, r'html\[data-theme="dark"\]')
    assert chosen == automatic
    assert chosen["color-scheme"] == "dark"


def test_the_dark_theme_leaves_no_color_to_django():
    """Django's chosen dark theme outranks our light one, its automatic one does not: they would differ."""
    django = Path(admin.__file__).parent / "static/admin/css/dark_mode.css"
    chosen = _declarations(django.read_text(), r'html\[data-theme="dark"\]')
    ours = _declarations((CSS / "admin/theme.css").read_text(), r'html\[data-theme="dark"\]')
    assert chosen.keys() - ours.keys() == set()


def _declarations(css, selector):
    body = re.search(RULE.format(selector), css)["body"]
    return {name: value.strip() for name, value in re.findall(r"([\w-]+)\s*:\s*([^;]+);", body)}


def test_a_mark_and_a_changed_word_have_one_shade_in_the_admin():
    rules = {
        path.name: re.findall(r"^[^{@]*(?:\bins|\bdel|mark--\w+)\s*\{", path.read_text(), re.M)
        for path in (CSS / "admin").glob("*.css")
    }
    assert {name for name, found in rules.items() if found} == {"theme.css"}


def test_every_style_and_script_of_the_templates_exists():
    """Plain storage does not look, so a wrong name would only fail where files are collected."""
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("templates/**/*.html"), *root.glob("*/admin/**/*.py"), *root.glob("*/*/admin.py")]
    named = {
        name
        for path in sources
        for name in re.findall(r"""["']((?:css|js)/[\w/.-]+\.(?:css|js))["']""", path.read_text())
    }
    assert len(named) > 10
    assert [name for name in sorted(named) if not finders.find(name)] == []


def test_a_served_stylesheet_keeps_the_spaces_that_mean_something():
    written = "@media (min-width: 9em) {\n  li + li > a { top: calc(1em + 2px);\n grid-row: 1 / 3; }\n}\n"
    assert smaller(written) == "@media(min-width:9em){li+li>a{top:calc(1em + 2px);grid-row:1/3}}"


def test_a_change_of_one_part_reaches_the_sheet_that_is_served(settings, tmp_path):
    """Collecting again leaves out what did not change, such as the sheet with the imports, flat by then."""
    backend = {"BACKEND": "vtc_site.static_storage.FlatManifestStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [tmp_path / "from"], tmp_path / "to"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    css = tmp_path / "from" / "css"
    css.mkdir(parents=True)
    (css / "site.css").write_text('@import url("part.css");')
    for color in ("red", "blue"):
        (css / "part.css").write_text(f"a {{ color: {color}; }}")
        finders.get_finder.cache_clear()
        call_command("collectstatic", interactive=False, verbosity=0)
        assert (tmp_path / "to" / "css" / "site.css").read_text() == f"a{{color:{color}}}"
