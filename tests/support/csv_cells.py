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
]
HARMLESS = ["", "A word", "a=b", "1-2", "+1 (818) 555-0100", "“=1”"]
