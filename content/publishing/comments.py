"""Comments on blocks stay with their block, wherever it moves to. Called by the verbs and the screens."""

from content.diff.pages import compare
from content.models import Comment, Version


def add(version, *, block, text, author):
    """Say `text` about the block at this place of `version` (None: the page)."""
    comment = Comment.objects.create(
        page=version.page, version=version, block=block, text=text, author=author
    )
    for newer in Version.objects.filter(page=version.page_id, number__gt=version.number).order_by("number"):
        _follow(comment, newer)
    return comment


def follow(version):
    """Take the open comments on the page of `version`, just recorded, to where their blocks are in it."""
    for comment in _open(version.page_id):
        _follow(comment, version)


def _follow(comment, version):
    """Move `comment` to `version`; if its block was deleted there, it stays with the last that had it."""
    if comment.block is None:
        return
    pairs = compare(comment.version.snapshot, version.snapshot).blocks
    places = [pair.new_place for pair in pairs if pair.old_place == comment.block]
    if places != [None]:
        comment.version, comment.block = version, places[0]
        comment.save(update_fields=["version", "block"])


def open_on(page):
    """Return the comments on `page` that nobody has answered; `is_gone` says that the block was deleted."""
    newest = Version.objects.filter(page=page).order_by("-number").values_list("pk", flat=True).first()
    comments = list(_open(page).select_related("author"))
    for comment in comments:
        comment.is_gone = comment.block is not None and comment.version_id != newest
    return comments


def _open(page):
    return Comment.objects.filter(page=page, answered_at=None).select_related("version")
