"""`{% remembered "name" %}…{% endremembered %}`: a part that all pages share, made once until a change.

For what is expensive to make, like the message form under each page. The part may show shared facts and
settings, but nothing of the page or the request: the first page that needs it makes it for all.
"""

from django import template

from content.caching import memory

register = template.Library()


class Remembered(template.Node):
    def __init__(self, name, nodes):
        self._name, self._nodes = name, nodes

    def render(self, context):
        key = "part", self._name  # error pages show it too, so the database is not asked
        return memory.remembered(key, lambda: self._nodes.render(context), may_ask=False)


@register.tag
def remembered(parser, token):
    """Remember what is between the tags, under a name in quotes."""
    name = token.split_contents()[1].strip("\"'")
    nodes = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered(name, nodes)
