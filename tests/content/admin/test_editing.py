"""The edit screen: what it says, what saving records, and that nobody is silently overwritten."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import publishing
from content.models import AuditEntry, Helpline, HelplineList, SignList, Text, Version
from tests.support.edit_form import add_block, change_url, fields_of, make_draft, newest, save
from tests.support.pages import add_text, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ana(db):
    return make_staff("Editor", first_name="Ana", last_name="Diaz")


@pytest.fixture
def editor(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def draft():
    return make_draft()


def headings(version):
    return [block["heading"] for block in version.snapshot["blocks"]]


def test_saving_records_a_version_by_the_editor(editor, ana, draft):
    fields = fields_of(editor.get(change_url(draft))) | {"heading": "A better question?"}
    assert save(editor, draft, fields).status_code == 302
    version = newest(draft)
    assert (version.number, version.author) == (2, ana)
    assert version.snapshot["page"]["heading"] == "A better question?"
    assert headings(version) == ["First", "Second", "Signs"]


def test_the_screen_says_what_is_live_and_what_is_not(editor, draft, ana):
    publish_page(draft)
    Text.objects.filter(heading="First").update(heading="Changed")
    publishing.record(draft, author=ana)
    shown = " ".join(editor.get(change_url(draft)).content.decode().split())
    assert ">version 1</a>" in shown
    assert "Version 2, saved by Ana Diaz on" in shown
    assert "is not live" in shown


def test_blocks_carry_their_own_heading(editor, draft):
    assert '<span class="inline_label">Second' in editor.get(change_url(draft)).content.decode()


def test_pasting_from_word_leaves_clean_text(editor, draft):
    pasted = (
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p.MsoNormal{margin:0}</style>"
        '<p class="MsoNormal" style="margin:0"><strong style="mso-bidi:x">Drink</strong> '
        '<span lang="EN-US" style="color:red">water</span><o:p></o:p></p><font face="Arial">Rest</font>'
    )
    fields = fields_of(editor.get(change_url(draft))) | {"text_blocks-0-body": pasted}
    save(editor, draft, fields)
    assert newest(draft).snapshot["blocks"][0]["body"] == "<p><strong>Drink</strong> water</p>Rest"


def test_helplines_are_ticked(editor, draft):
    line = Helpline.objects.create(slug="988", name="Lifeline", phone="988", is_published=True)
    fields = fields_of(editor.get(change_url(draft)))
    add_block(fields, "helplinelist_blocks", heading="Lines", helplines=[str(line.pk)])
    save(editor, draft, fields)
    assert newest(draft).snapshot["blocks"][-1]["helplines"] == ["988"]
    assert fields_of(editor.get(change_url(draft)))["helplinelist_blocks-0-helplines"] == str(line.pk)


def test_the_edit_screen_needs_the_same_queries_for_any_number_of_blocks(editor, draft):
    lines = [Helpline.objects.create(slug=f"line-{n}", name=f"Line {n}", phone="988") for n in range(3)]

    def add_everything():
        for n in range(5):
            add_text(draft, ordering=100 + n)
            SignList.objects.create(parent=draft, heading="S", signs="a", ordering=200 + n)
            HelplineList.objects.create(parent=draft, ordering=300 + n).helplines.set(lines)

    add_everything()
    editor.get(change_url(draft))
    with CaptureQueriesContext(connection) as few:
        editor.get(change_url(draft))
    add_everything()
    with CaptureQueriesContext(connection) as many:
        editor.get(change_url(draft))
    assert len(many) == len(few)


class TestTwoPeople:
    """Ana has the page open; Ben saves; then Ana saves."""

    @pytest.fixture
    def opened(self, editor, draft):
        return fields_of(editor.get(change_url(draft)))

    @pytest.fixture
    def ben(self, draft, opened):
        ben = make_staff("Editor", "ben@vtc.example", first_name="Ben", last_name="Okafor")
        Text.objects.filter(heading="Second").update(body="<p>Ben was here.</p>")
        publishing.record(draft, author=ben)
        return ben

    def test_the_second_is_told_who_changed_what_and_keeps_the_text(self, editor, draft, opened, ben):
        answer = save(editor, draft, opened | {"heading": "Mine?"})
        shown = " ".join(answer.content.decode().split())
        assert answer.status_code == 200
        assert "<strong>Ben Okafor</strong> saved version 2" in shown
        assert "Text “Second”" in shown
        assert "Ben was here" in shown
        assert fields_of(answer)["heading"] == "Mine?"
        assert newest(draft).number == 2
        assert Text.objects.get(heading="Second").body == "<p>Ben was here.</p>"

    def test_saving_again_without_the_button_is_refused_again(self, editor, draft, opened, ben):
        again = fields_of(save(editor, draft, opened))
        assert save(editor, draft, again).status_code == 200
        assert newest(draft).number == 2

    def test_saving_mine_anyway_records_both(self, editor, draft, opened, ben):
        refused = fields_of(save(editor, draft, opened | {"heading": "Mine?"}))
        assert save(editor, draft, refused, "_save_mine", "2").status_code == 302
        assert newest(draft).number == 3
        assert newest(draft).snapshot["page"]["heading"] == "Mine?"
        theirs = Version.objects.get(page=draft, number=2)
        assert theirs.snapshot["blocks"][1]["body"] == "<p>Ben was here.</p>"

    def test_saving_mine_over_a_version_not_seen_is_refused(self, editor, draft, opened, ben):
        refused = fields_of(save(editor, draft, opened | {"heading": "Mine?"}))
        add_text(draft, heading="Third", ordering=40)
        publishing.record(draft, author=ben)
        assert save(editor, draft, refused, "_save_mine", "2").status_code == 200
        assert newest(draft).number == 3

    def test_blocks_the_other_deleted_and_added_do_not_mix_with_mine(self, editor, draft, opened, ben):
        Text.objects.filter(heading="First").delete()
        add_text(draft, heading="From Ben", ordering=15)
        publishing.record(draft, author=ben)
        refused = fields_of(save(editor, draft, opened | {"text_blocks-0-body": "<p>My words.</p>"}))
        assert "<p>My words.</p>" in refused.values()
        assert save(editor, draft, refused, "_save_mine", "3").status_code == 302
        assert headings(newest(draft)) == ["First", "Second", "Signs"]
        assert newest(draft).snapshot["blocks"][0]["body"] == "<p>My words.</p>"
        assert AuditEntry.objects.filter(version=newest(draft)).exists()

    def test_a_restored_version_is_a_change_too(self, editor, draft, opened, ben):
        publishing.restore(Version.objects.get(page=draft, number=1), author=ben)
        answer = save(editor, draft, opened | {"text_blocks-0-body": "<p>My words.</p>"})
        refused = fields_of(answer)
        assert "<p>My words.</p>" in refused.values()
        assert save(editor, draft, refused, "_save_mine", "3").status_code == 302
        assert headings(newest(draft)) == ["First", "Second", "Signs"]


def test_what_the_browser_kept_comes_back_without_being_saved(editor, draft):
    fields = fields_of(editor.get(change_url(draft))) | {"heading": "Typed before the crash?"}
    add_block(fields, "text_blocks", heading="New block", body="<p>New.</p>")
    answer = save(editor, draft, fields, "_bring_back")
    shown = fields_of(answer)
    assert shown["heading"] == "Typed before the crash?"
    assert shown["text_blocks-2-heading"] == "New block"
    assert "It is not saved yet." in answer.content.decode()
    assert newest(draft).number == 1
    save(editor, draft, shown)
    assert headings(newest(draft))[-1] == "New block"


def test_a_save_tells_the_browser_to_drop_its_copy(editor, draft):
    fields = fields_of(editor.get(change_url(draft))) | {"copy_id": "abc123"}
    save(editor, draft, fields)
    assert 'data-saved-copies="abc123"' in editor.get(change_url(draft)).content.decode()


class TestCounter:
    def count(self, client, draft, fields):
        return client.post(f"{change_url(draft).removesuffix('change/')}measure/", fields)

    def test_counts_the_page_and_each_block_as_typed(self, editor, draft):
        body = "<p>" + "Rest and drink water in small sips. " * 20 + "</p>"
        fields = fields_of(editor.get(change_url(draft))) | {"text_blocks-0-body": body}
        counts = self.count(editor, draft, fields).json()
        assert counts["blocks"]["text_blocks-0"] == {
            "words": 141,
            "minutes": 1,
            "score": "reading grade 0.6 (0.6 without medical words)",
            "verdict": "",
        }
        assert counts["blocks"]["text_blocks-1"]["score"] == "too short for a reading grade"
        assert counts["page"]["words"] > 141
        assert newest(draft).number == 1

    def test_says_when_a_text_is_too_hard(self, editor, draft):
        hard = (
            "Pharmacological interventions necessitate comprehensive interdisciplinary consideration. " * 20
        )
        fields = fields_of(editor.get(change_url(draft))) | {"text_blocks-0-body": f"<p>{hard}</p>"}
        assert self.count(editor, draft, fields).json()["page"]["verdict"].startswith("too hard")

    @pytest.mark.parametrize("role", ["Intake", None])
    def test_is_for_people_who_edit(self, client, draft, role):
        if role:
            client.force_login(make_staff(role))
        assert self.count(client, draft, {}).status_code in (302, 403)


@pytest.mark.parametrize(
    "link", ["//evil.example/", "/\\evil.example/", "javascript:alert(1)", "https://evil.example/"]
)
def test_a_card_leads_to_no_other_site(editor, draft, link):
    fields = fields_of(editor.get(change_url(draft)))
    add_block(fields, "card_blocks", heading="Next", link=link, link_label="Go", tone="quiet")
    answer = save(editor, draft, fields)
    assert "Start with a slash" in answer.content.decode()
    assert newest(draft).number == 1


def test_somebody_who_may_only_look_can_change_nothing(client, draft):
    reader = make_staff(email="eve@vtc.example")
    reader.user_permissions.add(Permission.objects.get(codename="view_page"))
    client.force_login(reader)
    assert client.get(change_url(draft)).status_code == 200
    assert client.post(change_url(draft), {"heading": "Mine?"}).status_code == 403
