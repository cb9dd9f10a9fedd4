"""Drafts shown before they are live: to editors in frames, to reviewers by link, to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Callout, PreviewLink, SignList, Text, Version
from content.publishing import preview_links
from tests.support.edit_form import change_url, fields_of
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def draft():
    page = make_page()
    Callout.objects.create(parent=page, heading="Take care", body="<p>Rest.</p>", ordering=5)
    SignList.objects.create(parent=page, heading="Signs", signs="yawning", ordering=10)
    publish_page(page)
    Text.objects.create(parent=page, heading="Only in the draft", body="<p>New.</p>", ordering=20)
    publishing.record(page)
    return page


@pytest.fixture
def ana():
    return make_staff("Editor", first_name="Ana", last_name="Diaz")


@pytest.fixture
def editor(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def link(draft, ana):
    return preview_links.share(Version.objects.get(page=draft, number=2), author=ana)


def preview_url(page, rest=""):
    return f"{change_url(page).removesuffix('change/')}preview/{rest}"


class TestLink:
    def test_shows_the_draft_to_a_reviewer_without_an_account(self, client, link):
        answer = client.get(link.get_absolute_url())
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "Only in the draft" in shown
        assert "<strong>Draft.</strong>" in shown
        assert not answer.cookies

    def test_shows_nothing_while_its_page_lies_in_the_trash(self, client, draft, link):
        draft.trashed_at = timezone.now()
        draft.save()
        assert client.get(link.get_absolute_url()).status_code == 410
        assert not PreviewLink.objects.open().exists()

    def test_is_neither_indexed_nor_kept(self, client, link):
        answer = client.get(link.get_absolute_url())
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"

    def test_keeps_showing_its_version_when_the_draft_goes_on(self, client, draft, link):
        add_text(draft, heading="Even later", ordering=30)
        publishing.record(draft)
        assert "Even later" not in client.get(link.get_absolute_url()).content.decode()

    def test_works_for_seven_days(self, client, link):
        PreviewLink.objects.update(created_at=timezone.now() - timedelta(days=6, hours=23))
        assert client.get(link.get_absolute_url()).status_code == 200
        PreviewLink.objects.update(created_at=timezone.now() - timedelta(days=7, minutes=1))
        ended = client.get(link.get_absolute_url())
        assert ended.status_code == 410
        assert "Only in the draft" not in ended.content.decode()
        assert "no-store" in ended["Cache-Control"]

    def test_can_be_closed(self, client, link, ana):
        preview_links.revoke(link, author=ana)
        assert client.get(link.get_absolute_url()).status_code == 410

    @pytest.mark.parametrize("token", ["x", "a" * 43, "..", "%00"])
    def test_of_no_one_is_not_found(self, client, draft, token):
        assert client.get(f"/preview/{token}/").status_code == 404

    def test_is_read_only(self, client, link):
        assert client.post(link.get_absolute_url()).status_code == 405

    def test_is_written_down_when_made_and_once_when_closed(self, link, ana):
        preview_links.revoke(link, author=ana)
        preview_links.revoke(link, author=ana)
        entries = AuditEntry.objects.filter(version=link.version, author=ana).order_by("pk")
        assert [entry.action for entry in entries] == ["shared", "revoked"]

    def test_has_an_address_nobody_guesses(self, link, draft, ana):
        other = preview_links.share(link.version, author=ana)
        assert len(link.token) == 43
        assert other.token != link.token


class TestEditScreen:
    def test_makes_a_link_to_what_it_saves(self, editor, draft, settings):
        fields = fields_of(editor.get(change_url(draft))) | {"lede": "Fresh words."}
        answer = editor.post(change_url(draft), fields | {"_share": "1"}, follow=True)
        link = PreviewLink.objects.get()
        assert link.version.number == 3
        assert f'value="{settings.SITE_URL}{link.get_absolute_url()}"' in answer.content.decode()
        assert "Fresh words." in editor.get(link.get_absolute_url()).content.decode()

    def test_closes_a_link(self, editor, draft, link):
        answer = editor.post(f"/admin/content/page/preview-link/{link.pk}/revoke/", follow=True)
        assert answer.status_code == 200
        assert link.token not in answer.content.decode()
        assert editor.get(link.get_absolute_url()).status_code == 410

    def test_lists_no_link_of_another_page(self, editor, link):
        other = make_page("/other/")
        assert link.token not in editor.get(change_url(other)).content.decode()

    @pytest.mark.parametrize("role", ["Intake", None])
    def test_closes_none_for_people_who_do_not_edit(self, client, link, role):
        if role:
            client.force_login(make_staff(role, "eve@vtc.example"))
        assert client.post(f"/admin/content/page/preview-link/{link.pk}/revoke/").status_code in (302, 403)
        link.refresh_from_db()
        assert link.revoked_at is None


class TestFrames:
    def test_show_what_is_typed_and_save_nothing(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft))) | {"signlist_blocks-0-signs": "yawning a lot"}
        answer = editor.post(preview_url(draft), fields, follow=True)
        assert answer.status_code == 200
        assert answer.content.decode().count(f'src="{preview_url(draft, "page/")}"') == 2
        shown = editor.get(preview_url(draft, "page/")).content.decode()
        assert "yawning a lot" in shown
        assert "<strong>Draft.</strong>" in shown
        assert SignList.objects.get().signs == "yawning"
        assert Version.objects.filter(page=draft).count() == 2

    def test_show_a_saved_version(self, editor, draft):
        shown = editor.get(preview_url(draft, "page/?version=1")).content.decode()
        assert "yawning" in shown
        assert "Only in the draft" not in shown

    def test_show_the_newest_version_when_nothing_was_typed(self, editor, draft):
        assert "Only in the draft" in editor.get(preview_url(draft, "page/")).content.decode()

    def test_show_a_page_that_was_never_saved(self, editor, draft):
        fields = fields_of(editor.get("/admin/content/page/add/")) | {
            "heading": "Brand new?",
            "position": "",
        }
        answer = editor.post("/admin/content/page/add/preview/", fields, follow=True)
        assert "Order: This field is required." in answer.content.decode()
        assert "Brand new?" in editor.get("/admin/content/page/add/preview/page/").content.decode()

    def test_clean_what_was_pasted(self, editor, draft):
        evil = '<p onclick="alert(1)">Words</p><script>alert(1)</script>'
        fields = fields_of(editor.get(change_url(draft))) | {
            "text_blocks-0-body": evil,
            "text_blocks-0-heading": "x" * 500,
        }
        editor.post(preview_url(draft), fields)
        shown = editor.get(preview_url(draft, "page/")).content.decode()
        assert "<p>Words</p>" in shown
        assert "alert(1)" not in shown

    def test_may_be_framed_by_us_alone_and_nothing_else_may(self, editor, draft, link):
        frame = editor.get(preview_url(draft, "page/"))
        assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
        assert frame["X-Frame-Options"] == "SAMEORIGIN"
        screen = editor.get(preview_url(draft))
        assert "frame-src 'self'" in screen["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in screen["Content-Security-Policy"]
        for address in (change_url(draft), link.get_absolute_url(), draft.path):
            answer = editor.get(address)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
            assert "frame-src" not in answer["Content-Security-Policy"], address
            assert answer["X-Frame-Options"] == "DENY", address

    @pytest.mark.parametrize("role", ["Intake", None])
    @pytest.mark.parametrize("rest", ["", "page/"])
    def test_are_for_people_who_edit(self, client, draft, role, rest):
        if role:
            client.force_login(make_staff(role))
        assert client.get(preview_url(draft, rest)).status_code in (302, 403)

    def test_show_each_editor_only_their_own_typing(self, editor, draft, client):
        fields = fields_of(editor.get(change_url(draft))) | {"lede": "Only Ana knows."}
        editor.post(preview_url(draft), fields)
        client.force_login(make_staff("Editor", "ben@vtc.example"))
        assert "Only Ana knows." not in client.get(preview_url(draft, "page/")).content.decode()
