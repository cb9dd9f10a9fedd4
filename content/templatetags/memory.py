"""`{% remembered "name" %}…{% endremembered %}`: a part that all pages share, made once until a change.

For what is dear to make, like the message form under each page. The part may show shared facts and settings,
but nothing of the page or the request: the first page that needs it makes it for all.
"""

from django import template
from django.db import transaction

from content.caching import public_state

register = template.Library()
_parts = {}  # name -> (generation, HTML)


class Remembered(template.Node):
    def __init__(self, name, nodes):
        self._name, self._nodes = name, nodes

    def render(self, context):
        state = public_state.known()
        if state is None or transaction.get_connection().in_atomic_block:
            return self._nodes.render(context)
        generation, html = _parts.get(self._name, (None, None))
        if generation != state.generation:
            html = self._nodes.render(context)
            _parts[self._name] = state.generation, html
        return html


@register.tag
def remembered(parser, token):
    """Remember what stands up to `endremembered` under a name in quotes."""
    name = token.split_contents()[1].strip("\"'")
    nodes = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered(name, nodes)
