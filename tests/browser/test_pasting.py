"""What other programs put on the clipboard, as it arrives in a block.

The payloads are in pasted/: LibreOffice's is what its own HTML filter wrote, the others are written
after what those programs are known to write.
"""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from content.models import Table
from tests.browser.axe import violations
from tests.browser.editing import BLOCKS, block, newest, save
from tests.browser.engines import FirefoxVisitor, WebKitVisitor
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser

PAYLOADS = Path(__file__).parent / "pasted"
SCRIPTS = settings.BASE_DIR / "static/js/admin"
READERS = ("pasted-links.js", "pasted-html.js", "pasted-text.js")
PASTE = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
BODY = "What can I do next?"
TABLE_BELOW = "In a block of its own below: 1 table."
ARRIVES = {
    "word.html": (
        "<h3>After a relapse</h3>"
        "<p><strong>Drink</strong> water and <em>rest</em>. Give 1 dose. CO₂, m²</p>"
        "<ul><li><p>Nausea</p><ul><li><p>mostly in the morning</p></li></ul></li><li><p>Chills</p></li></ul>"
        '<ol start="3"><li><p>Call</p></li><li><p>Stay¹</p></li></ol><p>¹ With them.</p>',
        f"Pasted. {TABLE_BELOW} Left out: 1 picture, 1 comment, 1 struck-out passage.",
    ),
    "google-docs.html": (
        "<h3>After a relapse</h3>"
        "<p>Plain, <strong>bold</strong><em> slanted</em> call m² "
        '<a href="https://www.cdc.gov/overdose/">agency</a></p>'
        "<ul><li><p>Nausea</p><ul><li><p>mostly in the morning</p></li></ul></li><li><p>Chills</p></li>"
        "<li><p>Pack naloxone</p></li></ul>",
        f"Pasted. {TABLE_BELOW} Left out: 1 picture, 1 struck-out passage.",
    ),
    "apple-pages.html": (
        "<p><strong>Drink</strong> water and <em>rest</em>. Call m².</p>"
        "<ul><li><p>Nausea</p></li><li><p>Chills</p></li></ul>",
        f"Pasted. {TABLE_BELOW} Left out: 1 struck-out passage.",
    ),
    "outlook.html": (
        '<p>Hello,</p><p>see <a href="https://www.samhsa.gov/find-help">this page</a>.</p>'
        "<ul><li><p>Sleep</p></li></ul><h3>Then</h3><ul><li><p>Water</p></li><li><p>Rest</p></li></ul>",
        None,
    ),
    "excel.html": ("", f"Pasted. {TABLE_BELOW} Left out: 1 struck-out passage."),
    "libreoffice.html": (
        "<h3>After a relapse</h3>"
        "<p>Your body <strong>forgets</strong> its <em>tolerance</em> fast. CO₂ and m². See "
        '<a href="https://www.cdc.gov/overdose/">the agency</a>.</p>'
        "<ol><li><p>Call for help</p><ul><li><p>Say where you are</p></li></ul></li>"
        "<li><p>Give naloxone</p></li></ol>"
        "<ul><li><p>Water</p></li><li><p>Rest</p></li></ul><p>Last line.</p>",
        f"Pasted. {TABLE_BELOW} Left out: 1 comment, 1 struck-out passage.",
    ),
    "web-page.html": (
        "<h3>Mixing</h3><p>Fentanyl³ is <strong>strong</strong>. Bad "
        '<a href="https://www.nih.gov/page?id=7">good</a>.</p><p>Seen in 2024</p>'
        '<ol start="2"><li><p>Call</p><ul><li><p>from any phone</p></li></ul></li>'
        "<li><p>Stay</p><p>until help comes</p></li></ol><p>Merged</p><p>Relapse – 40%</p>",
        "Pasted. Written as lines, because cells are merged: 1 table. Left out: 1 picture.",
    ),
}


@pytest.fixture
def text(editor):
    """The rich text of one block, open."""
    editor.get_by_text(BODY).click()
    return block(editor, re.compile(re.escape(BODY))).locator(".tiptap")


def paste(field, html, *, over=True):
    field.click()
    if over:
        field.press("Control+a")
        field.press("Delete")
    field.evaluate(PASTE, html)


def value(field):
    """Return what the field would send, as the editor writes it, without attributes that it adds itself."""
    sent = field.evaluate("field => field.closest('.prose-editor').querySelector('textarea').value")
    return re.sub(r' (?:rel|type|data-type)="[^"]*"', "", sent.replace("<p></p>", "")).strip()


@pytest.mark.parametrize("payload", ARRIVES)
def test_each_program_arrives_with_its_meaning_and_says_what_was_left_out(editor, text, payload):
    paste(text, (PAYLOADS / payload).read_text())
    body, says = ARRIVES[payload]
    notice = editor.locator(".paste-notice")
    if says:
        expect(notice).to_have_text(f"{says} Undo")
        expect(editor.locator("#editor-says")).to_have_text(says)
    assert value(text) == body
    assert notice.count() == bool(says)


