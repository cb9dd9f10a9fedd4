"""What is typed is read as it was meant: marks that no screen shows are no part of it, all else stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import typed_text
from intake.forms.message import MessageForm
from tests.support.messages import filled_in

pytestmark = pytest.mark.once

INVISIBLE = "\u200b\u200e\u200f\ufeff\u00ad\u202a\u202c\u202e\u2060\u2066\u2069\u061c\x00\x1f\U000e0041"
INVISIBLE += "\u034f\u115f\u1160\u3164\uffa0\u180e\ufff0\ufff9\U0001bca0\U0001d173\U000e0080"
IN_ONE_WORD = INVISIBLE + "\u200c\u200d\ufe0e\ufe0f\u2800\U000e0100"  # part of writing in other places


@given(st.text(alphabet=IN_ONE_WORD, max_size=4), st.sampled_from(range(16)))
def test_address_is_the_same_wherever_a_mark_stands_in_it(marks, place):
    address = "sam@example.org"
    assert typed_text.email_address(address[:place] + marks + address[place:]) == address


@pytest.mark.parametrize(
    "typed",
    [
        "Sam Rivers <sam@example.org>",
        "mailto:sam@example.org",
        " sam@example.org,",
        "sam@example.org.",
        "sam @ example.org",
        "ｓａｍ＠example.org",
        "sam@exam\u200dple.org",
        "<mailto:sam@example.org>",
        "mailto:sam@example.org?subject=Hello",
        "'sam@example.org'",
        "“sam@example.org”,",
        '"Rivers, Sam" <sam@example.org>',
        "sam＠example．org",
        "sam@example。org",
        "\ufeffsam@example.org\u200e",
    ],
)
def test_address_is_taken_out_of_what_an_address_book_adds(typed):
    form = MessageForm(filled_in(reply_by="email", phone="", email=typed))
    assert form.is_valid() and form.cleaned_data["email"] == "sam@example.org"


@pytest.mark.parametrize("address", ['"sam rivers"@example.org', "sam@[192.0.2.1]", "o'neil@example.org"])
def test_address_keeps_signs_of_its_own(address):
    assert typed_text.email_address(address) == address


@pytest.mark.parametrize("space", "\t\n\u00a0\u1680\u2003\u2007\u2009\u202f\u205f\u3000\u2028\x85")
def test_every_space_in_a_number_is_one(space):
    assert typed_text.one_word(f"818{space}555{space}{space}0100") == "818 555 0100"


def test_hyphens_of_a_word_processor_are_hyphens_in_an_address():
    assert typed_text.email_address("mary‑ann@ex‐ample.org") == "mary-ann@ex-ample.org"


@pytest.mark.parametrize("mark", INVISIBLE)
def test_no_field_keeps_a_mark_that_nobody_sees(mark):
    written = dict.fromkeys(("name", "relationship", "message"), f"a{mark}b")
    form = MessageForm(filled_in(**written, phone=f"818{mark}5550100", email=f"sam{mark}@example.org"))
    assert form.is_valid()
    assert {form.cleaned_data[name] for name in written} == {"ab"}
    assert (form.cleaned_data["phone"], form.cleaned_data["email"]) == ("8185550100", "sam@example.org")


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍👧", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a\tb\nc", "क्‍ष", "x² ﬁ ½", "葛󠄀"])
def test_marks_that_belong_to_writing_stay_in_running_text(text):
    assert typed_text.cleaned(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one(line_break):
    assert typed_text.cleaned(f"a{line_break}b") == "a\nb"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    for clean in (typed_text.cleaned, typed_text.one_word):
        once = clean(text)
        assert clean(once) == once


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("D’Angelo", "d'angelo"),
        ("D'Angelo", "D’ANGELO"),
        ("O`Brien", "obrien"),
        ("Łukasz", "lukasz"),
        ("Strauß", "STRAUSS"),
        ("Ｋｉｍ", "kim"),
        ("Øyvind Æsir", "oyvind aesir"),
        ("Mary‑Ann", "mary ann"),
        ("İpek", "ipek"),
        ("Sa\u200bm", "sam"),
        ("Đorđe", "dorde"),
        ("O´Brien", "o'brien"),
        ("N′Golo", "N‛Golo"),
        ("ʾAli", "ali"),
        ("Oʻahu", "oahu"),
        ("Ƙano Ɓala", "kano bala"),
        ("Nun\u0303ez", "nuñez"),
        ("Σωκράτης", "ΣΩΚΡΑΤΗΣ"),
        ("علي", "علی"),
        ("م\u0640حمد", "محمد"),
        ("𝓢𝓪𝓶", "sam"),
    ],
)
def test_names_are_compared_as_people_say_them(stored, asked):
    assert typed_text.folded(stored) == typed_text.folded(asked)


def test_digits_of_every_script_are_digits():
    assert typed_text.digits("٨١٨ ８１８ ८१८ ①") == "8188188181"


@pytest.mark.parametrize(("sent", "read"), [("a\ud83db", "ab"), ("x\ude42", "x"), ("\ud83d\ude42", "🙂")])
def test_half_of_a_character_is_left_out_and_two_halves_are_joined(sent, read):
    assert typed_text.decoded(sent.encode("utf-8", "surrogatepass")) == read
