"""A page starts from the words of another one and is nobody's translation, sign-off or live page."""

import pytest
from django.urls import reverse

from content import publishing
from content.models import Page, Version
from tests.support.edit_form import change_url, make_draft, newest
from tests.support.pages import make_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_copy_has_the_blocks_and_nothing_of_the_approval(client):
    editor = make_staff("Editor")
    page = make_draft()
    Page.objects.filter(pk=page.pk).update(in_menu=True)
    version = publishing.record(page)
    publishing.sign_off(version, reviewer=make_clinician())
    Page.objects.filter(pk=page.pk).update(required_topics=["tolerance"])
    client.force_login(editor)
    assert "Copy this page" in client.get(change_url(page)).content.decode()
    answer = client.post(reverse("admin:content_page_copy", args=[page.pk]), follow=True)
    copy = Page.objects.exclude(pk=page.pk).get()
    assert "Its address is /some-page-2/. It is not live and not signed off." in answer.content.decode()
    assert (copy.path, copy.heading, str(copy)) == ("/some-page-2/", "What is this? (copy)", "This (copy)")
    assert (copy.in_menu, copy.required_topics, copy.translation_of) == (False, ["tolerance"], None)
    made = newest(copy)
    assert made.snapshot["blocks"] == version.snapshot["blocks"]
    assert (made.author, made.reviewer, made.note) == (editor, None, "Copied from “This”")
    assert not Version.objects.current().filter(page=copy).exists()


@pytest.mark.parametrize("path, copied", [("/", "/copy/"), ("/es/", "/es/copy/"), ("/es/a/", "/es/a-2/")])
def test_a_copy_stays_in_its_language_and_gets_an_address_of_its_own(path, copied):
    page = make_page(path, is_protected=True, heading="H" * 120)
    copy = publishing.copy_page(page)
    assert (copy.path, copy.is_protected) == (copied, False)
    assert copy.heading.endswith("(copy)") and len(copy.heading) <= 120
