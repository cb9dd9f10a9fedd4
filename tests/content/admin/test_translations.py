"""Translations: started from the original, shown as pairs, and flagged when the original moves on."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content import dashboard, publishing
from content.models import Callout, Page, Version
from content.publishing import translations
from tests.support.edit_form import fields_of
from tests.support.staff import make_staff

pytestmark = pytest.mark.once


def change(path, *, kind=Version.Change.CLINICAL, box="<p>Call {911} now, and stay.</p>", heading=None):
    """Publish a change of the page at `path`: its first safety box, or only its heading."""
    page = Page.objects.get(path=path)
    if heading:
        Page.objects.filter(pk=page.pk).update(heading=heading)
    else:
        callout = Callout.objects.filter(parent=page).exclude(safety_topic="").first()
        Callout.objects.filter(pk=callout.pk).update(body=box)
    page.refresh_from_db()
    publishing.publish(publishing.record(page), change=kind, next_review_on=timezone.localdate())


def live(path):
    return Version.objects.current().select_related("page").get(path=path)


def test_a_new_site_has_no_translation_behind(starting_pages):
    assert translations.behind() == []


def test_a_clinical_change_of_the_original_flags_the_translation(starting_pages, client):
    change("/withdrawal/", heading="What happens in withdrawal?")
    assert [version.page.path for version in translations.behind()] == ["/es/abstinencia/"]
    lists = {each["title"]: each for each in dashboard.items(make_staff("Editor"))}
    assert "Abstinencia" in lists["Translations to update"]["rows"][0]["text"]
    assert lists["Translations to update"]["rows"][0]["link"].endswith("#original-changed")
    assert not translations.safety_moved(live("/es/abstinencia/"))


def test_a_change_of_wording_flags_nothing(starting_pages):
    heading = Page.objects.get(path="/withdrawal/").heading.lower()
    change("/withdrawal/", heading=heading, kind=Version.Change.WORDING)
    assert translations.behind() == []


def test_readers_are_told_while_a_safety_box_of_the_original_has_moved(starting_pages, client):
    said = "Un aviso de seguridad de la"
    assert said not in client.get("/es/abstinencia/").content.decode()
    change("/withdrawal/")
    html = client.get("/es/abstinencia/").content.decode()
    assert said in html and 'href="/withdrawal/"' in html
    page = Page.objects.get(path="/es/abstinencia/")
    Page.objects.filter(pk=page.pk).update(lede="Con los cambios de la página en inglés.")
    publishing.publish(
        publishing.record(Page.objects.get(pk=page.pk)), change=Version.Change.CLINICAL, next_review_on=None
    )
    assert said not in client.get("/es/abstinencia/").content.decode()
    assert translations.behind() == []


def test_an_editor_creates_the_spanish_page_from_the_english_one(client, starting_pages):
    Page.objects.filter(path="/es/senales/").update(translation_of=None)
    client.force_login(make_staff("Editor"))
    signs = Page.objects.get(path="/signs/")
    screen = client.get(reverse("admin:content_page_change", args=[signs.pk]))
    assert "Create this page in Español" in screen.content.decode()
    client.post(reverse("admin:content_page_translate", args=[signs.pk]), {"language": "es"})
    made = Page.objects.get(path="/es/signs/")
    assert made.translation_of == signs and made.language == "es"
    assert len(publishing.take_snapshot(made)["blocks"]) == len(publishing.take_snapshot(signs)["blocks"])
    assert made.required_topics == signs.required_topics
    assert not Version.objects.current().filter(page=made).exists()


def test_no_role_without_the_right_to_add_pages_creates_one(client, starting_pages):
    Page.objects.filter(path="/es/senales/").update(translation_of=None)
    client.force_login(make_staff("Reviewer"))
    address = reverse("admin:content_page_translate", args=[Page.objects.get(path="/signs/").pk])
    assert client.post(address, {"language": "es"}).status_code == 403


def test_a_page_has_one_translation_a_language(starting_pages):
    with pytest.raises(ValidationError):
        publishing.start_translation(Page.objects.get(path="/signs/"), "es")
    twin = Page(path="/es/otra/", translation_of=Page.objects.get(path="/signs/"))
    with pytest.raises(ValidationError, match="another translation"):
        twin.clean()


def test_a_translation_has_an_address_of_another_language(starting_pages):
    with pytest.raises(ValidationError, match="one language"):
        Page(path="/other/", translation_of=Page.objects.get(path="/signs/")).clean()


def test_the_list_shows_pairs(client, starting_pages, django_assert_max_num_queries):
    client.force_login(make_staff("Editor"))
    html = client.get(reverse("admin:content_page_changelist")).content.decode()
    assert "Español: Withdrawal" in html and "English; Español: Abstinencia" in html
    assert "older than its original" not in html
    change("/withdrawal/", heading="What happens in withdrawal?")
    html = client.get(reverse("admin:content_page_changelist")).content.decode()
    assert html.count("older than its original") == 1
    assert "Español: Withdrawal, older than its original" in html


def edit_screen(client, path):
    if "_auth_user_id" not in client.session:
        client.force_login(make_staff("Editor"))
    return client.get(reverse("admin:content_page_change", args=[Page.objects.get(path=path).pk]))


def test_the_words_of_the_original_stand_beside_each_field(client, starting_pages):
    screen = edit_screen(client, "/es/abstinencia/")
    words = screen.context["original_words"]
    assert words["id_heading"] == Page.objects.get(path="/withdrawal/").heading
    assert words["id_text_blocks-0-heading"] == "I’m in withdrawal now. What can I do?"
    assert "Go to an emergency room, day or night" in words["id_text_blocks-0-body"]
    assert words["id_timelinestage_blocks-1-heading"] == "The hardest stage"
    assert 'id="original-words"' in screen.content.decode()
    assert "original_words" not in edit_screen(client, "/withdrawal/").context


def test_the_screen_of_an_older_translation_shows_what_changed_in_the_original(client, starting_pages):
    assert "original-changed" not in edit_screen(client, "/es/abstinencia/").content.decode()
    change("/withdrawal/", heading="What happens in withdrawal?")
    html = edit_screen(client, "/es/abstinencia/").content.decode()
    note = html.partition('id="original-changed"')[2].partition("</section>")[0]
    assert "<ins>" in note and "<del>" in note and "Heading" in note


def test_the_counter_measures_a_spanish_text_by_inflesz(client, starting_pages):
    screen = edit_screen(client, "/es/abstinencia/")
    page = Page.objects.get(path="/es/abstinencia/")
    body = "<p>" + "Descanse y tome agua a sorbos chicos. " * 20 + "</p>"
    fields = fields_of(screen) | {"text_blocks-0-body": body}
    counts = client.post(reverse("admin:content_page_measure", args=[page.pk]), fields).json()
    assert counts["page"]["score"].startswith("INFLESZ ")
    assert counts["blocks"]["text_blocks-0"]["verdict"] == ""
