"""One place for shared facts: right on every page, known where used, kept while anything rests on them."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Clinic, Helpline, HelplineList, Source, Version
from content.rendering import usage
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WHO, NO_FEES = "Our own therapists answer.", "Nobody pays or takes referral fees."


@pytest.fixture
def publisher(client):
    client.force_login(make_staff("Publisher"))
    return client


def make_line(slug="a-line", **fields):
    defaults = {"name": "A line", "phone": "1-800-555-0100", "is_published": True}
    return Helpline.objects.create(slug=slug, **defaults | fields)


def where(uses):
    return [(use.page.path, use.where) for use in uses]


def test_a_source_knows_the_pages_that_cite_it_live_planned_and_drafted():
    make_source()
    live, planned, draft = make_page("/live/"), make_page("/planned/"), make_page("/draft/")
    for page in (live, planned, draft):
        add_text(page, "<p>So it is [cdc-naloxone].</p>")
    publish_page(live)
    publish_page(planned, live_from=timezone.now() + timedelta(days=1))
    publishing.record(draft)
    uses = usage.all_uses().sources["cdc-naloxone"]
    assert sorted(where(uses)) == [("/draft/", "draft"), ("/live/", "live"), ("/planned/", "planned")]


def test_a_source_that_only_the_draft_dropped_is_still_live():
    make_source()
    page = make_page(lede="So it is [cdc-naloxone].")
    publish_page(page)
    page.lede = "It is."
    page.save()
    publishing.record(page)
    assert where(usage.all_uses().sources["cdc-naloxone"]) == [(page.path, "live")]


def test_a_line_says_what_to_text_before_its_number_and_shows_its_tty_number(client):
    make_line(sms_number="435748", sms_note="Text your ZIP code to", tty_phone="1-800-555-0101")
    make_line("other-line", sms_number="838255")
    page = make_page()
    HelplineList.objects.create(parent=page).helplines.set(Helpline.objects.all())
    publish_page(page)
    html = client.get(page.path).content.decode()
    assert '<a href="sms:435748">Text your ZIP code to 435748</a>' in html
    assert '<a href="sms:838255">Text 838255</a>' in html
    assert '<a href="tel:+18005550101">TTY 1-800-555-0101</a>' in html


def test_a_helpline_knows_its_pages_by_token_and_by_block():
    make_line()
    by_token, by_block = make_page("/token/", lede="Call {a-line} now."), make_page("/block/")
    block = HelplineList.objects.create(parent=by_block)
    block.helplines.set(Helpline.objects.all())
    for page in (by_token, by_block):
        publish_page(page)
    assert sorted(where(usage.all_uses().helplines["a-line"])) == [
        ("/block/", "live"),
        ("/token/", "live"),
    ]


def test_the_admin_shows_where_a_source_is_used_and_fixes_its_code(publisher):
    source, page = make_source(), make_page(lede="So it is [cdc-naloxone].", short_name="Naloxone")
    publish_page(page)
    html = publisher.get(reverse("admin:content_source_change", args=[source.pk])).content.decode()
    assert f'<a href="/admin/content/page/{page.pk}/change/">Naloxone (live)</a>' in html
    assert 'name="slug"' not in html
    assert publisher.get(reverse("admin:content_source_changelist")).status_code == 200


@pytest.mark.parametrize("kind", ["source", "helpline", "clinician"])
def test_what_is_used_cannot_be_deleted_and_what_is_not_can(admin_client, kind):
    used, unused = used_and_unused(kind)
    for fact, is_left in ((used, True), (unused, False)):
        url = reverse(f"admin:content_{kind}_delete", args=[fact.pk])
        assert admin_client.post(url, {"post": "yes"}).status_code == (403 if is_left else 302)
        assert type(fact).objects.filter(pk=fact.pk).exists() == is_left
    url = reverse(f"admin:content_{kind}_changelist")
    admin_client.post(url, {"action": "delete_selected", "_selected_action": [used.pk], "post": "yes"})
    assert type(used).objects.filter(pk=used.pk).exists()


def used_and_unused(kind):
    page = make_page(lede="So it is [cdc-naloxone]. Call {a-line}.")
    facts = {
        "source": (make_source(), make_source("other")),
        "helpline": (make_line(), make_line("other")),
        "clinician": tuple(make_clinician(name=name) for name in "AB"),
    }
    review = {"reviewer": facts["clinician"][0], "reviewed_on": timezone.localdate()}
    publish_page(page, change=Version.Change.CLINICAL, **review)
    return facts[kind]


def test_a_line_in_the_footer_cannot_be_deleted(admin_client):
    line = make_line(is_in_footer=True)
    assert admin_client.post(reverse("admin:content_helpline_delete", args=[line.pk])).status_code == 403


def test_a_publisher_may_delete_a_source_that_nothing_rests_on(publisher):
    source = make_source()
    publisher.post(reverse("admin:content_source_delete", args=[source.pk]), {"post": "yes"})
    assert not Source.objects.exists()
    assert AuditEntry.objects.filter(action=AuditEntry.Action.FACT_CHANGED, detail="deleted").exists()


def change(client, fact, **values):
    """Send the form of `fact` with `values` changed, as the browser does."""
    url = reverse(f"admin:content_{fact._meta.model_name}_change", args=[fact.pk])
    form = client.get(url).context["adminform"].form
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: value for name, value in (typed | values).items() if value not in (None, False)}
    lists = {name: [each.pk for each in value] for name, value in typed.items() if isinstance(value, list)}
    return client.post(url, typed | lists)


def confirm(client, question, button="_make_live"):
    """Press a button of the screen that asks."""
    typed = {}
    for name, value in question.context["typed"]:
        typed.setdefault(name, []).append(value)
    return client.post(question.context["action"], typed | {button: "1"})


def test_a_change_says_what_it_touches_and_waits_for_the_second_word(publisher, client):
    line = make_line()
    publish_page(make_page(lede="Call {a-line} now."))
    question = change(publisher, line, phone="1-800-555-0177")
    html = question.content.decode()
    assert "This changes 1 live page" in html
    assert "<del>1-800-555-0100</del> → <ins>1-800-555-0177</ins>" in html
    assert "1-800-555-0100" in client.get("/some-page/").content.decode()
    back = confirm(publisher, question, "_back").content.decode()
    assert "1-800-555-0177" in back
    assert "Visitors still see what they saw before" in back
    line.refresh_from_db()
    assert line.phone == "1-800-555-0100"
    assert confirm(publisher, question).status_code == 302
    assert "1-800-555-0177" in client.get("/some-page/").content.decode()
    assert AuditEntry.objects.get(fact=f"content.helpline:{line.pk}").detail.endswith(
        "1-800-555-0100 → 1-800-555-0177"
    )


@pytest.mark.parametrize(("slug", "field"), [("911", "phone"), ("988", "phone"), ("988", "sms_number")])
def test_911_and_988_are_locked_to_their_numbers(starting_pages, publisher, slug, field):
    answer = change(publisher, Helpline.objects.get(slug=slug), **{field: "912"})
    assert f"This line is {slug} and cannot get another number." in answer.content.decode()
    assert getattr(Helpline.objects.get(slug=slug), field) == slug
    assert (
        "is always shown"
        in change(publisher, Helpline.objects.get(slug=slug), is_published=False).content.decode()
    )


def test_a_line_in_use_is_not_hidden_without_another_in_its_place(publisher, client):
    line, other = make_line(), make_line("other", name="Other line", phone="1-800-555-0155")
    publish_page(make_page(lede="Call {a-line} now."))
    assert "Live pages use this line" in change(publisher, line, is_published=False).content.decode()
    question = change(publisher, line, is_published=False, replaced_by=other.pk)
    assert confirm(publisher, question).status_code == 302
    html = client.get("/some-page/").content.decode()
    assert "1-800-555-0155" in html
    assert "Call A line" not in html
    assert "Live pages use this line" in change(publisher, other, is_published=False).content.decode()


def test_the_phone_of_the_clinic_goes_the_same_way(publisher, client):
    clinic = Clinic.objects.create(phone="(818) 555-0100")
    publish_page(make_page())
    question = change(publisher, clinic, phone="(818) 555-0199")
    assert "<ins>(818) 555-0199</ins>" in question.content.decode()
    confirm(publisher, question)
    clinic.refresh_from_db()
    assert clinic.phone == "(818) 555-0199"


def test_what_no_live_page_shows_is_saved_at_once(publisher):
    line = make_line()
    assert change(publisher, line, phone="1-800-555-0177").status_code == 302


def test_a_spare_number_that_is_missing_cannot_be_shown(publisher):
    answer = change(publisher, make_line(), is_spare_used="on")
    assert "Enter the spare number before you show it." in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "is_good"),
    [
        ("911", True),
        ("(818) 555-0100", True),
        ("+1 818 555 0100", True),
        ("818-555-010", False),
        ("2-818-555-0100", False),
    ],
)
def test_a_number_that_nobody_can_reach_is_refused(number, is_good):
    clinic = Clinic(phone=number)
    if is_good:
        clinic.clean()
        return
    with pytest.raises(ValidationError, match="digits"):
        clinic.clean()


NUMBERS = [{"phone": "(818) 555-0100"}, {"text_number": "(818) 555-0101"}]
PARAGRAPHS = re.compile(r"<(?:p|li)\b(?:(?!</(?:p|li)>).)*", re.DOTALL)


@pytest.mark.parametrize("numbers", [*NUMBERS, NUMBERS[0] | NUMBERS[1]])
def test_who_answers_and_that_no_fees_are_paid_stand_beside_each_number(starting_pages, client, numbers):
    Clinic.objects.create(**numbers, who_answers=WHO, referral_note=NO_FEES)
    for path in ("/", "/about/", "/contact/", "/no-such-page/"):
        html = client.get(path).content.decode()
        for number in numbers.values():
            beside = [text for text in PARAGRAPHS.findall(html) if number in text and "button" not in text]
            assert beside
            assert all(WHO in text and NO_FEES in text for text in beside)
        assert html.count(NO_FEES) >= html.count('href="tel:+18185550100"')


def test_they_stand_beside_the_number_when_a_message_was_not_sent(client, db):
    clinic = Clinic(phone="(818) 555-0100", who_answers=WHO, referral_note=NO_FEES)
    html = render_to_string("intake/not_sent.html", {"clinic": clinic})
    assert f"{WHO} {NO_FEES}" in html


def test_the_clinic_is_one_record_that_its_list_leads_to(publisher):
    url = reverse("admin:content_clinic_changelist")
    assert publisher.get(url)["Location"] == reverse("admin:content_clinic_add")
    Clinic.objects.create()
    assert publisher.get(url)["Location"] == reverse("admin:content_clinic_change", args=[1])


@pytest.mark.parametrize(
    ("verification", "is_shown"), [("seen", True), ("second-hand", False), ("not-opened", False)]
)
def test_a_source_says_when_it_was_read_if_anybody_read_it(client, verification, is_shown):
    make_source(checked_on=date(2026, 11, 2), verification=verification)
    publish_page(make_page(lede="So it is [cdc-naloxone]."))
    assert ("We read them on November 2, 2026." in client.get("/some-page/").content.decode()) == is_shown


@pytest.mark.parametrize("kind", ["source", "helpline"])
def test_queries_of_the_lists_are_constant(publisher, django_assert_max_num_queries, kind):
    for number in range(12):
        make_source(f"source-{number}")
        make_line(f"line-{number}")
        publish_page(make_page(f"/page-{number}/", lede=f"So it is [source-{number}]."))
    with django_assert_max_num_queries(14):
        publisher.get(reverse(f"admin:content_{kind}_changelist"))


def test_what_is_filled_in_before_a_text_survives_in_the_link():
    line = Helpline(sms_number="741-741", sms_body="HELP & HOME")
    assert line.sms_href == "sms:741741?&body=HELP%20%26%20HOME"
