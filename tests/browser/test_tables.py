"""A table is typed, filled from a spreadsheet and changed in a grid of cells, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.editing import block, newest, ready, save

pytestmark = pytest.mark.browser
PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def table(editor):
    editor.get_by_role("button", name="Add a block at the end").click()
    editor.locator(".plugin-buttons").get_by_text("Table", exact=True).click()
    return editor.locator(".inline-related:not(.empty-form)", has=editor.locator(".table-grid")).last


def test_a_table_is_made_in_a_grid_and_saved_as_lines(editor, table, withdrawal):
    table.get_by_label("What it compares").fill("Doses")
    table.get_by_label("Heading of column 1").fill("Medicine")
    table.get_by_label("Heading of column 2").fill("Dose")
    cell = table.get_by_label("Row 1, column 1")
    cell.fill("Naloxone | spray")
    table.get_by_label("Row 1, column 2").fill("4 mg")
    cell.press("Enter")  # down, into a new row
    expect(table.get_by_label("Row 2, column 1")).to_be_focused()
    editor.keyboard.type("Injection")
    table.get_by_role("button", name="Add a column").click()
    expect(table.get_by_label("Heading of column 3")).to_be_focused()
    table.get_by_label("Heading of column 3").evaluate(PASTE, "Wait\tAgain\n3 min\tyes\n2 min\tno")
    table.get_by_role("button", name="Delete column 4").click()
    assert violations(editor) == []

    save(editor)
    rows = newest(withdrawal).snapshot["blocks"][-1]["rows"]
    assert rows.splitlines() == [
        "Medicine | Dose | Wait",
        "Naloxone / spray | 4 mg | 3 min",
        "Injection |  | 2 min",
    ]
    again = block(editor, "Table: Doses")
    again.get_by_role("button", name="Delete row 1").click()
    again.get_by_text("As text, one row a line").click()
    expect(again.get_by_label("Rows")).to_have_value("Medicine | Dose | Wait\nInjection |  | 2 min")
    again.get_by_label("Rows").fill("A | B\nC | D")
    expect(again.get_by_label("Row 1, column 2")).to_have_value("D")


def test_what_is_typed_in_a_cell_while_the_page_is_saved_goes_in_there(editor, table, withdrawal):
    table.get_by_label("What it compares").fill("Doses")
    for label in ("Heading of column 1", "Heading of column 2", "Row 1, column 1"):
        table.get_by_label(label).fill(label[-8:])
    table.get_by_label("Row 1, column 2").press_sequentially("4 ")
    with editor.expect_navigation():
        editor.keyboard.press("Control+s")
        editor.keyboard.type("mg")
    ready(editor)
    cell = block(editor, "Table: Doses").get_by_label("Row 1, column 2")
    expect(cell).to_be_focused()
    editor.keyboard.type(" once")
    expect(cell).to_have_value("4 mg once")
    save(editor)
    assert newest(withdrawal).snapshot["blocks"][-1]["rows"].endswith("| 4 mg once")


def test_the_grid_fits_a_phone(editor, table):
    editor.set_viewport_size({"width": 390, "height": 800})
    for _ in range(3):
        table.get_by_role("button", name="Add a column").click()
    assert editor.evaluate("document.documentElement.scrollWidth") <= 390
    editor.reload()
    ready(editor)