def test_words_that_a_reader_of_the_original_did_not_see_are_left_out(page):
    """However they were struck out or hidden: never “Give 21 dose”."""
    page.goto("about:blank")
    for name in READERS:
        page.add_script_tag(path=SCRIPTS / name)
    ways = [
        "<del>2</del>",
        "<s>2<del>3</del></s>",
        "<w:del>2</w:del>",
        "<w:moveFrom>2</w:moveFrom>",
        "<span class=msoDel>2</span>",
        "<span class=ql-deletion>2</span>",
        "<span class='ice-del ice-cts'>2</span>",
        "<span data-track-type=delete>2</span>",
        "<span role=deletion>2</span>",
        "<text:deletion>2</text:deletion>",
        '<suggestion-start name="deletion:a"></suggestion-start>2<suggestion-end name="deletion:a">',
        "2\u0336",
        "<style>.c1 { text-decoration: line-through }</style><span class=c1>2</span>",
        "<span hidden>2</span>",
        *(
            f"<span style='{style}'>2</span>"
            for style in (
                "text-decoration: underline line-through",
                "text-decoration-line: line-through",
                "display: none",
                "visibility: collapse",
                "font-size: 0pt",
                "opacity: 0.0",
                "color: transparent",
                "color: rgba(0, 0, 0, 0)",
                "mso-hide: all",
            )
        ),
    ]
    for way in ways:
        read = page.evaluate("html => window.readPasted(html).html", f"<p>Give {way}1 dose</p>")
        assert (way, read) == (way, "<p>Give 1 dose</p>")
    seen = "<b id='docs-internal-guid-1'><i style='background-color: transparent; opacity: 0.5'>a</i></b>"
    assert page.evaluate("html => window.readPasted(html).html", seen) == "<p><em>a</em></p>"


def test_no_raised_letter_joins_a_word_and_no_cell_takes_the_place_of_another(page):
    page.goto("about:blank")
    for name in READERS:
        page.add_script_tag(path=SCRIPTS / name)
    rows = "<tr><td colspan=2>Drug</td></tr><tr><td>Testofen<td><s>80 mg</s><td>8 mg<sup>a</sup></tr>"
    read = page.evaluate(
        "html => window.readPasted(html).html", f"<table>{rows}</table><p>1<sup>st</sup></p>"
    )
    assert read == "<p>Drug</p><p>Testofen – (empty) – 8 mgᵃ</p><p>1st</p>"


def test_a_table_becomes_a_block_and_one_press_takes_the_paste_back(editor, text, withdrawal):
    before, blocks = value(text), editor.locator(BLOCKS).count()
    paste(text, (PAYLOADS / "google-docs.html").read_text(), over=False)
    table = block(editor, "Table: How often?")  # the heading above it goes with it
    expect(table.get_by_label("Rows")).to_have_value("Name | Value\nRelapse | 40%")
    assert violations(editor) == []
    editor.get_by_role("button", name="Undo pasting").click()
    expect(table).to_have_count(0)
    assert (value(text), editor.locator(BLOCKS).count()) == (before, blocks)
    paste(text, (PAYLOADS / "google-docs.html").read_text(), over=False)
    expect(table).to_have_count(1)
    text.press("Control+z")
    expect(table).to_have_count(0)
    expect(editor.locator(".paste-notice")).to_have_count(0)
    assert value(text) == before

    paste(text, (PAYLOADS / "excel.html").read_text(), over=False)
    block(editor, "Table: Dose").get_by_label("What it compares").fill("Doses")
    save(editor)
    saved = [each for each in newest(withdrawal).snapshot["blocks"] if each["kind"] == "table"]
    assert saved[-1]["rows"].splitlines() == [
        "Dose | After | Note",
        "4 mg | 3 min | ",
        "8 mg | 5 min | a / b",
    ]
    assert Table.objects.filter(parent=withdrawal, caption="Doses").exists()


def test_a_table_takes_its_heading_and_caption_along_unless_other_text_stands_under_them(editor):
    rows = "<table><tr><td>A<td>B<tr><td>1<td>2</table>"
    read = """html => {
      const { html: text, tables } = window.readPasted(html);
      return [text, ...tables.map((each) => `${each.heading}/${each.caption}`)];
    }"""
    titled = f"<h2>Doses</h2>{rows}<p class=MsoCaption>Table 1</p>"
    assert editor.evaluate(read, titled + "<h2>Then</h2>") == ["<h3>Then</h3>", "Doses/Table 1"]
    assert editor.evaluate(read, f"{titled}<p>So it is.</p>") == [
        "<h3>Doses</h3><p>So it is.</p>",
        "/Table 1",
    ]
    assert editor.evaluate(read, f"<h2>Two</h2>{rows}{rows}") == ["", "Two/", "/"]


