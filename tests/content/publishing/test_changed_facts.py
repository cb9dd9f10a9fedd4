"""Whoever signed a page hears when a shared fact in it changes, and editors change none that is live."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from content import dashboard, publishing
from content.models import AuditEntry, Clinic, GlossaryTerm, Helpline, Source
from content.publishing import changed_facts
from tests.content.admin.test_shared_facts import change, confirm, make_line
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def publisher(client):
    client.force_login(make_staff("Publisher"))
    return client


@pytest.fixture
def signed():
    """The signed live page that names every kind of fact, and one that names none."""
    make_line()
    make_source()
    GlossaryTerm.objects.create(term="tolerance", definition="The body needs more.")
    Clinic.objects.create(first_session_price="$150")
    clinician = make_clinician()
    page, other = make_page(lede="Call {a-line}."), make_page("/other/", short_name="Other")
    body = (
        "<p>Your tolerance falls [cdc-naloxone].</p><p>It costs {clinic-price}.</p><p>{clinic-medicine}</p>"
        "<p>We speak {clinic-languages}.</p>"
    )
    add_text(page, body)
    for each in (page, other):
        publish_page(each, reviewer=clinician)
    return page


def flagged():
    return [
        (version.page, [entry.subject for entry in found]) for version, found in changed_facts.live_pages()
    ]


def set_live(client, fact, **values):
    confirm(client, change(client, fact, **values))


@pytest.mark.parametrize(
    ("make", "values", "subject"),
    [
        (lambda: Helpline.objects.get(slug="a-line"), {"phone": "1-800-555-0177"}, "helpline: A line"),
        (lambda: Clinic.objects.get(), {"first_session_price": "$15"}, "clinic: Virtual Treatment Center"),
    ],
)
def test_a_changed_fact_flags_the_signed_page_that_names_it(publisher, signed, make, values, subject):
    set_live(publisher, make(), **values)
    assert flagged() == [(signed, [subject])]
    user = make_staff("Reviewer", "rita@vtc.example")
    assert "Changed since the sign-off" in [each["title"] for each in dashboard.items(user)]
    for screen in ("review", "publish"):
        html = publisher.get(reverse(f"admin:content_page_{screen}", args=[signed.pk])).content.decode()
        assert "Changed since this text was signed off" in html
    page = publisher.get(signed.path).content.decode()
    assert "numbers or short explanations on this page changed since" in page and '"dateModified"' in page
    assert "changed since" not in publisher.get("/other/").content.decode()
    version = signed.versions.get()
    publishing.sign_off(version, reviewer=version.reviewer)
    assert flagged() == []
    assert "changed since" not in publisher.get(signed.path).content.decode()


@pytest.mark.parametrize(
    "make, values",
    [
        (lambda: GlossaryTerm.objects.get(), {"definition": "It does little harm."}),
        (lambda: Helpline.objects.get(), {"use_when": "Any time but at night"}),
        (lambda: Clinic.objects.get(), {"first_session_price": "$150, and it does no harm"}),
        (lambda: Source.objects.get(), {"title": "Let them sleep"}),
        (lambda: Helpline.objects.get(), {"name": "Police, who may arrest you"}),
        (lambda: Source.objects.get(), {"url": "https://example.com/other/"}),
        (lambda: GlossaryTerm.objects.get(), {"term": "costs"}),
        (lambda: Clinic.objects.get(), {"prescribes": "no"}),
        (lambda: Clinic.objects.get(), {"languages": "English, which is easy"}),
    ],
)
def test_no_reviewer_is_named_for_sentences_of_facts_that_nobody_signed(publisher, signed, make, values):
    question = change(publisher, make(), **values)
    assert "No clinician has signed off these words." in question.content.decode()
    confirm(publisher, question)
    html = publisher.get(signed.path).content.decode()
    assert "not yet checked by a clinician" in html and '"dateModified"' in html
    assert "A Clinician" not in html and "reviewedBy" not in html
    assert "A Clinician" in publisher.get("/other/").content.decode()
    screen = publisher.get(reverse("admin:content_page_review", args=[signed.pk])).content.decode()
    assert "so the page names no reviewer" in screen
    version = signed.versions.get()
    publishing.sign_off(version, reviewer=version.reviewer)
    assert "Reviewed by" in publisher.get(signed.path).content.decode()


def test_a_line_shown_in_place_of_another_brings_words_too(publisher, signed):
    other = make_line("other", name="Other line", use_when="If you feel fine")
    set_live(publisher, Helpline.objects.get(slug="a-line"), is_published=False, replaced_by=other.pk)
    assert "not yet checked by a clinician" in publisher.get(signed.path).content.decode()


def test_a_word_that_a_page_does_not_explain_changes_nothing_there(publisher, signed):
    GlossaryTerm.objects.create(term="dose", definition="How much.")
    page = make_page("/dose/", short_name="Dose")
    add_text(page, '<p><a href="/other/">A dose</a> is named.</p>', heading="Dose")
    publish_page(page, reviewer=signed.versions.get().reviewer)
    assert (
        change(publisher, GlossaryTerm.objects.get(term="dose"), definition="How much of it.").status_code
        == 302
    )
    assert flagged() == []


def test_what_a_clinician_wrote_is_put_back_by_whoever_changed_it(publisher, signed):
    advice = "Naloxone turns an overdose around."
    GlossaryTerm.objects.update(definition=advice)
    term = GlossaryTerm.objects.get()
    set_live(publisher, term, definition="The body is fine.")
    entry = AuditEntry.objects.filter(fact=f"content.glossaryterm:{term.pk}").get()
    url = reverse("admin:content_glossaryterm_change", args=[term.pk])
    confirm(publisher, publisher.get(f"{url}?put_back={entry.pk}"))
    assert GlossaryTerm.objects.get().definition == advice
    assert flagged() == [] and "Reviewed by" in publisher.get(signed.path).content.decode()


def test_other_numbers_and_wording_in_a_fact_keep_the_name(publisher, signed):
    values = [
        (Clinic, {"first_session_price": "$120 for 50 minutes"}),
        (Clinic, {"languages": "English and Vietnamese"}),
        (GlossaryTerm, {"definition": "The body needs more"}),
    ]
    for model, each in values:
        question = change(publisher, model.objects.get(), **each)
        assert "No clinician has signed" not in question.content.decode()
        confirm(publisher, question)
    assert "Reviewed by" in publisher.get(signed.path).content.decode()


def test_who_wrote_a_sentence_of_a_fact_cannot_be_the_only_one_to_sign_it(client, signed):
    clinician, version = make_clinician(make_staff("Publisher"), name="B Clinician"), signed.versions.get()
    client.force_login(clinician.user)
    set_live(client, GlossaryTerm.objects.get(), definition="The body needs a little more each time.")
    with pytest.raises(ValidationError, match="another clinician"):
        publishing.sign_off(version, reviewer=clinician)
    publishing.sign_off(version, reviewer=version.reviewer)


def test_a_fact_put_back_and_one_without_meaning_flag_nothing(publisher, signed):
    line = Helpline.objects.get(slug="a-line")
    set_live(publisher, line, phone="1-800-555-0177")
    set_live(publisher, line, phone="1-800-555-0100")
    set_live(publisher, Clinic.objects.get(), who_answers="Our front desk")  # no page names it
    set_live(publisher, line, position="7")
    assert flagged() == []


def test_a_question_counts_the_pages_that_show_the_words_and_names_a_source(publisher, signed):
    source, term = Source.objects.get(), GlossaryTerm.objects.get()
    set_live(publisher, term, source=source.pk)
    page = make_page("/more/", short_name="More", lede="Your tolerance falls.")
    add_text(page, "<p>Your tolerance falls.</p>")
    publish_page(page)
    for fact, values, count in (
        (source, {"title": "Another"}, 2),
        (term, {"definition": "The body needs much more."}, 2),
        (Clinic.objects.get(), {"first_session_price": "$15"}, 1),
        (Clinic.objects.get(), {"phone": "(818) 555-0100"}, 3),
    ):
        assert f"This changes {count} live page" in change(publisher, fact, **values).content.decode()
    html = change(publisher, GlossaryTerm.objects.get(), source="").content.decode()
    assert f"<del>{source.title}</del>" in html


def test_the_start_page_says_the_difference_and_not_each_step(publisher, signed):
    line, user = Helpline.objects.get(slug="a-line"), make_staff("Reviewer", "rita@vtc.example")
    for phone, cost in (("1-800-555-0177", "Free"), ("1-800-555-0178", ""), ("1-800-555-0179", "")):
        set_live(publisher, line, phone=phone, cost=cost)
    rows = next(
        each["rows"] for each in dashboard.items(user) if each["title"] == "Changed since the sign-off"
    )
    assert rows[0]["note"] == "helpline: A line: Phone: 1-800-555-0100 → 1-800-555-0179"


def test_a_source_that_says_something_else_flags_its_pages(publisher, signed):
    source = Source.objects.get()
    set_live(publisher, source, title="Another title")
    assert [subjects for _, subjects in flagged()] == [["source: cdc-naloxone"]]


def test_a_new_word_that_live_pages_say_is_asked_about_and_flags_them(publisher, signed):
    url = reverse("admin:content_glossaryterm_add")
    question = publisher.post(url, {"term": "costs", "definition": "What you pay.", "language": "en"})
    assert "This changes 1 live page" in question.content.decode()
    assert not GlossaryTerm.objects.filter(term="costs").exists()
    confirm(publisher, question)
    assert flagged() == [(signed, ["glossary term: costs"])]


def test_a_word_that_is_deleted_names_its_pages_first_and_flags_them(publisher, signed):
    term = GlossaryTerm.objects.get()
    url, every = (
        reverse("admin:content_glossaryterm_changelist"),
        {"action": "delete_selected", "post": "yes"},
    )
    publisher.post(url, every | {"_selected_action": [term.pk]})
    assert GlossaryTerm.objects.exists()
    delete = reverse("admin:content_glossaryterm_delete", args=[term.pk])
    assert "This changes 1 live page<" in publisher.get(delete).content.decode()
    publisher.post(delete, {"post": "yes"})
    assert flagged() == [(signed, ["glossary term: tolerance"])]
    kept = AuditEntry.objects.get(detail="deleted")
    assert kept.before["definition"] == "The body needs more."


@pytest.mark.parametrize("button", [{}, {"_make_live": "1"}])
def test_an_editor_changes_no_word_that_live_pages_explain(client, signed, button):
    client.force_login(make_staff("Editor", "emma@vtc.example"))
    add, term = reverse("admin:content_glossaryterm_add"), GlossaryTerm.objects.get()
    typed = {"term": "falls", "definition": "No danger.", "language": "en"}
    html = client.post(add, typed | button).content.decode()
    assert "Ask a publisher to change it" in html
    client.post(reverse("admin:content_glossaryterm_change", args=[term.pk]), typed | button)
    assert client.post(add, typed | {"term": "unheard"} | button).status_code == 302
    unused = GlossaryTerm.objects.get(term="unheard")
    client.post(reverse("admin:content_glossaryterm_change", args=[unused.pk]), typed | button)
    assert set(GlossaryTerm.objects.values_list("term", flat=True)) == {"tolerance", "unheard"}
