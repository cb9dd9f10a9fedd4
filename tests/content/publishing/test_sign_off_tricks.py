"""Ways around a sign-off that a hostile publisher would try; each ends at the gate."""

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from content import images, publishing
from content.models import Callout, Card, Clinician, Picture, Redirect, StoredImage, Table, Text, Version
from content.publishing import wording
from tests.support import images as pictures
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def clinician():
    return make_clinician()


@pytest.fixture
def article(clinician):
    """A signed live page with one block of each kind that a trick needs."""
    make_source()
    page = make_page(required_topics=["suicide"])
    add_text(page, '<p>Ask a <a href="/ask/">doctor</a>. Do not stop.</p>', heading="First")
    Table.objects.create(parent=page, caption="Doses", rows="Name | Dose\nA | low", ordering=20)
    Card.objects.create(parent=page, heading="More", link="/ask/", link_label="Ask", ordering=30)
    one = images.store(pictures.upload(pictures.picture((20, 10))))
    Picture.objects.create(parent=page, image=one, alt="A hand", ordering=40)
    Callout.objects.create(
        parent=page, heading="Stay", body="<p>Stay safe.</p>", safety_topic="suicide", ordering=50
    )
    make_page("/ask/", short_name="Ask")
    publish_page(page, reviewer=clinician)
    return page


def other_picture(page):
    two = images.store(pictures.upload(pictures.picture((30, 10))))
    Picture.objects.filter(parent=page).update(image=two.pk)


TRICKS = {
    "table cell": lambda page: Table.objects.update(rows="Name | Dose\nA | high"),
    "table rows": lambda page: Table.objects.update(rows="A | low\nName | Dose"),
    "link target": lambda page: Text.objects.update(body='<p>Ask a <a href="/">doctor</a>. Do not stop.</p>'),
    "card target": lambda page: Card.objects.update(link="/"),
    "picture replaced": other_picture,
    "picture called decoration": lambda page: Picture.objects.update(alt="", is_decorative=True),
    "block removed": lambda page: Text.objects.all().delete(),
    "safety box made plain": lambda page: Callout.objects.update(
        level="information", body="<p>Stay safe</p>"
    ),
    "blocks changed places": lambda page: Text.objects.update(ordering=60),
    "layout": lambda page: page.__class__.objects.filter(pk=page.pk).update(layout="home"),
    "page called not medical": lambda page: page.__class__.objects.filter(pk=page.pk).update(
        is_medical=False
    ),
    "citation dropped": lambda page: Text.objects.update(body="<p>Ask a doctor. Do not stop.</p>"),
    "pause moved": lambda page: Text.objects.update(
        body='<p>Ask a <a href="/ask/">doctor</a>. Do not, stop.</p>'
    ),
    "heading": lambda page: page.__class__.objects.filter(pk=page.pk).update(heading="Why not?"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_changed_page_keeps_no_reviewer_by_calling_it_wording(article, trick):
    before = deepcopy(article.versions.get().snapshot)
    TRICKS[trick](article)
    version = publishing.record(article)
    assert version.number == 2
    assert wording.reasons(before, version.snapshot), trick
    with pytest.raises(ValidationError):
        publishing.publish(version, change="wording", author=make_staff("Publisher"))


def test_a_renamed_account_changes_no_name_under_a_text(article, clinician):
    user = clinician.user
    user.username, user.first_name = "dr.famous", "Doctor Famous"
    user.save()
    Clinician.objects.update(name="Doctor Famous")
    assert article.versions.get().reviewer_name == "A Clinician"


@pytest.mark.parametrize("end", ["record", "account"])
def test_whoever_ended_signs_nothing_more(article, clinician, end):
    Text.objects.update(body="<p>Other words.</p>")
    version = publishing.record(article)
    if end == "record":
        clinician.is_active = False
        clinician.save()
    else:
        clinician.user.is_active = False
        clinician.user.save()
    with pytest.raises(ValidationError):
        publishing.sign_off(version, reviewer=clinician)
    with pytest.raises(ValidationError):
        publishing.publish(version, change="clinical", reviewer=clinician, author=clinician.user)


def test_restoring_an_old_unsigned_text_does_not_take_its_successors_name(article, clinician):
    Text.objects.update(body="<p>Never signed.</p>")
    unsigned = publishing.record(article)
    Text.objects.update(body="<p>Signed words.</p>")
    signed = publishing.record(article)
    publishing.publish(signed, change="clinical", reviewer=clinician)
    restored = publishing.restore(unsigned)
    with pytest.raises(ValidationError):
        publishing.publish(restored, change="wording", author=make_staff("Publisher"))
    urgent = publishing.publish(
        restored, change="urgent", reason="A dose", author=make_staff("Publisher", "p@vtc.example")
    )
    assert urgent.reviewer is None
    assert urgent.unchecked_since == timezone.localdate()


def test_a_wording_change_after_an_urgent_fix_names_nobody(article):
    Text.objects.update(body="<p>Urgent words.</p>")
    publishing.publish(publishing.record(article), change="urgent")
    Text.objects.update(body="<p>The urgent words.</p>")
    version = publishing.publish(publishing.record(article), change="wording")
    assert version.reviewer is None
    assert version.unchecked_since


def test_an_outside_address_names_no_reviewer_of_its_own(article, client):
    """A redirect leads to the article; it shows nothing by itself."""
    Redirect.objects.create(path="/old-flyer/", page=article)
    assert client.get("/old-flyer/").headers["Location"] == article.path
    assert StoredImage.objects.count() == 1
    assert Version.objects.current().get(path=article.path).is_signed
