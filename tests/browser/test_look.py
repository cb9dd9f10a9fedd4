"""What the layout promises on real pages: help in sight, pages that end, a form of a few taps, one sheet."""

import subprocess

import pytest
from playwright.sync_api import expect

from intake.models import Submission
from tests.browser.states import PATHS, _django_db_helper, walk  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
STRIP = "document.querySelector('.strip')"
LINKS = f"[...{STRIP}.querySelectorAll('a, .strip__word')].map((each) => each.getBoundingClientRect())"


def look(page, path, width=390, height=844):
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="screen")
    page.goto(path)


@pytest.mark.parametrize("path", walk([*PATHS, "/no-such-page/"]))
def test_help_stays_in_sight_in_one_row_while_one_reads(reader, path):
    look(reader, path, 360, 640)
    reader.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert reader.evaluate(f"{STRIP}.getBoundingClientRect().top") == 0
    assert reader.evaluate(f"{STRIP}.offsetHeight") < 60
    boxes = reader.evaluate(LINKS)
    assert all(box["left"] >= 0 and box["right"] <= 360 for box in boxes)
    for number in ("tel:911", "tel:988", "sms:988"):
        assert reader.locator(f'.strip a[href^="{number}"]').is_visible()


@pytest.mark.parametrize(("width", "height"), [(844, 390), (320, 256)])
def test_help_lets_go_in_low_windows(reader, width, height):
    look(reader, "/withdrawal/", width, height)
    reader.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert reader.evaluate(f"{STRIP}.getBoundingClientRect().bottom") <= 0


@pytest.mark.parametrize(
    ("path", "width", "most"),
    [
        ("/", 390, 5200),
        ("/", 1280, 4200),
        ("/withdrawal/", 390, 9200),
        ("/treatment/", 390, 9400),
        ("/es/abstinencia/", 390, 9500),
        ("/es/tratamiento/", 390, 9700),
        ("/contact/", 390, 2800),
        ("/es/", 390, 5200),
        ("/es/contacto/", 390, 2800),
    ],
)
def test_a_page_ends(reader, path, width, most):
    look(reader, path, width)
    assert reader.evaluate("document.documentElement.scrollHeight") < most


@pytest.mark.parametrize("path", ["/", "/es/", "/no-such-page/"])
def test_the_choices_fill_their_rows(reader, path):
    look(reader, path, 768, 1024)
    for width, most_rows in ((768, 4), (1024, 2), (1280, 2)):
        reader.set_viewport_size({"width": width, "height": 1024})
        cards = [card.bounding_box() for card in reader.locator(".sea .way").all()]
        ends = [card["x"] + card["width"] for card in cards]
        assert ends[-1] == pytest.approx(ends[0]), width
        assert len({card["y"] for card in cards}) <= most_rows, width


def test_the_words_of_a_step_take_the_whole_width_below_its_drawing(reader):
    look(reader, "/overdose-help/")
    for step in reader.locator(".steps--drawn > li").all():
        drawing, words = (step.locator(part).bounding_box() for part in ("svg", ".steps__detail"))
        assert drawing["y"] + drawing["height"] <= words["y"]


@pytest.mark.parametrize("width", [768, 1280])
def test_boxes_fill_their_rows(reader, width):
    look(reader, "/withdrawal/", width, 1024)
    boxes = [each.bounding_box() for each in reader.locator(".levels > *").all()]
    ends = {row: max(b["x"] + b["width"] for b in boxes if b["y"] == row) for row in {b["y"] for b in boxes}}
    assert len(ends) > 1
    assert max(ends.values()) - min(ends.values()) < 1


def box(found, where):
    return found.nth(where).bounding_box()


def test_the_other_language_stands_at_the_end_of_the_menu(reader):
    look(reader, "/", 1280)
    menu, other = (box(reader.locator(part), 0) for part in (".nav", ".header [lang]"))
    assert menu["x"] + menu["width"] <= other["x"]


