"""The edit screen as tests see it: blocks, their titles, buttons that save. Used by test_editing*.py."""

from django.urls import reverse

from content.models import Version

BLOCKS = ".order-machine > .inline-related:not(.empty-form)"


def edit_path(page):
    return reverse("admin:content_page_change", args=[page.pk])


def newest(page):
    return Version.objects.filter(page=page).order_by("-number").first()


def save(editor, name="Save draft"):
    with editor.expect_navigation():
        editor.get_by_role("button", name=name, exact=True).click()
    ready(editor)


def ready(editor):
    """Wait until the blocks, the rich text and the counter are there."""
    editor.wait_for_selector(".move-block")
    editor.wait_for_selector("#page-counter-text:not(:empty)", state="attached")


def block(editor, words):
    return editor.locator(BLOCKS, has=editor.get_by_role("button", name=words))


def titles(editor):
    return editor.locator(f"{BLOCKS} .inline_label").all_inner_texts()
