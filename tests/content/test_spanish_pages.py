"""The Spanish starting pages: as easy, kind and complete as the English ones."""

import re

import pytest

from content import starter
from content.readability import spanish
from content.rendering.words import page_html
from tests.support.claims import CLAIMS

pytestmark = pytest.mark.once

PAGES = {data["path"]: data for data in starter.page_files() if data.get("translation_of")}
ORIGINALS = {data["path"]: data for data in starter.page_files() if "translation_of" not in data}


def limits_of(data):
    return spanish.EMERGENCY if data["layout"] == "emergency" else spanish.EVERYDAY


def html_of(path):
    return page_html(starter.snapshot_of(PAGES[path]))


def words_of(path):
    return " ".join(spanish.paragraphs(html_of(path)))


@pytest.mark.parametrize("path", PAGES)
def test_reads_easily(path):
    found = spanish.reading_findings(html_of(path), limits_of(PAGES[path]))
    assert [finding for finding in found if finding.severity == "error"] == []


def test_the_overdose_page_reaches_its_target():
    assert spanish.measure(html_of("/es/sobredosis/")).inflesz >= 80


@pytest.mark.parametrize("path", PAGES)
def test_avoids_words_that_hurt_and_english_in_disguise(path):
    found = spanish.term_findings(words_of(path))
    assert [finding for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize("path", PAGES)
def test_carries_every_claim_of_its_original(path):
    data = PAGES[path]
    proofs, text = data["claims"], words_of(path)
    wanted = set(CLAIMS.get(data["translation_of"], "").split())
    assert wanted <= proofs.keys()
    absent = {claim: [w for w in words if w not in text] for claim, words in proofs.items()}
    assert {claim: words for claim, words in absent.items() if words} == {}


@pytest.mark.parametrize("path", PAGES)
def test_has_the_safety_boxes_of_its_original(path):
    original = ORIGINALS[PAGES[path]["translation_of"]]
    topics = [
        sorted(block["safety_topic"] for block in data["blocks"] if block.get("safety_topic"))
        for data in (PAGES[path], original)
    ]
    assert topics[0] == topics[1]
    assert PAGES[path].get("required_topics") == original.get("required_topics")


@pytest.mark.parametrize("path", PAGES)
def test_rests_on_the_sources_of_its_original(path):
    code = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]")
    ours, theirs = (
        set(code.findall(str(starter.snapshot_of(data))))
        for data in (PAGES[path], ORIGINALS[PAGES[path]["translation_of"]])
    )
    in_spanish = {"cdc-overdose-spanish": "cdc-overdose-response", "nida-words-es": "nida-words"}
    assert {in_spanish.get(each, each) for each in ours} <= theirs | {"longbeach-text-911", "samhsa-helpline"}


@pytest.mark.parametrize("path", PAGES)
def test_links_to_pages_in_spanish(path):
    internal = re.findall(r"""(?:href="|'link': ')(/[^"'#]*)""", str(starter.snapshot_of(PAGES[path])))
    assert internal and all(link.startswith("/es/") for link in internal)


@pytest.mark.parametrize("path", ["/overdose-help/", "/es/sobredosis/"])
def test_the_steps_are_there_without_a_record(db, client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content.decode().count('class="steps__command"') == 7


@pytest.mark.parametrize("path", [path for path, data in PAGES.items() if data.get("is_medical")])
def test_says_that_neither_clinician_nor_native_reader_has_checked_it(starting_answers, path):
    html = starting_answers[path].content.decode()
    assert "sin revisar por un profesional de la salud ni por un hablante nativo" in html
