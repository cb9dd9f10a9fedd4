"""A page's draft as plain data, and back: what a Version keeps. Used by the verbs, the editor, the loader."""

from django.db.models import Max

from content.models import BLOCKS_BY_KIND, PAGE_FIELDS, Helpline
from content.publishing.same_text import with_plain_line_ends


def take_snapshot(page):
    """Return the draft of `page` with all its blocks, in their order, as plain data."""
    blocks = [block for model in BLOCKS_BY_KIND.values() for block in model.objects.filter(parent=page)]
    blocks.sort(key=lambda block: (block.ordering, block.kind, block.pk))
    return {
        "page": page_values(page),
        "blocks": [{"kind": block.kind, **_block_values(block)} for block in blocks],
    }


def page_values(page):
    """Return what a snapshot holds of the title fields of `page`."""
    return {name: with_plain_line_ends(getattr(page, name)) for name in PAGE_FIELDS}


def _block_values(block):
    return {field.name: _plain_value(block, field) for field in block.own_fields()}


def _plain_value(block, field):
    if field.many_to_many:
        return list(getattr(block, field.name).order_by("position", "slug").values_list("slug", flat=True))
    return plain(field.value_from_object(block))


def plain(value):
    """Return the value of a field as a snapshot holds it."""
    return with_plain_line_ends(value) if isinstance(value, (int, str)) or value is None else str(value)


def write_draft(page, data):
    """Replace the draft of `page` by the snapshot `data`; fields that came or went since are tolerated."""
    for name in PAGE_FIELDS:
        if name in data["page"] and name != "path":
            setattr(page, name, data["page"][name])
    page.full_clean()
    page.save()
    for model in BLOCKS_BY_KIND.values():
        model.objects.filter(parent=page).delete()
    add_blocks(page, data["blocks"])


def add_blocks(page, blocks):
    """Write `blocks` of a snapshot at the end of the draft of `page`; kinds that went are left out."""
    last = [
        model.objects.filter(parent=page).aggregate(last=Max("ordering")) for model in BLOCKS_BY_KIND.values()
    ]
    start = max((each["last"] or 0 for each in last), default=0)
    for place, block in enumerate(blocks, start=1):
        if model := BLOCKS_BY_KIND.get(block["kind"]):
            _write_block(model, page, start + place * 10, block)


def _write_block(model, page, ordering, data):
    fields = {field.name: field for field in model.own_fields() if field.name in data}
    simple = {name: data[name] for name, field in fields.items() if not field.many_to_many}
    block = model(parent=page, ordering=ordering, **simple)
    block.full_clean(exclude={name for name in model.may_wait() if not data.get(name)})
    block.save()
    for name, field in fields.items():
        if field.many_to_many:
            getattr(block, name).set(Helpline.objects.filter(slug__in=data[name]))
