"""What is checked before a page may go live: each rule, what it says, and the block it names."""

import pytest

from content import page_checks
from content.models import Helpline, Source
from content.page_checks import Surroundings

pytestmark = pytest.mark.once

GOOD_BLOCK = {"kind": "text", "heading": "A section", "body": "<p>Some easy words.</p>"}


def make_snapshot(*blocks, **page):
    defaults = {
        "path": "/some-page/",
        "heading": "What is this?",
        "title": "What this is",
        "short_name": "This",
        "lede": "It is a page.",
        "description": "This page has a description of the right length. ".ljust(150, "x"),
        "layout": "article",
    }
    return {"page": defaults | page, "blocks": [GOOD_BLOCK, *blocks]}


def make_text(body, heading=""):
    return {"kind": "text", "heading": heading, "body": body}


@pytest.fixture
def around():
    lines = [
        Helpline(slug="911", name="Emergency services", phone="911", is_published=True),
        Helpline(slug="hidden", name="A hidden line", phone="1-800-555-0100"),
    ]
    sources = [
        Source(slug="cdc-naloxone", verification="seen"),
        Source(slug="hearsay", verification="second-hand"),
    ]
    return Surroundings(
        sources={source.slug: source for source in sources},
        helplines={line.slug: line for line in lines},
        paths=frozenset({"/some-page/", "/other/", "/draft-only/"}),
        left_paths=frozenset({"/some-page/", "/moved/"}),
        live_anchors={"/other/": frozenset({"main", "a-heading"})},
    )


def found(around, *blocks, topics=(), **page):
    findings = page_checks.check(make_snapshot(*blocks, **page), around, required_topics=topics)
    return [(finding.rule, finding.severity, finding.block) for finding in findings]


def test_finds_nothing_on_a_good_page(around):
    assert found(around, make_text("<p>Naloxone helps [cdc-naloxone]. Call {911}.</p>")) == []


@pytest.mark.parametrize(
    ("body", "rule", "severity"),
    [
        ("<p>It helps every junkie.</p>", "words-junkie", "error"),
        ("<p>We are HIPAA compliant.</p>", "words-hipaa-claim", "error"),
        ("<p>It is 100% confidential.</p>", "words-cure", "error"),
        ("<p>This is guaranteed.</p>", "words-cure", "error"),
        ("<p>Calls are fully confidential.</p>", "promise", "error"),
        ("<p>This is risk-free.</p>", "promise", "error"),
        ("<p>One [no-such-source].</p>", "unknown-source", "error"),
        ("<p>One [Write more here].</p>", "unknown-source", "error"),
        ("<p>One [hearsay].</p>", "unverified-source", "warn"),
        ("<p>Call [cdc] now.</p>", "source-to-call", "warn"),
        ("<p>Call {no-such-line}.</p>", "unknown-helpline", "error"),
        ("<p>Call {911.</p>", "unknown-helpline", "error"),
        ("<p>Call {Poison Control}.</p>", "unknown-helpline", "error"),
        ("<p>Call {hidden}.</p>", "hidden-helpline", "warn"),
        ("<p>Write to {911:text}.</p>", "helpline-form", "warn"),
        ("<p>Call 911.</p>", "typed-number", "error"),
        ("<p>Call (800) 555-0100.</p>", "typed-number", "error"),
        ("<p>Call 1-800-555-0100.</p>", "typed-number", "error"),
        ("<p>Call 800.555.0100.</p>", "typed-number", "error"),
        ("<p>Text HOME to 741741.</p>", "typed-number", "error"),
        ('<p><a href="tel:911">Call now</a></p>', "typed-number", "error"),
        ("<p>It saves 40% of them.</p>", "figure-without-source", "error"),
        ("<p>It saves 1 in 4.</p>", "figure-without-source", "error"),
        ("<p>It saves 80,000 people.</p>", "figure-without-source", "error"),
        ("<p>Take 8 mg now.</p>", "figure-without-source", "error"),
        ("<p>It saves 1 in 4 [hearsay].</p>", "figure-without-source", "error"),
        ("<p>It lasts 7 days.</p>", "number-without-source", "warn"),
        ('<p><a href="/other/">click here</a></p>', "link-text", "error"),
        ('<p><a href="/other/">Read more →</a></p>', "link-text", "error"),
        ('<p><a href="/other/"></a></p>', "link-text", "error"),
        ('<p><a href="/other/">this page</a></p>', "link-text", "warn"),
        ('<p><a href="https://example.org/">https://example.org/</a></p>', "link-text", "warn"),
        ('<p><a href="/gone/">Our old page</a></p>', "link-target", "error"),
        ('<p><a href="/other">Our other page</a></p>', "link-target", "error"),
        ('<p><a href="other/">Our other page</a></p>', "link-target", "error"),
        ('<p><a href="http://testserver/gone/">Our old page</a></p>', "link-target", "error"),
        ('<p><a href="">Our other page</a></p>', "link-target", "error"),
        ('<p><a href="/draft-only/">Our next page</a></p>', "link-target", "warn"),
        ('<p><a href="/moved/">Our other page</a></p>', "link-target", "warn"),
        ('<p><a href="/other/#gone">A part of it</a></p>', "link-target", "warn"),
        ('<p><a href="#gone">A part of this</a></p>', "link-target", "warn"),
        ('<p><a href="http://example.org/">An old site</a></p>', "link-target", "warn"),
        ("<h3></h3><p>Words.</p>", "empty-heading", "error"),
        (
            "<p>" + "It is a very long sentence that goes on " * 4 + ".</p>",
            "reading-longest_sentence",
            "error",
        ),
        ("<p>" + "It is short. " * 6 + "</p>", "reading-longest_paragraph", "error"),
    ],
)
def test_tells_what_is_wrong_in_a_text(around, body, rule, severity):
    assert (rule, severity, 1) in found(around, make_text(body))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Email is never fully private.</p>",
        '<p><a href="/other/#a-heading">A part of it</a> and <a href="/contact/">our form</a></p>',
        '<p><a href="#a-section">The first part</a> and <a href="https://example.org/x">a study</a></p>',
        '<p><a href="/some-page/">The top</a></p>',
        "<p>It saves 1 in 4 [cdc-naloxone].</p>",
    ],
)
def test_leaves_good_text_alone(around, body):
    assert found(around, make_text(body)) == []


