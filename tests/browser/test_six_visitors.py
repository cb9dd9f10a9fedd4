"""Six people come with a question: the answer is in the first two screens of a phone, one tap from home."""

import pytest

from tests.browser.states import _django_db_helper  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
WIDTH, HEIGHT, SCREENS = 390, 844, 2

# who comes: (the door on the home page, the sentence that answers the first question)
VISITORS = {
    "wants to stop": ("I want to stop", "At an emergency room"),
    "is in withdrawal on day 2": ("I’m in withdrawal now", "It’s not too late to start medicine"),
    "has just revived someone": (
        "Someone was just revived",
        "Then they can stop breathing again, even if they seem fine now",
    ),
    "found foil and a straw": ("I’m worried about someone", "You won’t overdose from touching it"),
    "is 16": ("I want to stop", "and to buprenorphine from age 16"),
    "wants to know what it costs": (
        "What does it cost, and who will know?",
        "you have a right to a written price estimate first",
    ),
}
# The box of the sentence on the screen, or null where nobody sees it.
BOX = """(sentence) => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let all = "", pieces = [];
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest("sup")) continue;
    pieces.push([all.length, texts.currentNode]);
    all += texts.currentNode.data;
  }
  const place = all.indexOf(sentence);
  if (place < 0) return null;
  const at = (offset) => {
    const [start, node] = pieces.findLast(([start]) => start <= offset);
    return [node, offset - start];
  };
  const range = document.createRange();
  range.setStart(...at(place));
  range.setEnd(...at(place + sentence.length - 1));
  const parent = range.startContainer.parentElement;
  return parent.checkVisibility() ? range.getBoundingClientRect().toJSON() : null;
}"""


@pytest.mark.parametrize("visitor", VISITORS)
def test_finds_the_answer_in_two_screens_one_tap_from_home(reader, visitor):
    door, sentence = VISITORS[visitor]
    reader.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    reader.goto("/")
    with reader.expect_navigation():
        reader.locator(".way", has_text=door).click()
    reader.wait_for_function("scrollY > 0 || !location.hash")
    box = reader.evaluate(BOX, sentence)
    assert box, f"{sentence!r} is not to be seen"
    assert box["top"] > 0 and box["bottom"] <= SCREENS * HEIGHT
