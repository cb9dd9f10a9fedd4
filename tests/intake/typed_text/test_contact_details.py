"""A link dials the number that was typed, or there is none: words and extensions never become digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.typed_text import contact_details
from tests.support.messages import stored_message

pytestmark = pytest.mark.once

NUMBER = "+18185550100"


@pytest.mark.parametrize(
    "typed",
    [
        "818-555-0100 (mom)",
        "818 555 0100 (cell)",
        "mom's cell: 8185550100",
        "818‑555‑0100",
        "(818) 555–0100.",
        "\u202a+1 (818) 555-0100\u202c",
        "８１８ ５５５ ０１００",
        "٨١٨ ٥٥٥ ٠١٠٠",
        "001 818 555 0100",
        "818.555.0100 after 5 pm",
        "818-555-0100, 5 pm",
        "818-555-0100; after 17:00",
        "call 818/555-0100 ok to text",
        "818•555•0100",
        "818 · 555 · 0100",
        "818_555_0100",
        "818|555|0100",
        "818\t555\t0100",
        "8️⃣1️⃣8️⃣ 5️⃣5️⃣5️⃣ 0️⃣1️⃣0️⃣0️⃣",
        "८१८-५५५-०१००",
        "𝟖𝟏𝟖 𝟓𝟓𝟓 𝟎𝟏𝟎𝟎",
    ],
)
def test_words_around_a_number_are_no_part_of_it(typed):
    assert contact_details.phone_href(typed) == f"tel:{NUMBER}"
    assert contact_details.sms_href(typed) == f"sms:{NUMBER}"
    assert not contact_details.doubt_about_phone(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "818-555-0100 local 212",
        "818-555-0100 ext. 212",
        "818-555-0100 x212",
        "818-555-0100 extension 212",
        "818-555-0100 #212",
        "818-555-0100 loc. 212",
        "818-555-0100, anexo 212",
        "tel:+1-818-555-0100;ext=212",
        "818-555-0100 (x212)",
        "818-555-0100,,212#",
        "818-555-0100;212",
        "818-555-0100 (ext. 212) (work)",
        "818-555-0100 – ext. no. 212",
        "818-555-0100, extension number 212",
        "818-555-0100 / extensión: 212",
        "818-555-0100 int. 212",
        "818-555-0100 Interno núm. 212",
        "818-555-0100 ext. ٢١٢",
    ],
)
def test_extension_is_dialed_after_the_number(typed):
    assert contact_details.phone_href(typed) == f"tel:{NUMBER};ext=212"
    assert contact_details.normal_phone(typed) == NUMBER
    assert contact_details.sms_href(typed) == ""


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0044 20 7946 0958", "+442079460958"),
        ("+0044 20 7946 0958", "+442079460958"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("0049 30 901820", "+4930901820"),
        ("+52 55 1234 5678", "+525512345678"),
    ],
)
def test_number_of_another_country_is_dialed_as_it_is_there(typed, number):
    assert contact_details.phone_href(typed) == f"tel:{number}"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mom",
        "555-0100",
        "1-800-GET-HELP",
        "818-555-O1OO",
        "818-555-0100 or 310-555-0199",
        "818-555-0100 x 310-555-0199",
        "818-555-0100 local 310-555-0199",
        "818-555-0100\t310-555-0199",
        "818-555-0100x3105550199",
        "1-800-FLOWERS9",
        "818 five five five 0100",
        "+52 1 55 1234 5678",
        "1 818 555 010",
        "03.05.1987",
        "123-45-6789",
        "2026-11-27 10:30",
    ],
)
def test_there_is_no_link_when_the_number_is_not_certain(typed):
    assert contact_details.phone_href(typed) == contact_details.sms_href(typed) == ""


@pytest.mark.parametrize(
    "second",
    [
        " / 0101",
        "/0101",
        "/1",
        " or 0101",
        " & 0101",
        ", 0101",
        " (0101)",
        " y 0101",
        " ext 5 / 6",
        ", 555-0199",
        " - 0101",
    ],
)
def test_a_second_number_that_is_cut_short_is_asked_about_and_none_is_made_up(second):
    typed = f"818-555-0100{second}"
    assert contact_details.doubt_about_phone(typed) == contact_details.Doubt.SEVERAL
    assert contact_details.phone_href(typed).split(";")[0] == f"tel:{NUMBER}"


def test_a_second_number_that_is_cut_short_is_found_by_its_end():
    found = contact_details.digits_of_each_number("818-555-0100 / 0101")
    assert [each[-4:] for each in found] == ["0100", "0101"]
    assert contact_details.digits_of_each_number("818-555-0100 ext. 212") == ["18185550100"]


@pytest.mark.parametrize(
    "time", [" / 5 pm", "; after 17:00", " (9am-5pm)", " (9-5)", ", 24/7", " / 17 h", ", 9:30"]
)
def test_a_time_beside_a_number_is_no_second_number(time):
    assert not contact_details.doubt_about_phone(f"818-555-0100{time}")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("s@gmial.com", "s@gmail.com"),
        ("s@gamil.com", "s@gmail.com"),
        ("s@gmaill.com", "s@gmail.com"),
        ("s@hotnail.com", "s@hotmail.com"),
        ("s@iclod.com", "s@icloud.com"),
        ("s@gmail..com", "s@gmail.com"),
        ("s@clinic.cmo", "s@clinic.com"),
        *(
            (f"s@{right}", "")
            for right in ("gmail.com", "ymail.com", "mail.com", "gmail.com.mx", "hotmail.es")
        ),
    ],
)
def test_a_slip_in_an_address_is_known_from_an_address_of_another_name(typed, meant):
    assert contact_details.intended_email(typed) == meant


@given(st.text(max_size=120))
def test_no_link_dials_a_digit_that_was_not_typed(typed):
    dialed = contact_details.phone_href(typed).removeprefix("tel:+1").removeprefix("tel:+")
    digits = contact_details.typed_text.digits(contact_details.typed_text.one_word(typed))
    assert set(dialed) <= set(digits) | set(";ext=")


@given(st.from_regex(r"[ a-zA-Z(),:'/-]{0,12}818-555-0100[ a-wyzA-WYZ(),:'/-]{0,12}", fullmatch=True))
def test_one_number_among_words_is_that_number_or_no_link(typed):
    assert contact_details.phone_href(typed) in ("", f"tel:{NUMBER}")


@pytest.mark.django_db
def test_links_for_staff_are_those_of_the_number():
    assert stored_message(phone="818-555-0100 local 212").phone_href == f"tel:{NUMBER};ext=212"
    assert stored_message(phone="818-555-0100 (mom)").sms_href == f"sms:{NUMBER}"