@pytest.mark.parametrize("name", ["heading", "title", "short_name", "lede", "description"])
def test_asks_for_each_title(around, name):
    assert found(around, **{name: " "}) == [("missing-title", "error", None)]


@pytest.mark.parametrize("length", [139, 156])
def test_tells_the_length_of_the_description(around, length):
    assert found(around, description="x" * length) == [("description-length", "warn", None)]


def test_reads_words_in_titles_too(around):
    assert ("words-junkie", "error", None) in found(around, lede="For the junkie.")


def test_grades_the_whole_page(around):
    hard = (
        "<p>Pharmacological intervention necessitates individualized multidisciplinary consideration.</p>"
        * 20
    )
    assert ("reading-grade", "error", None) in found(around, make_text(hard))


def test_is_stricter_with_the_emergency_page(around):
    text = make_text("<p>" + "word " * 22 + ".</p>")
    assert found(around, text) == []
    assert ("reading-longest_sentence", "error", 1) in found(around, text, layout="emergency")


def test_asks_for_the_safety_boxes_of_the_page(around):
    box = {"kind": "callout", "heading": "Take care", "body": "<p>Words.</p>", "safety_topic": "tolerance"}
    assert found(around, topics=["tolerance"]) == [("safety-topic", "error", None)]
    assert found(around, box, topics=["tolerance"]) == []
    assert found(around, box | {"body": "<p></p>"}, topics=["tolerance"]) == [
        ("safety-topic", "error", None),
        ("empty-words", "error", 1),
    ]
    assert found(around, box | {"safety_topic": "suicide"}, topics=["tolerance"]) == [
        ("safety-topic", "error", None)
    ]


def test_asks_for_a_section_before_smaller_headings(around):
    snapshot = make_snapshot({"kind": "sign_list", "heading": "Signs", "intro": "", "signs": "one"})
    snapshot["blocks"][0] = make_text("<p>No heading.</p>")
    findings = page_checks.check(snapshot, around)
    assert [(finding.rule, finding.block) for finding in findings] == [("heading-order", 1)]


@pytest.mark.parametrize(
    ("alt", "is_decorative", "rules"),
    [
        ("", False, ["alt-text"]),
        ("IMG_2034.jpg", False, ["alt-text"]),
        ("A calm coast", False, []),
        ("", True, []),
    ],
)
def test_asks_for_alternative_text(around, alt, is_decorative, rules):
    block = {"kind": "image", "image": "pictures/x.webp", "alt": alt, "is_decorative": is_decorative}
    assert [rule for rule, _, _ in found(around, block)] == rules


