"""A locked page is changed by one person alone, on every way that saves or publishes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Page, Version
from content.publishing import hand_over, locks, replacing, trash
from tests.support.edit_form import change_url, fields_of, make_draft, newest, save
from tests.support.pages import publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ada():
    return make_staff("Publisher", "ada@vtc.example", first_name="Ada", last_name="Byron")


@pytest.fixture
def eve():
    return make_staff("Publisher", "eve@vtc.example")


@pytest.fixture
def page(ada):
    page = make_draft()
    publish_page(page)
    Page.objects.filter(pk=page.pk).update(lede="Words that nobody has recorded.")
    locks.lock(page, author=ada, reason="New guideline")
    return page


def test_every_verb_that_changes_a_page_refuses_others(page, ada, eve):
    live, draft = newest(page), publishing.record(page, author=ada)
    later = timezone.now() + timedelta(days=1)
    urgent = {"change": Version.Change.URGENT, "reason": "A dose is wrong."}
    waiting = publishing.publish(draft, live_from=later, author=ada, **urgent)
    Page.objects.filter(pk=page.pk).update(lede="More words.")
    block = {"kind": "text", "heading": "", "body": "<p>New.</p>"}
    ways = {
        "record": lambda: publishing.record(page, author=eve),
        "restore": lambda: publishing.restore(live, author=eve),
        "copy a block": lambda: publishing.copy_block(block, page, author=eve),
        "replace": lambda: replacing.replace(draft, replacing.Search("First"), "Last", author=eve),
        "publish": lambda: publishing.publish(live, change=Version.Change.CLINICAL, author=eve),
        "withdraw": lambda: publishing.withdraw(page, author=eve),
        "unschedule": lambda: publishing.unschedule(waiting, author=eve),
        "require boxes": lambda: publishing.require_topics(page, ["tolerance"], author=eve),
        "trash": lambda: trash.move(page, author=eve),
        "lock": lambda: locks.lock(page, author=eve, reason="Mine"),
        "unlock": lambda: locks.unlock(page, author=eve),
    }
    for name, way in ways.items():
        with pytest.raises(ValidationError, match="Only Ada Byron may change") as refusal:
            way()
        assert "New guideline. Ada Byron or an owner can unlock it." in refusal.value.messages[0], name
    trash.move(page, author=ada)
    with pytest.raises(ValidationError, match="Only Ada Byron"):
        trash.restore(page, author=eve)


def test_whoever_locked_it_goes_on_and_so_do_readers_of_it(page, ada, eve):
    version = publishing.record(page, author=ada)
    hand_over.ask(version, author=eve)
    publishing.sign_off(version, reviewer=make_clinician(eve))
    publishing.publish(version, change=Version.Change.CLINICAL, author=ada)
    assert version.is_live()


def test_it_ends_by_whoever_set_it_by_an_owner_and_with_the_account(page, ada, eve):
    locks.unlock(page, author=ada)
    assert locks.lock_of(page) is None
    locks.lock(page, author=ada, reason="Again")
    locks.unlock(page, author=make_staff("Owner", "owner@vtc.example"))
    locks.lock(page, author=ada, reason="Once more")
    ada.is_active = False
    ada.save()
    publishing.record(page, author=eve)
    locks.lock(page, author=eve, reason="Mine now")
    assert locks.lock_of(page).by == eve
    entries = AuditEntry.objects.filter(action__in=["locked", "unlocked"]).values_list("action", "detail")
    assert ("locked", "New guideline") in entries and ("unlocked", "") in entries


@pytest.mark.parametrize("reason", [" ", "x"])
def test_a_lock_needs_a_reason(page, ada, reason):
    with pytest.raises(ValidationError, match="Say in a few words why"):
        locks.lock(page, author=ada, reason=reason)


def test_the_edit_address_shows_others_the_page_and_who_may_unlock_it(client, page, eve):
    client.force_login(eve)
    html = client.get(change_url(page)).content.decode()
    assert "Only Ada Byron may change" in html and "Ada Byron or an owner can unlock it." in html
    assert "Unlock this page" not in html and "review__page" in html


def test_a_save_that_was_opened_before_the_lock_is_refused_with_everything_as_typed(client, page, ada, eve):
    locks.unlock(page, author=ada)
    client.force_login(eve)
    fields = fields_of(client.get(change_url(page)))
    locks.lock(page, author=ada, reason="New guideline")
    count = Version.objects.count()
    html = save(client, page, fields | {"lede": "What Eve typed."}).content.decode()
    assert "Only Ada Byron may change" in html and "What Eve typed." in html
    assert Version.objects.count() == count


def test_lock_and_unlock_by_the_buttons_of_the_edit_screen(client, page, ada):
    client.force_login(ada)
    html = client.get(change_url(page)).content.decode()
    assert "New guideline" in html and "Unlock this page" in html
    client.post(reverse("admin:content_page_unlock", args=[page.pk]))
    assert locks.lock_of(page) is None
    assert "Lock this page" in client.get(change_url(page)).content.decode()
    lock_url = reverse("admin:content_page_lock", args=[page.pk])
    assert "Why may only you change it?" in client.get(lock_url).content.decode()
    for typed, told in {"": "This field is required", "x": "Say in a few words why"}.items():
        assert told in client.post(lock_url, {"reason": typed}).content.decode()
    client.post(lock_url, {"reason": "Waiting for the lawyer"})
    assert locks.lock_of(page).reason == "Waiting for the lawyer"
