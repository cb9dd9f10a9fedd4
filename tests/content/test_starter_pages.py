"""What the starting pages must be: complete, kind, easy to read, sourced, with every number a link."""

import re
from html.parser import HTMLParser

import pytest

from content import readability, starter
from content.models import Clinic, GlossaryTerm, Helpline, SiteSettings, Source, Synonym, Version
from tests.support.claims import CLAIMS, PATHS

pytestmark = pytest.mark.once

PHONE = re.compile(r"(?<![\w-])(?:911|988|(?:1-)?\(?\d{3}\)?[ -]\d{3}-\d{4})(?![\w-])")
# Read by themselves or meant for another place: measured and searched apart from the page's own words.
FURNITURE = re.compile(
    r"<(aside|header|footer|nav|form|script|style|svg)\b.*?</\1>|<section class=\"talk.*?</section>"
    r"|<details class=\"fold\b.*?</details>",
    re.DOTALL,
)
SOURCE_LIST = re.compile(r'<details class="fold sources.*?</details>', re.DOTALL)


@pytest.fixture
def rendered(starting_answers):
    """Return the rendered page at a path, and its main content without the furniture."""

    def get(path):
        assert starting_answers[path].status_code == 200, path
        html = starting_answers[path].content.decode()
        main = re.search(r"<main\b.*?>(.*)</main>", html, re.DOTALL)[1]
        return html, FURNITURE.sub(" ", main)

    return get


SOURCES = starter.sources()


def words_of(html):
    text = " ".join(readability.paragraphs(re.sub(r"<sup\b.*?</sup>", "", html, flags=re.DOTALL)))
    return re.sub(r"\s+([.,;:?!])", r"\1", re.sub(r"\s+", " ", text.replace("’", "'"))).lower()


def page_data(path):
    return next(data for data in starter.page_files() if data["path"] == path)


@pytest.mark.parametrize("path", PATHS)
def test_reads_easily(rendered, path):
    limits = readability.EMERGENCY if path == "/overdose-help/" else readability.EVERYDAY
    _, main = rendered(path)
    assert readability.measure(main).words > 100
    assert [f for f in readability.reading_findings(main, limits) if f.severity == "error"] == []


@pytest.mark.parametrize("path", PATHS)
def test_visitors_and_editors_are_told_the_same_minutes(rendered, path):
    _, main = rendered(path)
    assert readability.reading_minutes(main) == readability.measure(main).minutes


@pytest.mark.parametrize(
    ("path", "medicines"),
    [
        ("/treatment/", ["Buprenorphine", "Methadone", "Naltrexone"]),
        ("/es/tratamiento/", ["Buprenorfina", "Metadona", "Naltrexona"]),
    ],
)
def test_each_medicine_is_a_row_and_so_one_card_on_a_phone(path, medicines):
    page = next(data for data in starter.page_files() if data["path"] == path)
    table = next(block for block in page["blocks"] if block["kind"] == "table")
    assert [row.split(" | ")[0] for row in table["rows"][1:]] == medicines


