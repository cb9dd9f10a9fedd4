"""The edit screen of a page as a browser would fill it in: reads the form, changes it, sends it."""

from html.parser import HTMLParser

from django.urls import reverse

from content import publishing
from content.models import SignList, Version
from tests.support.pages import add_text, make_page


def change_url(page):
    return reverse("admin:content_page_change", args=[page.pk])


def make_draft():
    """Return a page with three blocks, saved as version 1, that is not live."""
    page = make_page()
    add_text(page, "<p>First words.</p>", heading="First", ordering=10)
    add_text(page, "<p>Second words.</p>", heading="Second", ordering=20)
    SignList.objects.create(parent=page, heading="Signs", signs="a\nb", ordering=30)
    publishing.record(page)
    return page


def save(client, page, fields, button="_continue", value="1"):
    return client.post(change_url(page), fields | {button: value})


def newest(page):
    return Version.objects.filter(page=page).order_by("-number").first()


class _Form(HTMLParser):
    """Collects the successful controls of the form with the given id, as a browser would send them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.values, self._inside, self._area, self._select = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self._inside = attrs.get("id") == "page_form"
        name = attrs.get("name")
        if not self._inside or "disabled" in attrs:
            return
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attrs:
            self.values[self._select] = attrs.get("value", "")
        elif tag == "input" and name and attrs.get("type", "text") not in ("submit", "file", "button"):
            self._input(name, attrs)

    def _input(self, name, attrs):
        if attrs.get("type") not in ("checkbox", "radio"):
            self.values[name] = attrs.get("value", "")
        elif "checked" in attrs:
            known = self.values.get(name)
            value = attrs.get("value", "on")
            self.values[name] = [*(known if isinstance(known, list) else [known]), value] if known else value

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False


def fields_of(response):
    """Return what the edit form of `response` would send, template forms left out."""
    parser = _Form()
    parser.feed(response.content.decode())
    return {name: value for name, value in parser.values.items() if name and "__prefix__" not in name}


def add_block(fields, prefix, **values):
    """Add a new block to `fields`, at the end of the page, as “+” does."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    fields[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    last = max((int(value) for name, value in fields.items() if name.endswith("-ordering")), default=0)
    for name, value in ({"id": "", "region": "main", "ordering": str(last + 10)} | values).items():
        fields[f"{prefix}-{number}-{name}"] = value