@pytest.mark.parametrize("width", [390, 1024, 1280, 1920])
def test_the_hills_never_cover_the_words(reader, width):
    look(reader, "/es/", width, 720)
    hill = reader.locator(".sky--sun .scene path").first.bounding_box()
    words = reader.locator(".sky .lede").last.bounding_box()
    assert words["y"] + words["height"] <= hill["y"]


def test_the_steps_of_how_it_starts_are_drawn(reader):
    look(reader, "/")
    assert (
        reader.locator(".home .steps > li > svg").count() == reader.locator(".home .steps > li").count() == 4
    )


def test_the_footer_is_short(reader):
    look(reader, "/")
    assert reader.locator(".footer").bounding_box()["height"] < 700
    assert reader.locator(".footer__lines li").count() == 4


def test_withdrawal_opens_with_the_curve_whose_stages_are_links(reader):
    look(reader, "/withdrawal/", 390, 844)
    assert reader.locator(".curve").bounding_box()["y"] < 844
    whens = reader.locator(".stage__when").all_inner_texts()
    assert reader.locator(".curve ol b").all_inner_texts() == whens
    reader.locator(".curve ol a").last.click()
    assert reader.locator(".stage").last.bounding_box()["y"] < 844


def test_a_message_takes_three_taps_and_one_field(reader):
    before = Submission.objects.count()
    look(reader, "/withdrawal/")
    reader.get_by_role("link", name="I want help for myself").click()
    reader.get_by_label("Phone call").check()
    reader.get_by_label("Phone number", exact=True).fill("714 555 0199")
    with reader.expect_navigation():
        reader.get_by_role("button", name="Send message").click()
    assert "/contact/sent/" in reader.url
    assert Submission.objects.count() == before + 1


@pytest.mark.parametrize(
    ("channel", "shown", "hidden"),
    [
        ("call", ["phone", "voicemail", "may_name_us"], ["email"]),
        ("text", ["phone", "may_name_us"], ["email", "voicemail"]),
        ("email", ["email", "may_name_us"], ["phone", "voicemail"]),
    ],
)
def test_only_the_questions_of_the_chosen_channel_are_asked(reader, channel, shown, hidden):
    look(reader, "/contact/")
    for name in ("phone", "email", "voicemail"):
        assert not reader.locator(f"[name={name}]").first.is_visible()
    reader.locator(f"[name=reply_by][value={channel}]").check()
    assert all(reader.locator(f"[name={name}]").first.is_visible() for name in shown)
    assert not any(reader.locator(f"[name={name}]").first.is_visible() for name in hidden)


def test_the_steps_print_on_the_first_sheet_with_their_pictures(reader, tmp_path):
    look(reader, "/overdose-help/", 1280, 800)
    reader.emulate_media(media="null")  # "screen" would keep the sheet for paper from the printer
    reader.wait_for_load_state("networkidle")
    paper = tmp_path / "steps.pdf"
    paper.write_bytes(reader.pdf(format="Letter", print_background=True))
    first = ["pdftotext", "-l", "1", paper, "-"]
    text = subprocess.run(first, capture_output=True, text=True, check=True).stdout
    commands = reader.locator(".steps__command").all_inner_texts()
    assert len(commands) == 7
    printed = "".join(text.split())  # letters of one word may stand apart in a PDF
    assert [words for words in commands if "".join(words.split()) not in printed] == []
    assert reader.locator(".steps svg").count() == 7


def test_a_link_into_a_fold_opens_it(reader):
    look(reader, "/withdrawal/")
    fold = reader.locator("details.question").last
    assert not fold.locator(".flow").is_visible()
    name = fold.locator("h2").get_attribute("id")
    reader.locator(".contents summary").click()
    reader.locator(f".contents a[href='#{name}']").click()
    expect(fold.locator(".flow")).to_be_visible()
    look(reader, f"/withdrawal/?again#{name}")
    expect(fold.locator(".flow")).to_be_visible()
