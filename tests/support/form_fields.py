"""The forms of an HTML page with what a browser would send for them. Used by test_hostile_staff_input.py."""

from html.parser import HTMLParser


class FormFields(HTMLParser):
    """Collects each form as a dict from name to the list of its values, in `forms`."""

    def __init__(self, html):
        super().__init__()
        self.forms, self._fields = [], None
        self._select = self._area = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name = attributes.get("name")
        if tag == "form":
            self._fields = {}
            self.forms.append(self._fields)
        elif self._fields is None or (not name and tag != "option"):
            return
        elif tag == "input":
            self._take_input(name, attributes)
        elif tag == "textarea":
            self._area = name
            self._add(name, "")
        elif tag == "select":
            self._select = name
            self._fields.setdefault(name, [])
        elif tag == "option" and self._select and "selected" in attributes:
            self._add(self._select, attributes.get("value", ""))

    def _take_input(self, name, attributes):
        kind = attributes.get("type", "text")
        if kind not in ("checkbox", "radio", "submit", "file") or "checked" in attributes:
            self._add(name, attributes.get("value", "on"))
        else:
            self._fields.setdefault(name, [])

    def _add(self, name, value):
        self._fields.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self._area:
            self._fields[self._area][-1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._fields = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
