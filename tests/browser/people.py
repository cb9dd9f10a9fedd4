"""A person at the admin, for tests that read as a story: by mouse or by keyboard alone, in the same words.

The keyboard has Tab, Enter, Space, the arrows and letters; at each stop of Tab the focus must be seen.
"""

import re

from playwright.sync_api import expect

MOST_STOPS = 120
STEP_LINE = "(field) => field.value.slice(0, field.selectionStart).split('\\n').length - 1"
IS_BEHIND = "(e) => e.compareDocumentPosition(document.activeElement) === Node.DOCUMENT_POSITION_FOLLOWING"
STOP = """(wanted) => {
  const element = document.activeElement;
  const isReached = element === wanted || (wanted.type === "radio" && element.name === wanted.name);
  if (element === document.body || element.tagName === "IFRAME") return [isReached, ""];
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const isOn = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const isRinged = (each) => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  let isSeen = false;  // the ring may lie around a part of the page that holds the element
  for (let each = element; each; each = each.parentElement) isSeen ||= isRinged(each);
  const name = element.outerHTML.slice(0, 150);
  return [isReached, isOn && isSeen ? "" : `${isOn ? "no ring" : "outside the window"}: ${name}`];
}"""


class Person:
    """Somebody in front of `page`. What is looked for is named by the words on the screen."""

    def __init__(self, page):
        self.page = page

    # --- The words of the stories ------------------------------------------------------------------
    def goes_to(self, address):
        self.page.goto(address)

    def signs_in(self, email, password):
        self.writes("Email", email)
        self.writes("Password", password)
        self.presses("Sign in")

    def follows(self, name, **where):
        """Follow the link `name`; another page comes."""
        with self.page.expect_navigation():
            self.uses(self._named("link", name, **where))

    def presses(self, name):
        """Press the button `name`; another page comes."""
        with self.page.expect_navigation():
            self.uses(self._named("button", name))

    def opens_beside(self, name):
        """Press the button `name` and return who looks at the window that opens."""
        with self.page.expect_popup() as opened:
            self.uses(self._named("button", name))
        return type(self)(opened.value)

    def unfolds(self, title):
        """Open the folded block whose title holds `title`."""
        folded = self.page.get_by_role("button", name=re.compile(title))
        self.uses(folded.filter(has_text=title).first)  # the + before it names it too

    def writes(self, label, text):
        self.types_into(self.page.get_by_label(re.compile(f"^{label}:?$")), text)

    def chooses(self, label):
        self.ticks(self.page.get_by_label(label))

    def picks(self, label, option):
        self.selects(self.page.get_by_label(re.compile(f"^{label}:?$")), option)

    def sees(self, words, within="body"):
        expect(self.page.locator(within, has_text=words).first).to_be_visible()

    def sees_not(self, words, within="body"):
        expect(self.page.locator(within, has_text=words)).to_have_count(0)

    def _types_over(self, text):
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def _named(self, role, name, within="body"):
        exact = isinstance(name, str)
        return self.page.locator(within).get_by_role(role, name=name, exact=exact).first


class Mouse(Person):
    """Points and clicks; letters come from the keyboard."""

    def uses(self, control):
        control.click()

    def types_into(self, field, text):
        field.click()
        field.fill(text)

    def writes_over(self, field, text):
        field.click()
        self._types_over(text)

    def adds_to_line(self, field, line, words):
        field.fill(re.sub(rf"^{line}$", line + words, field.input_value(), flags=re.MULTILINE))

    def ticks(self, control):
        control.check()

    def selects(self, control, option):
        control.select_option(label=option)


class Keyboard(Person):
    """Never touches the mouse."""

    def uses(self, control):
        self._reach(control)
        self.page.keyboard.press("Enter")

    def types_into(self, field, text):
        self._reach(field)
        self.page.keyboard.type(text)

    def writes_over(self, field, text):
        self._reach(field)
        self._types_over(text)

    def adds_to_line(self, field, line, words):
        self._reach(field)
        rows = field.input_value().splitlines()
        steps = rows.index(line) - field.evaluate(STEP_LINE)
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        for _ in line:
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(words)

    def ticks(self, control):
        """Go to the group of radio buttons, then with the arrows to the one wanted."""
        self._reach(control)
        self.page.keyboard.press("Space")
        for _ in range(10):
            if control.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows never reach it")

    def selects(self, control, option):
        self._reach(control)
        for _ in range(control.locator("option").count()):
            if control.locator("option:checked").inner_text() == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {option}")

    def _reach(self, control):
        """Press Tab, or Shift and Tab, until `control` or its group of radio buttons has the focus.

        The focus must be seen at each stop.
        """
        expect(control).to_be_visible()
        wanted = control.element_handle()
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        key = "Shift+Tab" if wanted.evaluate(IS_BEHIND) else "Tab"
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            is_reached, problem = self.page.evaluate(STOP, wanted)
            assert problem == "", problem
            if is_reached:
                return
        raise AssertionError(f"the Tab key never reaches {control}")
