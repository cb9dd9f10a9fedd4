"""A printed page still helps alone: crisis lines, our number, its address, its review date, and no form."""

import re
import subprocess

import pytest

from content.caching import memory
from content.models import Clinic
from tests.browser.states import PATHS, STATES, _django_db_helper, said, walk  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
PAGES = [path for path in PATHS if path not in ("/contact/", "/search/", "/es/buscar/")]
SCREEN_ONLY = ["Skip to the main content", "Send message", "Menu", "On this page", "Print or save this page"]
COLORED = """
() => {
  const isGray = (color) => {
    const [red, green, blue, alpha = 1] = (color.match(/[\\d.]+/g) ?? [0, 0, 0]).map(Number);
    return alpha === 0 || (red === green && green === blue);
  };
  const drawn = document.querySelectorAll("main *, footer *, .strip *");
  const properties = ["color", "backgroundColor", "fill", "stroke", "borderTopColor"];
  const hasInk = { borderTopColor: (style) => style.borderTopWidth !== "0px" };
  return [...drawn].filter((each) => each.checkVisibility()).flatMap((each) => {
    const style = getComputedStyle(each);
    return properties.filter((name) => !isGray(style[name]) && (hasInk[name]?.(style) ?? true))
      .map((name) => `${each.tagName} ${each.getAttribute("class")} ${name} ${style[name]}`);
  });
}
"""


def printed(page, folder):
    """Return the words of the paper, one string with single spaces."""
    page.wait_for_load_state("networkidle")  # a browser does not wait for a sheet that is for paper only
    paper = folder / "page.pdf"
    paper.write_bytes(page.pdf(format="Letter"))
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(text.split())


@pytest.fixture
def our_number(reader):
    Clinic.objects.update_or_create(pk=1, defaults={"phone": "(714) 555-0100"})
    memory.forget()
    yield "(714) 555-0100"
    Clinic.objects.filter(pk=1).update(phone="")
    memory.forget()


@pytest.mark.parametrize("path", walk(PAGES))
def test_the_paper_keeps_what_helps(reader, lasting_site, tmp_path, path):
    reader.goto(path)
    text = printed(reader, tmp_path)
    assert f"{lasting_site.removeprefix('http://')}{path}" in text.replace(" ", "")
    for words in ("911", "988", said("Next review by", path), reader.locator("h1").inner_text().split()[0]):
        assert words in text, words
    assert [words for words in SCREEN_ONLY if words in text] == []


def test_the_paper_carries_our_number_when_there_is_one(reader, our_number, tmp_path):
    reader.goto("/treatment/")
    assert our_number in printed(reader, tmp_path)


def test_the_form_prints_what_happens_to_a_message_and_no_empty_boxes(reader, tmp_path):
    reader.goto("/contact/")
    text = printed(reader, tmp_path)
    assert "Send us a message" in text and "in the way you choose" in text
    assert [words for words in (*SCREEN_ONLY, "Your name", "No one watches") if words in text] == []


@pytest.mark.parametrize("path", ["/overdose-help/", "/es/sobredosis/"])
def test_no_sheet_of_the_steps_ends_with_a_heading(reader, tmp_path, path):
    reader.goto(path)
    printed(reader, tmp_path)
    layout = ["pdftotext", "-layout", tmp_path / "page.pdf", "-"]
    paper = subprocess.run(layout, capture_output=True, text=True, check=True).stdout
    ends = [" ".join(sheet.split())[-300:] for sheet in paper.split("\f") if sheet.strip()]
    headings = reader.locator("main :is(h2, h3, h2 + p, .signs__words p, dt)").all_inner_texts()
    last = [re.sub(r"\W*\[\d+\]\W*", "", words)[-25:] for words in headings]
    assert [(end, words) for end in ends for words in last if words and end.endswith(words)] == []
    assert len(ends) > 3


def test_the_paper_names_addresses_and_not_the_other_language(reader, tmp_path):
    reader.goto("/overdose-help/")
    text = printed(reader, tmp_path)
    assert "calrx.ca.gov (https://calrx.ca.gov/)" in text
    assert "Español" not in text


@pytest.mark.parametrize("path", ["/withdrawal/", "/overdose-help/", "/"])
def test_nothing_on_paper_needs_color(reader, path):
    reader.goto(path)
    reader.emulate_media(media="print")
    colored = reader.evaluate(COLORED)
    reader.emulate_media(media="null")  # "screen" would keep the paper's sheet from the printer
    assert sorted(set(colored)) == []


def test_the_timeline_says_its_order_and_its_peak_in_words(reader, tmp_path):
    reader.goto("/withdrawal/")
    text = printed(reader, tmp_path)
    assert "Hardest time" in text
    text = text[text.index("A sketch") :]  # below the drawing
    stages = reader.locator(".stages h3").all_inner_texts()
    assert [text.index(stage) for stage in stages] == sorted(text.index(stage) for stage in stages)


def test_the_thank_you_page_prints_the_reference_and_the_lines(reader, tmp_path):
    STATES["sent"](page=reader)
    reference = reader.locator(".reference b").inner_text()
    text = printed(reader, tmp_path)
    for words in (reference, "911", "988"):
        assert words in text
