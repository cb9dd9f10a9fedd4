"""What a spreadsheet takes for a formula, and what stays as it is: every `csv_text` passes this table."""

FORMULAS = [
    "=1+1",
    "+1+cmd",
    "-1",
    "@SUM(A1)",
    "|x",
    "%x",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\tx",
    "\rx",
    "\nx",
    "\ufeff=1",
    "\u00a0=1",
    "\u3000=1",
    "\u200b=1",
    "\u00ad=1",
    "\u202e=1",
    "\x00=1",
    "\u2028=1",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫x",
    "⁼1",
    "−1",
]
HARMLESS = ["", "A word", "a=b", "1-2", "+1 (818) 555-0100", "“=1”"]
# Where a semicolon parts cells, the second half is one of its own.
PARTED = {
    ";=1": ";'=1",
    "a; +1": "a;' +1",
    "a\t@x": "a\t'@x",
    "a;＝1": "a;'＝1",
    "a; b=1": "a; b=1",
    "a; - b": "a; - b",
}