def test_checks_every_line_of_lists_and_steps(around):
    signs = {"kind": "sign_list", "heading": "Signs", "intro": "", "signs": "fine\nCall 911"}
    steps = {"kind": "steps", "heading": "", "steps": "Call 911 | and wait"}
    assert found(around, signs, steps) == [("typed-number", "error", 1), ("typed-number", "error", 2)]


def test_checks_cards(around):
    card = {
        "kind": "card",
        "heading": "A door",
        "text": "",
        "link": "/gone/",
        "link_label": "more",
        "tone": "quiet",
    }
    assert found(around, card) == [("link-text", "error", 1), ("link-target", "error", 1)]


def test_a_key_figure_needs_a_source_even_in_words(around):
    block = {"kind": "key_figure", "figure": "Most", "text": "people get better"}
    assert found(around, block) == [("figure-without-source", "error", 1)]


def test_checks_helpline_blocks(around):
    block = {"kind": "helplines", "heading": "", "intro": "", "helplines": ["hidden"]}
    assert found(around, block) == [("no-helpline", "error", 1), ("hidden-helpline", "warn", 1)]
    assert found(around, block | {"helplines": ["911"]}) == []


def test_stages_stand_in_the_order_of_time(around):
    late = {"kind": "timeline_stage", "when": "Later", "starts_hour": 48, "ends_hour": 96, "strength": 3}
    early = late | {"when": "First", "starts_hour": 6, "ends_hour": 24}
    words = {"heading": "A stage", "body": "", "symptoms": "a"}
    assert found(around, early | words, late | words) == []
    assert found(around, late | words, early | words) == [("stage-order", "error", 2)]


def test_every_message_says_what_to_do(around):
    block = make_text('<p>Call 911 [x] {y} <a href="/gone/">here</a> 5% junkie</p><h3></h3>')
    findings = page_checks.check(make_snapshot(block, title=""), around, required_topics=["suicide"])
    assert len(findings) > 7
    assert all(finding.message.endswith(".") and len(finding.message) > 20 for finding in findings)
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities)


def test_tolerates_kinds_and_fields_that_are_gone(around):
    assert found(around, {"kind": "hologram", "depth": 3}, GOOD_BLOCK | {"color": "pine"}) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Sign | What to do\nPale | Call {911}", []),
        (" | Methadone\nHow | Daily", []),  # the corner may be empty
        ("Name | How\n | Daily", [("table-name", "error", 1)]),  # it was struck out where it came from
        ("Sign | \nPale | Call", [("table-heading", "error", 1)]),
        ("A | B | C | D | E | F | G\n1 | 2 | 3 | 4 | 5 | 6 | 7", [("table-width", "warn", 1)]),
        ("A | B\n1 | " + "long " * 30, [("table-cell", "warn", 1)]),
    ],
)
def test_a_table_is_narrow_and_heads_its_columns(around, rows, expected):
    table = {"kind": "table", "heading": "", "caption": "Signs", "rows": rows}
    assert [each for each in found(around, table) if each[0].startswith("table")] == expected


@pytest.mark.parametrize(
    ("path", "words", "is_wrong"),
    [
        ("/es/pagina/", "You can call us when you want to stop.", True),
        ("/es/pagina/", "Usted puede llamar cuando quiera dejar la heroína.", False),
        ("/es/pagina/", "Llame a «SMART Recovery Family & Friends», que es para familias.", False),
        ("/some-page/", "Usted puede llamar cuando quiera dejar la heroína.", True),
        ("/some-page/", "You can call us when you want to stop.", False),
        ("/some-page/", "Ask: «¿Habla español?» They answer.", False),
    ],
)
def test_a_text_in_another_language_than_its_page_is_an_error(around, path, words, is_wrong):
    body = (
        f"<p>{'Es una página que se lee.' if path.startswith('/es/') else 'It is a page.'}</p><p>{words}</p>"
    )
    snapshot = make_snapshot(make_text(body), path=path)
    named = [
        (each.severity, each.text)
        for each in page_checks.check(snapshot, around)
        if each.rule == "other-language" and each.block == 1
    ]
    assert named == ([("error", words)] if is_wrong else [])


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("Only a header", "at least one row"),
        ("A | B\n1 | 2\nC", "Row 2 has 1 cells, the header has 2"),
        ("", "at least one row"),
    ],
)
def test_a_table_without_rows_or_with_a_hole_is_an_error(around, rows, says):
    table = {"kind": "table", "heading": "", "caption": "What helps", "rows": rows}
    told = [each.message for each in page_checks.errors(page_checks.check(make_snapshot(table), around))]
    assert any(says in message for message in told)
