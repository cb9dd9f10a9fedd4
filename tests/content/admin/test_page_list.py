"""The list of pages: its filters, and what is done with several pages at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import HandOver, Page, Version
from content.publishing import hand_over, locks
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = pytest.mark.django_db
SPANISH = {"heading": "¿Qué es?", "title": "Qué es", "lede": "Es una página.", "description": "Una página."}
LIST = reverse("admin:content_page_changelist")


@pytest.fixture
def pages(client):
    """Five pages, one in each state, and the publisher who looks at them."""
    user = make_staff("Publisher")
    client.force_login(user)
    named = {name: make_page(f"/{name}/", short_name=name) for name in ("draft", "live", "newer", "planned")}
    named["es"] = make_page("/es/vivo/", short_name="es", layout=Page.Layout.EMERGENCY, **SPANISH)
    for name in ("live", "newer", "es"):
        publish_page(named[name])
    Page.objects.filter(pk=named["newer"].pk).update(lede="It is another page.")
    publish_page(named["planned"], live_from=timezone.now() + timedelta(days=1))
    for name in ("draft", "newer"):
        publishing.record(named[name], author=user)
    hand_over.ask(publishing.record(named["live"]), author=user)
    locks.lock(named["draft"], author=user, reason="Being rewritten")
    Version.objects.filter(page=named["live"]).update(created_at=timezone.now() - timedelta(days=40))
    return named


def shown(client, query):
    return {page.short_name for page in client.get(f"{LIST}?{query}").context["cl"].queryset}


@pytest.mark.parametrize(
    "query, names",
    [
        ("state=live", "live newer es"),
        ("state=not-live", "draft planned"),
        ("state=newer-draft", "newer"),
        ("state=planned", "planned"),
        ("state=unsigned", "live newer es"),
        ("state=locked", "draft"),
        ("turn=asked", "live"),
        ("turn=mine", ""),
        ("language=es", "es"),
        ("language=en", "draft live newer planned"),
        ("layout__exact=emergency", "es"),
        ("changed=7", "draft newer planned es"),
        ("changed=older", "live"),
        ("state=nonsense&turn=nonsense&language=nonsense&changed=nonsense", "draft live newer planned es"),
    ],
)
def test_the_list_is_filtered(client, pages, query, names):
    assert shown(client, query) == set(names.split())


def test_mine_is_what_waits_for_whoever_looks(client, pages):
    clinician = make_clinician()
    client.force_login(clinician.user)
    assert shown(client, "turn=mine") == {"live"}


def test_the_list_says_who_locked_a_page_with_constant_queries(client, pages, django_assert_max_num_queries):
    assert "locked by ana@vtc.example" in client.get(LIST).content.decode()
    with django_assert_max_num_queries(20):
        client.get(LIST)


def act(client, action, *pages, **more):
    chosen = {"action": action, "_selected_action": [page.pk for page in pages]}
    return client.post(LIST, chosen | more, follow=True).content.decode()


@pytest.mark.once
def test_pages_are_taken_down_only_after_a_screen_that_names_them(client, pages):
    core = make_page("/core/", short_name="core", is_protected=True)
    publish_page(core)
    three = [pages["live"], pages["draft"], core]
    html = act(client, "take_down", *three)
    assert "Take off the site: 1 page<" in html and "/live/" in html
    assert "It is not live." in html and "is a core page" in html
    assert Version.objects.current().filter(page=pages["live"]).exists()  # nothing has happened yet
    html = act(client, "take_down", *three, is_confirmed="yes")
    assert "1 page taken off the site." in html and "“core” stays as it is." in html
    assert not Version.objects.current().filter(page=pages["live"]).exists()
    assert Version.objects.current().filter(page=core).exists()


@pytest.mark.once
def test_the_screen_before_the_trash_names_plans(client, pages):
    html = act(client, "move_to_trash", pages["planned"])
    assert "will not go live" in html
    assert not Page.objects.exclude(trashed_at=None).exists()
    act(client, "move_to_trash", pages["planned"], pages["live"], is_confirmed="yes")
    assert {page.short_name for page in Page.objects.exclude(trashed_at=None)} == {"planned", "live"}


@pytest.mark.once
def test_a_sign_off_is_asked_for_page_by_page_through_the_same_gate(client, pages):
    Page.objects.filter(pk=pages["newer"].pk).update(description="")  # an error: nobody could sign it
    publishing.record(pages["newer"])
    both = [pages["planned"], pages["newer"]]
    assert "Fix 1 error" in act(client, "ask_for_sign_off", *both)
    act(client, "ask_for_sign_off", *both, is_confirmed="yes")
    assert {turn.page.short_name for turn in HandOver.objects.filter(step="asked")} == {"live", "planned"}


@pytest.mark.once
def test_no_action_publishes_and_editors_take_nothing_down(client, pages):
    client.force_login(make_staff("Editor", "ed@vtc.example"))
    offered = client.get(LIST).content.decode()
    assert "Ask for a sign-off…" in offered
    assert "Take off the site…" not in offered and "Move to trash…" not in offered
    act(client, "take_down", pages["live"], is_confirmed="yes")
    assert Version.objects.current().filter(page=pages["live"]).exists()


@pytest.mark.once
def test_what_a_colleague_locked_is_left_alone_by_the_actions(client, pages):
    client.force_login(make_staff("Publisher", "pat@vtc.example"))
    html = act(client, "move_to_trash", pages["draft"])
    assert "Only ana@vtc.example may change “draft”" in html and "Being rewritten" in html
    act(client, "move_to_trash", pages["draft"], is_confirmed="yes")
    assert not Page.objects.exclude(trashed_at=None).exists()
