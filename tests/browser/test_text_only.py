"""A visit and a message in a browser that shows nothing but text (Lynx)."""

import os
import re
import shlex
import subprocess

import pytest
from django.utils.html import strip_tags

from content import readability
from intake.models import Submission
from tests.bench.site import fetch
from tests.browser.states import PATHS, _django_db_helper, said, walk  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
LYNX = ["lynx", "-assume_charset=utf-8", "-display_charset=utf-8", "-nopause"]


@pytest.fixture
def bare(tmp_path):
    """An environment without settings of the person who runs the tests, and without a proxy."""
    return {"HOME": str(tmp_path), "TERM": "vt100", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}


def squeezed(text):
    """Return letters and digits of `text` without numbers of sources: lines may be broken anywhere."""
    return re.sub(r"\^?\[\d+\]|[\W_]", "", text)


def read(address, bare):
    """Return the HTML of `address` and the squeezed text that Lynx shows."""
    command = [*LYNX, "-dump", "-nolist", address]
    shown = subprocess.run(command, env=bare, capture_output=True, text=True, timeout=30).stdout
    return fetch(address)[2].decode(), squeezed(shown)


@pytest.mark.parametrize("path", walk([*PATHS, "/no-such-page/"]))
def test_every_word_of_a_page_is_there_in_order(path, lasting_site, bare):
    html, shown = read(lasting_site + path, bare)
    main = re.search(r"<main\b.*</main>", html, re.DOTALL)[0]
    place = shown.index(squeezed(said("Call 911", path)))
    for words in readability.paragraphs(main):
        place = shown.find(squeezed(words), place)
        assert place >= 0, words
    assert squeezed(said("People you can call or text, day and night", path)) in shown[place:]


def test_every_question_of_the_form_is_there_in_order(lasting_site, bare):
    html, shown = read(f"{lasting_site}/contact/", bare)
    questions = re.findall(r"<(label|legend)\b.*?>(.*?)</\1>", html, re.DOTALL)
    texts = [strip_tags(text) for _, text in questions]
    assert len(texts) > 20
    place = 0
    for text in texts:
        place = shown.find(squeezed(text), place)
        assert place >= 0, text


def keys(*pressed):
    return [f"key {'0x20' if key == ' ' else key}" for key in pressed]


def look_for(words):
    """Return the keys that put the cursor on the first link or field from `words` on."""
    return keys("/", *words, "^J")


def save_to(file):
    """Return the keys that write the page that is open into `file`, as it is read."""
    return keys("p", "^J", "^U", *str(file), "^J")


def test_a_message_can_be_sent_after_an_error(lasting_site, bare, tmp_path):
    before, refused, sent = Submission.objects.count(), tmp_path / "refused", tmp_path / "sent"
    send = [*look_for("(BUTTON) Send"), *keys("^J")]
    # down twice from the number to a choice: in a field, a slash would be typed
    phone = [*look_for("With area code."), *keys(*"714 555 0123", "Down Arrow", "Down Arrow")]
    script = tmp_path / "keys"
    script.write_text("\n".join([*send, *save_to(refused), *phone, *send, *save_to(sent), *keys("Q")]) + "\n")
    lynx = shlex.join([*LYNX, f"-cmd_script={script}", f"{lasting_site}/contact/"])
    terminal = ["script", "--quiet", "--return", "--command", lynx, "/dev/null"]
    subprocess.run(terminal, env=bare, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    assert "Enter a phone number with area code" in refused.read_text()
    assert "Thank you. We have your message." in sent.read_text()
    assert Submission.objects.count() == before + 1
