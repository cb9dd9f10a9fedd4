"""No clinical change of the sentences may pass as wording; false alarms are counted."""

import pytest

from content.publishing import wording, words_read
from tests.content.publishing.wording_sentences import CLINICAL, FALSE_ALARMS, WORDING

pytestmark = pytest.mark.once

KNOWN = {"receive", "naloxone", "withdrawal", "tolerance", "recovery", "quickly", "people", "help"}


@pytest.mark.parametrize(("old", "new"), CLINICAL)
def test_no_clinical_change_passes_as_wording(old, new):
    everything = {word for pair in CLINICAL for text in pair for word in words_read.tokens(text)}
    assert wording.changed_words(old, new, KNOWN | everything)
    assert wording.changed_words(new, old, KNOWN)
    only_new = set(words_read.tokens(new)) - set(words_read.tokens(old))
    assert wording.changed_words(old, new, KNOWN | only_new)


def test_a_british_spelling_is_no_other_word():
    assert wording.changed_words("in the morning", "in the mourning")
    assert wording.changed_words("He keeps scouring it.", "He keeps scoring it.")
    assert not wording.changed_words("Their behavior", "Their behaviour")


def test_false_alarms_are_few_and_counted():
    alarms = [pair for pair in WORDING if wording.changed_words(*pair, KNOWN)]
    assert len(alarms) == FALSE_ALARMS, alarms
    assert alarms == WORDING[-FALSE_ALARMS:]


def test_the_editor_sees_the_words():
    assert wording.changed_words("Turn them on their side.", "Turn them on their back.") == [
        "“side” → “back”"
    ]
    assert wording.changed_words("Take it.", "Do not take it.") == ["nothing → “do not”"]


def test_pauses_that_moved_are_named_beside_the_words():
    """Those beside the words themselves are seen with them."""
    told = wording.changed_words(
        "Friends who use at home get sick soon.", "Friends, who use at home, get ill soon."
    )
    assert told == [
        "“sick” → “ill”",
        "a pause after “friends”",
        "a pause after “use at home”",
    ]
    assert wording.changed_words("Rest, then go far.", "Rest, then walk far.") == ["“go” → “walk”"]
    assert wording.changed_words("Rest now, eat.", "Rest well now, eat.") == ["nothing → “well”"]


def test_what_is_left_out_of_a_long_list_is_counted():
    before, after = (" and ".join(f"{word}{chr(97 + i)}" for i in range(26)) for word in ("red", "blue"))
    two = [
        {"kind": "text", "heading": "", "body": f"<p>{words} or {words} too</p>"} for words in (before, after)
    ]
    told = wording.reasons(*map(snapshot, two))
    assert told[0].endswith("; and 22 more")


def test_more_than_a_few_words_are_all_named():
    pairs = [("red", "rot"), ("blue", "ocean"), ("green", "meadow"), ("gray", "fog"), ("pink", "rosa")]
    before, after = (" and ".join(pair[side] for pair in pairs) for side in (0, 1))
    old = {"kind": "text", "heading": "", "body": f"<p>{before}</p>"}
    new = old | {"body": f"<p>{after}</p>"}
    told = " ".join(wording.reasons(snapshot(old), snapshot(new)))
    assert "pink" in told and "rosa" in told


def snapshot(*blocks, layout="article", **page):
    return {"page": {"heading": "H", "layout": layout, **page}, "blocks": list(blocks)}


def text(body):
    return {"kind": "text", "heading": "A section", "body": body}


def steps(words):
    return {"kind": "steps", "heading": "What to do", "steps": words, "drawing": ""}


def box(body, **fields):
    return {
        "kind": "callout",
        "level": "warning",
        "heading": "Careful",
        "body": body,
        "safety_topic": "",
    } | fields


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (snapshot(steps("Call them")), snapshot(steps("Call them."))),
        (snapshot(box("<p>Calls.</p>", level="emergency")), snapshot(box("<p>Call.</p>", level="emergency"))),
        (
            snapshot(box("<p>a</p>", safety_topic="suicide")),
            snapshot(box("<p>A</p>", safety_topic="suicide")),
        ),
        (snapshot(box("<p>a</p>", safety_topic="suicide")), snapshot(box("<p>a</p>"))),
        (
            snapshot(text("<p>Call.</p>"), layout="emergency"),
            snapshot(text("<p>call</p>"), layout="emergency"),
        ),
        (snapshot(text("<p>a</p>")), snapshot(text("<p>a</p>"), layout="home")),
        (
            snapshot(text('<p><a href="https://a.example/">a</a></p>')),
            snapshot(text('<p><a href="https://b.example/">a</a></p>')),
        ),
        (snapshot(text("<p>a</p>"), box("<p>b</p>")), snapshot(box("<p>b</p>"), text("<p>a</p>"))),
        (snapshot(text("<p>a</p>")), snapshot(text("<p>a</p>"), text("<p>More.</p>"))),
        (snapshot(lede="It is safe."), snapshot(lede="It is not safe.")),
        (snapshot(text("<p>Do not stop.</p>")), snapshot(text("<p>Do not <strong>stop.</strong></p>"))),
        (snapshot(text("<p>Help.</p><p>Skip it.</p>")), snapshot(text("<p>Help.</p><h3>Skip it.</h3>"))),
        (
            snapshot(text("<ul><li><p>One</p></li><li><p>Two</p></li></ul>")),
            snapshot(text("<ol><li><p>One</p></li><li><p>Two</p></li></ol>")),
        ),
        (snapshot(text("<ol><li>One</li></ol>")), snapshot(text('<ol start="2"><li>One</li></ol>'))),
        (
            snapshot(text('<p><a href="https://a.example/">help</a> and use</p>')),
            snapshot(text('<p><a href="https://a.example/">help and use</a></p>')),
        ),
        (
            snapshot(text("<ol><li>Call</li><li>Wait</li></ol>")),
            snapshot(text("<ol><li>Call<ol><li>Wait</li></ol></li></ol>")),
        ),
        (snapshot(path="/help/"), snapshot(path="/two-doses-are-safe/")),
        (snapshot(text("<p>Go <strong>now</strong>here.</p>")), snapshot(text("<p>Go now here.</p>"))),
    ],
)
def test_what_readers_act_on_is_clinical_whatever_the_words(old, new):
    assert wording.reasons(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (snapshot(text("<p>Calls.</p>")), snapshot(text("<p>calls</p>"))),
        (snapshot(box("<p>Calls.</p>")), snapshot(box("<p>calls</p>"))),
        (snapshot(text("<p><em>witdrawal</em> now</p>")), snapshot(text("<p><em>Witdrawal</em> now.</p>"))),
        (
            snapshot(text("<p>The <em>clinic</em> is</p>")),
            snapshot(text("<p><em>Clinic </em>is<em> </em></p>")),
        ),
        (snapshot(position=1), snapshot(position=2)),
    ],
)
def test_spelling_elsewhere_is_wording(old, new):
    assert wording.reasons(old, new) == []