def test_the_notice_of_a_long_paste_stands_on_the_screen(editor, text):
    paste(text, "<img src='data:,'>" + "<p>One more line.</p>" * 80)
    expect(editor.locator(".paste-notice")).to_be_in_viewport(ratio=1)
    editor.get_by_role("button", name="Undo pasting").click(trial=True)


def test_words_without_a_form_stay_in_their_sentence(editor, text):
    paste(text, "<meta charset='utf-8'><b style='font-weight:normal'>cold</b>")
    text.press("End")
    text.evaluate(PASTE, "<span style='font-weight:700'>drinks</span>")
    assert value(text) == "<p>cold<strong>drinks</strong></p>"
    assert editor.locator(".paste-notice").count() == 0


def test_a_list_or_a_table_gives_lines_in_a_field_of_lines(editor):
    editor.get_by_text("The first signs").click()
    signs = block(editor, re.compile("The first signs")).get_by_label("What you may feel")
    signs.fill("yawning\n")
    signs.evaluate(PASTE, "<ul><li>nausea</li><li><s>none</s></li><li>chills</li></ul>")
    assert signs.input_value() == "yawning\nnausea\nchills"
    expect(editor.locator(".paste-notice")).to_have_text("Pasted. Left out: 1 struck-out passage. Undo")
    editor.get_by_role("button", name="Undo pasting").click()
    assert signs.input_value() == "yawning\n"


def test_a_plain_field_keeps_raised_digits_and_leaves_out_what_was_struck_out(editor):
    editor.get_by_role("button", name="Add a block at the end").click()
    editor.locator(".plugin-buttons").get_by_text("Table", exact=True).click()
    made = editor.locator(".inline-related:not(.empty-form)", has=editor.locator(".table-grid")).last
    fields = [editor.get_by_label("First sentence"), editor.locator("#id_heading")]
    for field in (*fields, made.get_by_label("Row 1, column 1"), made.get_by_label("What it compares")):
        field.fill("")
        field.evaluate(PASTE, "Take 10<sup>2</sup> drops, <s>not</s> <del>never</del> now.")
        assert field.input_value() == "Take 10² drops, now."
        expect(editor.locator(".paste-notice")).to_contain_text("Left out: 2 struck-out passages.")
        field.fill("")
        field.evaluate(PASTE, "10<sup>2</sup> to 10<sup>2.5x</sup>")
        assert field.input_value() == "10² to 10².⁵x"


def test_cells_that_fill_cells_say_what_was_left_out_and_can_be_taken_back(editor):
    editor.get_by_role("button", name="Add a block at the end").click()
    editor.locator(".plugin-buttons").get_by_text("Table", exact=True).click()
    made = editor.locator(".inline-related:not(.empty-form)", has=editor.locator(".table-grid")).last
    rows = "<tr><td>10<sup>2</sup></td><td><s>no</s> yes</td></tr><tr><td>a</td><td>b</td></tr>"
    made.get_by_label("Row 1, column 1").evaluate(PASTE, f"<table>{rows}</table>")
    assert made.get_by_label("Row 1, column 1").input_value() == "10²"
    assert made.get_by_label("Row 1, column 2").input_value() == "yes"
    expect(editor.locator(".paste-notice")).to_contain_text("Left out: 1 struck-out passage.")
    editor.get_by_role("button", name="Undo pasting").click()
    assert made.get_by_label("Row 1, column 1").input_value() == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/admin/content/page/find/", "replacement"),
        ("/admin/content/glossaryterm/add/", "definition"),
        ("/admin/content/notice/add/", "text"),
    ],
)
def test_every_form_of_the_admin_keeps_the_meaning(page, sign_in, site, path, name):
    sign_in(page, make_staff("Publisher"), to=path)
    field = page.locator("#content-main form").locator(f"[name={name}]")
    field.evaluate(PASTE, "10<sup>2</sup> drops, <s>not</s> now")
    assert field.input_value() == "10² drops, now"
    expect(page.locator(".paste-notice")).to_contain_text("Left out: 1 struck-out passage.")


def test_comments_of_google_docs_are_left_out(editor, text):
    mark = 'Rest<sup><a href="https://docs.google.com/document/d/1#cmnt1" id="cmnt_ref1">[a]</a></sup> well.'
    remark = '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this so?</span></p></div>'
    paste(text, f"<p>{mark}</p>{remark}")
    assert value(text) == "<p>Rest well.</p>"
    expect(editor.locator(".paste-notice")).to_contain_text("Left out: 1 comment.")


@pytest.mark.drill
@pytest.mark.parametrize("engine", [FirefoxVisitor, WebKitVisitor])
def test_other_engines_read_the_same(engine):
    script = ";".join((SCRIPTS / name).read_text() for name in READERS)
    with closing(engine(scripts=True)) as browser:
        browser.go("about:blank")
        for payload, (body, _) in ARRIVES.items():
            html = json.dumps((PAYLOADS / payload).read_text())
            assert browser.run(f"{script}; return window.readPasted({html}).html") == body, payload
