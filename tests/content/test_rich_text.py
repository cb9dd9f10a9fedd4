"""What a rich text keeps of what is pasted or sent: struck-out and hidden words are gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.models.rich_text import sanitized

pytestmark = pytest.mark.once


@pytest.mark.parametrize("struck", ["del", "s", "strike", "DEL", "w:del", "w:moveFrom", "s\n"])
def test_old_words_of_a_tracked_change_are_left_out(struck):
    change = f'<p>Give <{struck} cite="x">2</{struck}><ins>1</ins> dose</p>'
    assert sanitized(change) == "<p>Give 1 dose</p>"
    assert sanitized(f"<p><{struck}>Do <b>not</b></{struck}> call first</p>") == "<p> call first</p>"


@pytest.mark.parametrize(
    "style",
    [
        "text-decoration:line-through",
        "color:red; TEXT-DECORATION : underline Line-Through",
        "text-decoration-line:line-through",
        "display:none",
        "display: none",
        "visibility:hidden",
        "mso-hide:all",
        "mso-element:comment",
        "visibility:collapse",
        "font-size:0",
        "font-size: 0.0px",
        "opacity:0",
        "color:transparent",
        "color:rgba(0, 0, 0, 0)",
        "text-decoration:line&#45;through",
        "text-decoration:line-/* a comment */through",
        r"text-decoration:\6cine-through",
        "color:red' hidden class='x",
        "color:red' class='x msoDel",
        "' class='ql-deletion",
        "' class='ice-del ice-cts",
        "' class='ck-suggestion-marker-deletion",
        "' class='tracked-deletion",
        "' class='delete' data-username='A",
        "' data-track-type='delete",
        "' role='deletion",
        r"text-decoration: line\-through",
    ],
)
@pytest.mark.parametrize("tag", ["span", "p", "b", "font", "li"])
def test_words_that_a_style_strikes_out_or_hides_are_left_out(style, tag):
    pasted = f"<p>Give </p><{tag} style='{style}'>2 <i>or <br>3</i></{tag}><p>1 dose &amp; wait</p>"
    cleaned = sanitized(pasted)
    assert "2" not in cleaned and "3" not in cleaned and "1 dose &amp; wait" in cleaned


@pytest.mark.parametrize(
    "style", ["font-size:0.8em", "opacity:0.5", "color:red", "background-color:transparent"]
)
def test_words_that_a_style_only_makes_small_or_pale_stay(style):
    assert sanitized(f"<p><span style='{style}'>Do not</span> wait, hidden or not</p>") == (
        "<p>Do not wait, hidden or not</p>"
    )


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<table><tr><td>4 mg<td>8 mg</table>", "4 mg 8 mg"),
        ("<div>Give 1</div><div>2 hours later</div>", "Give 1 2 hours later"),
        ("<dl><dt>Dose<dd>1</dl>", "Dose 1"),
        ("<h1>Call</h1><h2>911</h2>", "Call 911"),
        ("<p>10<sup>2</sup> mg, CO<SUB> 2 </SUB></p>", "<p>10² mg, CO₂</p>"),
        ("<p>10<sup>2.5x</sup>, 1<sup>st</sup>, C<sub>3A4</sub></p>", "<p>10².⁵x, 1st, C₃A₄</p>"),
        ('<p>10<span style="vertical-align:super">3</span> mg</p>', "<p>10³ mg</p>"),
        ("<p>CO<span class=c style='font-size:8pt; vertical-align: sub'>2</span></p>", "<p>CO₂</p>"),
        ('<p>1 <span style="vertical-align:super;text-decoration:line-through">2</span>3</p>', "<p>1 3</p>"),
        ("<p>Call<textarea>not</textarea> 911<noscript>not</noscript></p>", "<p>Call 911</p>"),
    ],
)
def test_what_stood_apart_or_raised_is_never_glued(pasted, kept):
    assert " ".join(sanitized(pasted).split()) == kept


def test_word_that_is_not_struck_stays_beside_one_that_is():
    line = "text-decoration:line-through"
    pasted = f'<p><span style="text-decoration:none">Call</span> <span style="{line}">988</span> 911'
    assert sanitized(pasted) == "<p>Call  911</p>"


@given(st.text(alphabet="<>/delspantyle=-:;\"' 1&amp;x", max_size=60))
def test_any_text_is_sanitized_to_a_fixed_point(html):
    assert sanitized(sanitized(html)) == sanitized(html)


@pytest.mark.parametrize(
    "struck",
    [
        '<suggestion-start name="deletion:a"></suggestion-start>2<suggestion-end name="deletion:a">',
        "<text:deletion>2</text:deletion>",
        "2\u0336",
    ],
)
def test_words_that_another_editor_marks_as_deleted_are_left_out(struck):
    assert "2" not in sanitized(f"<p>Give {struck}1 dose</p>")


@pytest.mark.parametrize(
    "kept", ["<b class='model'>2</b>", "<i class='delta del1'>2</i>", "<b data-del='2 ml'>2</b>"]
)
def test_words_of_other_classes_stay(kept):
    assert "2" in sanitized(f"<p>Give {kept} doses</p>")


def test_marks_that_turn_the_direction_are_left_out():
    assert sanitized("<p>Wait \u202e12\u202c hours.</p>") == "<p>Wait 12 hours.</p>"
