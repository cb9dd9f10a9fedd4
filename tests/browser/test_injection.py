"""200 texts that try to run script, in every field: nothing runs on the page, the preview or the admin."""

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_prose_editor.fields import ProseEditorField

from content import publishing
from content.models import BLOCKS_BY_KIND, Helpline, Page, Version
from content.models.images import ImageDigestField
from content.publishing import preview_links
from tests.support.payloads import PAYLOADS
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
ALL = "\n".join(text.replace("\n", " ") for text in PAYLOADS)
# What would run or fetch something if it stood in a page; asked of every document that is shown.
DANGERS = r"""() => {
  const runs = /^[\s\x00-\x1f]*((java|vb)script|data|blob):/i;
  const address = /^(href|src|action|formaction|xlink:href|data|ping|background)$/;
  const isBad = (element, { name, value }) =>
    name.startsWith("on") || name === "srcdoc" || (address.test(name) && runs.test(value)) ||
    (name === "src" && value.includes("evil"));
  const isForeign = (element) =>
    /^(BASE|OBJECT|EMBED|MATH|MARQUEE)$/i.test(element.tagName) ||
    (/^(SCRIPT|STYLE)$/i.test(element.tagName) && !/json/.test(element.type) &&
      element.textContent.includes("alert("));
  return [...document.querySelectorAll("*")]
    .filter((element) => isForeign(element) || [...element.attributes].some((each) => isBad(element, each)))
    .map((element) => element.outerHTML.slice(0, 200));
}"""
SHORTEST = {"starts_hour": 1, "ends_hour": 2, "strength": 1}


def value_for(field, text):
    """Return `text` as an editor gets it into `field`: rich text sanitized, addresses with their slash."""
    if isinstance(field, ProseEditorField):
        return field.sanitize(text)
    if field.name == "link":
        return f"/{text}"
    if isinstance(field, ImageDigestField):  # chosen or made, never typed
        return ""
    if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
        return text
    return field.get_default() if field.has_default() else SHORTEST.get(field.name, "")


def filled(model, text):
    return {field.name: value_for(field, text) for field in model.own_fields() if not field.many_to_many}


def page_values(text):
    return dict.fromkeys(("heading", "title", "short_name", "lede", "description"), text)


@pytest.fixture
def attacked(site):
    """A draft with all texts together in every field of every kind of block."""
    page = Page.objects.create(path="/attacked/", **page_values(ALL))
    for place, model in enumerate(BLOCKS_BY_KIND.values(), start=1):
        block = model.objects.create(parent=page, ordering=place, **filled(model, ALL))
        if model.kind == "helplines":
            block.helplines.set(Helpline.objects.filter(slug="988"))
    return page


@pytest.fixture
def live(attacked):
    """A live Version of it that holds each text alone, in each field of a block of its own."""
    blocks = [
        {"kind": model.kind, **filled(model, text)} for text in PAYLOADS for model in BLOCKS_BY_KIND.values()
    ]
    for block in blocks:
        if block["kind"] == "helplines":
            block["helplines"] = ["988"]
    snapshot = publishing.take_snapshot(attacked) | {"blocks": blocks}
    return Version.objects.create(page=attacked, number=1, snapshot=snapshot, live_from=timezone.now())


def is_asked_for(address):
    return "evil" in address or address.endswith("/x")


@pytest.fixture
def watched(visitor):
    """A browser that writes down every dialog and every request that a text asked for."""
    visitor.tried = []
    visitor.set_default_timeout(60_000)  # all texts in one edit screen take a slow machine long
    visitor.on("dialog", lambda dialog: (visitor.tried.append(dialog.message), dialog.dismiss()))
    visitor.on("request", lambda request: is_asked_for(request.url) and visitor.tried.append(request.url))
    return visitor


def dangers(page):
    return [line for frame in page.frames for line in frame.evaluate(DANGERS)]


def test_nothing_runs_on_the_page_and_behind_a_preview_link(watched, site, live):
    link = preview_links.share(live, author=None)
    for path in ("/attacked/", link.get_absolute_url()):
        assert watched.goto(site + path).status == 200
        assert dangers(watched) == []
    assert watched.tried == []


def test_nothing_runs_in_the_admin(watched, site, attacked, sign_in):
    names = {"first_name": "<script>alert(1)</script>", "last_name": '"><img src=x>'}
    author = make_staff("Publisher", **names)
    preview_links.share(
        publishing.record(attacked, author=author, note="<script>alert(1)</script>"), author=author
    )
    change = reverse("admin:content_page_change", args=[attacked.pk])
    sign_in(watched, author, to=change)
    watched.wait_for_selector("#page-counter-text:not(:empty)", state="attached")
    assert dangers(watched) == []
    page = change.removesuffix("change/")
    for path in (f"{page}preview/?version=1", f"{page}publish/", f"{page}history/", "/admin/content/page/"):
        assert watched.goto(site + path).status == 200, path
        assert dangers(watched) == [], path
    assert watched.tried == []