@pytest.mark.parametrize("path", [*PATHS, "/contact/"])
def test_avoids_words_that_hurt(rendered, path):
    html, _ = rendered(path)
    without_sources = SOURCE_LIST.sub("", html)
    attributes = " ".join(
        re.findall(r'(?:content|alt|title|aria-label|placeholder)="([^"]*)"', without_sources)
    )
    title = re.search("<title>(.*?)</title>", html, re.DOTALL)[1]
    visible = " ".join(
        readability.paragraphs(without_sources.replace("<form", "<div").replace("<nav", "<div"))
    )
    found = readability.term_findings(f"{title}. {attributes}. {visible}")
    assert [finding for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize("path", CLAIMS)
def test_carries_every_claim(rendered, path):
    text, proofs = words_of(rendered(path)[1]), page_data(path)["claims"]
    missing = [claim for claim in CLAIMS[path].split() if not proofs.get(claim)]
    assert missing == [], f"{path} has no words for these claims"
    absent = {
        claim: [w for w in words if w.replace("’", "'").lower() not in text]
        for claim, words in proofs.items()
    }
    assert {claim: words for claim, words in absent.items() if words} == {}


def test_every_claim_is_on_some_page():
    carried = {claim for claims in CLAIMS.values() for claim in claims.split()}
    assert carried == {f"C{number:02}" for number in range(1, 75)} - {"C02", "C21"}


@pytest.mark.parametrize("path", PATHS)
def test_every_citation_has_its_source(rendered, path):
    _, main = rendered(path)
    html, _ = rendered(path)
    assert re.findall(r"\[(?!\d+\])[a-z0-9]+(?:-[a-z0-9]+)*\]", main) == [], "a citation names no source"
    cited = {int(number) for number in re.findall(r'href="#source-(\d+)"', html)}
    listed = {int(number) for number in re.findall(r'id="source-(\d+)"', html)}
    assert cited == listed == set(range(1, len(cited) + 1))


@pytest.mark.parametrize("path", PATHS)
def test_no_figure_rests_on_a_source_that_nobody_opened(path):
    cited = set(re.findall(r"\[([a-z0-9-]+)\]", str(starter.snapshot_of(page_data(path)))))
    doubtful = {
        source["slug"] for source in SOURCES if source["verification"] in ("not-opened", "second-hand")
    }
    assert cited & doubtful == set()


@pytest.mark.parametrize("path", ["/withdrawal/", "/es/abstinencia/"])
def test_every_danger_sign_has_its_source(path):
    boxes = [block["body"] for block in page_data(path)["blocks"] if block["kind"] == "callout"]
    signs = [sign for body in boxes for sign in re.findall("<li>(.*?)</li>", body)]
    assert len(signs) > 9
    assert [sign for sign in signs if not re.search(r"\[[a-z0-9-]+\]$", sign)] == []


class _Numbers(HTMLParser):
    """Collects phone numbers that stand outside a link, and the links to numbers."""

    def __init__(self):
        super().__init__()
        self.loose, self.links, self._href, self._hidden = [], [], None, 0

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self._href = dict(attrs).get("href", "")
            if self._href.startswith(("tel:", "sms:")):
                self.links.append(self._href)
        self._hidden += tag in ("script", "style", "svg")

    def handle_endtag(self, tag):
        if tag == "a":
            self._href = None
        self._hidden -= tag in ("script", "style", "svg")

    def handle_data(self, data):
        if self._hidden or (self._href or "").startswith(("tel:", "sms:")):
            return
        self.loose += PHONE.findall(data)


@pytest.mark.parametrize("path", [*PATHS, "/contact/", "/no-such-page/"])
def test_every_phone_number_is_a_link_to_a_known_line(starting_answers, path):
    parser = _Numbers()
    html = starting_answers[path].content.decode()
    parser.feed(SOURCE_LIST.sub("", html))  # names, not numbers
    assert parser.loose == []
    assert set(parser.links) <= starting_answers["numbers"]
    assert {"tel:911", "tel:988"} <= set(parser.links)


@pytest.mark.parametrize("path", PATHS)
def test_has_one_heading_title_description_and_language(rendered, path):
    html, _ = rendered(path)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.search(r'<html[^>]* lang="en-US"', html)
    assert len(re.findall(r"<title>[^<]{10,}</title>", html)) == 1
    assert 140 <= len(page_data(path)["description"].replace("{clinic-name}", Clinic().name)) <= 155
    assert len(re.findall(r'<meta name="description" content="[^"]{100,}"', html)) == 1


def test_titles_and_descriptions_differ():
    pages = starter.page_files()
    assert (
        len(pages) == len({data["title"] for data in pages}) == len({data["description"] for data in pages})
    )


def test_withdrawal_keeps_the_three_stages_and_what_comes_after(starting_pages):
    blocks = Version.objects.current().get(page__path="/withdrawal/").snapshot["blocks"]
    stages = [block for block in blocks if block["kind"] == "timeline_stage"]
    assert [stage["starts_hour"] for stage in stages] == sorted(stage["starts_hour"] for stage in stages)
    assert len(stages) == 4


def test_loading_twice_changes_nothing_and_keeps_edits(starting_pages):
    before = Version.objects.count()
    line = Helpline.objects.get(slug="988")
    line.use_when = "Edited by staff"
    line.save()
    assert starter.load() == []
    line.refresh_from_db()
    assert (Version.objects.count(), line.use_when) == (before, "Edited by staff")


def test_nobody_is_named_as_reviewer(starting_pages):
    assert not Version.objects.exclude(reviewer=None).exists()


@pytest.mark.parametrize("model", [Helpline, Source, GlossaryTerm, Synonym, SiteSettings])
def test_staff_can_save_each_starting_record_as_it_is(starting_pages, model):
    records = list(model.objects.all())
    for record in records:
        record.full_clean()
    assert records
