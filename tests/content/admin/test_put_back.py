"""Each change of a shared fact can be taken back, the first one and a deletion too."""

import re

import pytest
from django.urls import reverse

from content.models import AuditEntry, Clinic, GlossaryTerm
from tests.content.admin.test_shared_facts import change, confirm, make_line
from tests.support.pages import make_page, make_source, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def publisher(client, publisher):
    """The client of a publisher."""
    return client


def test_the_old_value_is_one_click_away(publisher, client):
    line = make_line()
    publish_page(make_page(lede="Call {a-line} now."))
    confirm(publisher, change(publisher, line, phone="1-800-555-0177"))
    url = reverse("admin:content_helpline_change", args=[line.pk])
    entry = AuditEntry.objects.exclude(fact="").get()
    assert f'href="?put_back={entry.pk}"' in publisher.get(url).content.decode()
    question = publisher.get(f"{url}?put_back={entry.pk}")
    assert "<ins>1-800-555-0100</ins>" in question.content.decode()
    assert confirm(publisher, question).status_code == 302
    assert "1-800-555-0100" in client.get("/some-page/").content.decode()


def test_a_deleted_word_comes_back_by_one_click_and_the_question(publisher, client):
    source = make_source()
    definition = "Naloxone ends what it does."  # a clinician wrote it
    fields = {"term": "opioid", "other_forms": "opioids", "definition": definition, "source": source}
    word = GlossaryTerm.objects.create(**fields)
    publish_page(make_page(lede="An opioid helps."))
    publisher.post(reverse("admin:content_glossaryterm_delete", args=[word.pk]), {"post": "yes"})
    assert not GlossaryTerm.objects.exists()
    listed = publisher.get(reverse("admin:content_glossaryterm_changelist")).content.decode()
    link = re.search(r'href="([^"]*put_back=\d+)"', listed)[1]
    question = publisher.get(link)
    assert "<ins>Naloxone ends what it does.</ins>" in question.content.decode()
    assert confirm(publisher, question).status_code == 302
    again = GlossaryTerm.objects.get()
    assert {name: getattr(again, name) for name in fields} == fields
    assert "put_back" not in publisher.get(reverse("admin:content_glossaryterm_changelist")).content.decode()


def test_an_old_value_that_is_refused_today_says_why(publisher):
    line = make_line()
    publish_page(make_page(lede="Call {a-line} now."))
    confirm(publisher, change(publisher, line, phone="1-800-555-0177"))
    AuditEntry.objects.exclude(fact="").update(before={"phone": "12"})
    url = reverse("admin:content_helpline_change", args=[line.pk])
    answer = publisher.get(f"{url}?put_back={AuditEntry.objects.exclude(fact='').get().pk}", follow=True)
    assert "Not put back. Phone: This number has 2 digits." in answer.content.decode()


def test_what_the_clinic_was_called_before_its_first_save_can_be_put_back(publisher):
    publish_page(make_page())
    add = reverse("admin:content_clinic_add")
    form = publisher.get(add).context["adminform"].form
    typed = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    longest = {"referral_note": "We pay no fees. " * 12, "who_answers": "Our own staff answer. " * 9}
    confirm(publisher, publisher.post(add, typed | longest | {"name": "Sunrise Clinic"}))
    for price in "123456":  # the first save stays in the list although others came since
        change(publisher, Clinic.objects.get(), first_session_price=f"${price}")
    html = publisher.get(reverse("admin:content_clinic_change", args=[1])).content.decode()
    first = AuditEntry.objects.filter(fact="content.clinic:1").last()
    assert "Virtual Treatment Center → Sunrise Clinic" in first.detail and "added" not in first.detail
    assert "In all: name, who answers the phone, sentence on referral fees" in html
    confirm(publisher, publisher.get(f"/admin/content/clinic/1/change/?put_back={first.pk}"))
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.who_answers) == ("Virtual Treatment Center", "")
