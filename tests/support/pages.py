"""Pages for tests, with sensible defaults."""

from content import publishing
from content.models import Page, Source, Text, Version


def make_page(path="/some-page/", **fields):
    defaults = {
        "heading": "What is this?",
        "title": "What this is",
        "short_name": "This",
        "lede": "It is a page.",
        "description": "A page.",
    }
    page = Page(path=path, **defaults | fields)
    page.full_clean()
    page.save()
    return page


def add_text(page, body="<p>Some words.</p>", heading="", ordering=10):
    return Text.objects.create(parent=page, heading=heading, body=body, ordering=ordering)


def publish_page(page, **options):
    version = publishing.record(page)
    return publishing.publish(version, **{"change": Version.Change.CLINICAL, **options})


def make_source(slug="cdc-naloxone", **fields):
    defaults = {"publisher": "CDC", "title": "A title", "url": "https://example.org/", "year": "2024"}
    return Source.objects.create(slug=slug, **defaults | fields)
