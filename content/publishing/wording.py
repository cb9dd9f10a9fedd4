"""Why a change is clinical, or nothing if it is wording only. Called by the verbs and the publish screen.

When in doubt a change is clinical: a false alarm costs a sign-off, the other mistake costs a reader. Wording
is spelling, the case of long words, some punctuation and the few words of `FREE`; in what readers act on
(`CLINICAL_KINDS`, safety boxes, the emergency layout) nothing is.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from html import unescape

from content.diff.pages import compare
from content.models import BLOCKS_BY_KIND, Callout, Page
from content.page_checks import clinical_words
from content.publishing.same_text import RICH_FIELDS
from content.publishing.words_read import MIN_LETTERS, american, read, tokens

CLINICAL_KINDS = {
    "sign_list", "timeline_stage", "steps", "key_figure", "phrases", "table", "helplines",
}  # fmt: skip
FREE_TO_MOVE = {"card", "image"}
# What decides how the page is shown and whether it must say that no clinician has checked it
SWITCHES = {
    "layout": "the layout of the page changed",
    "is_medical": "whether the page makes medical statements changed",
}
WORD_FIELDS_OF_PAGE = ("heading", "title", "short_name", "lede", "description")
# Fields that change no meaning
WITHOUT_WORDS = {"icon", "is_decorative", "width", "height", "focus_x", "focus_y", "cropped"}
# What is counted and measured: no slip of the finger, and a pause beside it counts.
MEASURES = set(
    """mg mcg ug g kg ml l iu unit units dose doses dosing dosed overdose overdoses tablet tablets pill
    pills drop drops spray sprays patch patches injection injections film films shot shots medicine
    medicines medication medications drug drugs needle needles breath breaths time times twice once second
    seconds woman women minute minutes hour hours day days night nights week weeks month months year years
    percent medicina medicinas medicamento medicamentos droga drogas aguja agujas dosis pastilla pastillas
    tableta tabletas gota gotas parche parches inyección inyecciones vez veces segundo segundos minuto
    minutos hora horas día días noche noches semana semanas mes meses año años""".split()  # noqa: SIM905 - reads better than a list of 50 lines
)
# Either may stand for the other, but not near words that count
ALIKE = {"end", "colon"}
TURNING = set(
    """not no never nor neither none nobody nothing without only unless until except if or but before
    after when while instead both either who whom whose which that where nunca jamás sin ni nada nadie
    ningún ninguna solo sólo salvo excepto si o pero antes después cuando hasta mientras que quien quienes
    cual cuales donde""".split()  # noqa: SIM905 - reads better than a list
)
CLINICAL_WORDS = clinical_words.ALL | MEASURES
TURNED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
REACH = 6  # words between a turning word, or one of an instruction, and the pause
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
BREAK = re.compile(r"</?(?:p|ul|ol|li|h3|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
TAGS = re.compile(r"(<[^>]*>)")
STRESS = re.compile(r"<(/?)(h3|ul|ol|li|strong|em|a)\b")
NUMBERED, AS_USUAL = re.compile(r'\b(?:start|type)="([^"]*)"'), {"1", "decimal"}  # of a list
# A word as it is spelled, and whether a sentence may begin with it
CASED = re.compile(r"((?:^|[.:;!?…\n\"\u2018-\u201f«\u2010-\u2015])\W*)?([^\W\d_]+)")
MAX_OTHER_WORD = 4  # letters: longer words are the same in capitals
MAX_SHOWN = 30  # whoever publishes must see every one, within reason


def reasons(old, new, known_words=frozenset()):
    """Return why the change from snapshot `old` to `new` is clinical, in words for editors.

    `known_words` are those that other pages use: they tell a misspelled word from another word.
    """
    comparison = compare(old, new)
    if comparison.is_empty:
        return []
    pages = [{"is_medical": True} | snapshot["page"] for snapshot in (old, new)]
    if found := [why for name, why in SWITCHES.items() if pages[0].get(name) != pages[1].get(name)]:
        return found
    if Page.Layout.EMERGENCY in (page.get("layout") for page in pages):
        return ["on the emergency page every change counts"]
    found = ["the address of the page"] if pages[0].get("path") != pages[1].get("path") else []
    found += _of_fields("the page", WORD_FIELDS_OF_PAGE, old["page"], new["page"], known_words)
    for change in comparison.shown:
        found += _of_block(change, old["blocks"], new["blocks"], known_words)
    return list(dict.fromkeys(found))


def words_of(snapshot):
    """Return every word of `snapshot`, as `known_words` of another page."""
    texts = [str(value) for part in (snapshot["page"], *snapshot["blocks"]) for value in part.values()]
    return {word for text in texts for word in tokens(_plain(text)) if word.isalpha()}


def _of_block(change, old_blocks, new_blocks, known_words):
    """Return the reasons in one changed block; `change` is a `BlockChange`."""
    name = f"“{change.title}”" if change.title else f"a block ({change.kind.lower()})"
    if change.state in ("added", "deleted"):
        return [f"{name} was {change.state}"]
    old, new = old_blocks[change.old_place], new_blocks[change.new_place]
    found = [f"{name} moved"] if change.is_moved and new["kind"] not in FREE_TO_MOVE else []
    if change.state == "same":
        return found
    if why := _safety(old, new):
        return [*found, f"{name} is {why}"]
    model = BLOCKS_BY_KIND.get(new["kind"])
    words = model.word_fields if model else ()
    others = {each.name for each in change.fields} - {*words, *WITHOUT_WORDS}
    found += [f"{name}: {each.label.lower()}" for each in change.fields if each.name in others]
    return found + _of_fields(name, words, old, new, known_words)


def _safety(old, new):
    """Return what makes every change in a block clinical, or an empty text."""
    if new["kind"] in CLINICAL_KINDS:
        return f"of a kind where every change counts ({BLOCKS_BY_KIND[new['kind']].label()})"
    is_safety = any(
        block.get("safety_topic") or block.get("level") == Callout.Level.EMERGENCY for block in (old, new)
    )
    return "a safety box" if is_safety else ""


def _of_fields(name, fields, old, new, known_words):
    found = []
    for field in fields:
        before, after = str(old.get(field) or ""), str(new.get(field) or "")
        if (new.get("kind"), field) in RICH_FIELDS:
            if LINK.findall(unescape(before)) != LINK.findall(unescape(after)):
                found.append(f"{name}: a link leads elsewhere")
            if _stress(before) != _stress(after):
                found.append(f"{name}: other words are a heading, a list, a link, bold or italic")
            before, after = _plain(before), _plain(after)
        if words := changed_words(before, after, known_words):
            more = f"; and {len(words) - MAX_SHOWN} more" if len(words) > MAX_SHOWN else ""
            found.append(f"{name}: {'; '.join(words[:MAX_SHOWN])}{more}")
    return found


def _stress(html):
    """Return which words of `html` stand out: who looks at these alone reads “not **take it**” as advice."""
    found, count = [], 0
    for part in TAGS.split(html):
        if tag := STRESS.match(part):
            found.append((*tag.groups(), count, *sorted(set(NUMBERED.findall(part)) - AS_USUAL)))
        elif not part.startswith("<"):
            count += len(read(unescape(part))[0])
        if len(found) > 1 and found[-1] == ("/", *found[-2][1:]) and not found[-2][0]:
            del found[-2:]  # around nothing
    return sorted(found)


def _plain(html):
    return unescape(TAG.sub("", BREAK.sub("\n", html)))


def changed_words(old, new, known_words=frozenset()):
    """Return the words that make the change from the text `old` to `new` clinical: “side” → “back”."""
    (before, pauses), (after, new_pauses) = read(old), read(new)
    keys = [[american(word) for word in words] for words in (before, after)]
    found, places = [], {}
    for kind, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        gone, come = before[a:b], after[c:d]
        if kind == "equal" or _are_misspelled(gone, come, known_words):
            places |= {a + i: c + i for i in range(b - a + 1)}
        else:
            found.append(f"{_quoted(gone)} → {_quoted(come)}")
    kept = set(places.values())  # places beside words that are on both sides
    pauses = {places[at]: kind for at, kind in pauses.items() if 0 < places.get(at, 0) < len(after)}
    new_pauses = {place: kind for place, kind in new_pauses.items() if place in kept}
    found += _moved_pauses(after, pauses, new_pauses) + _other_capitals(old, new)
    is_turned = TURNED.findall(old) != TURNED.findall(new)
    return [*found, "marks that turn the direction of letters"] if is_turned else found


def _moved_pauses(words, old, new):
    """Return where a pause or a hyphen came, went or changed its kind; of the mild ones those that count."""
    moved = {place: {old.get(place), new.get(place)} for place in sorted(old.keys() | new.keys())}
    return [
        f"a {'hyphen' if 'hyphen' in kinds else 'pause'} after {_quoted(words[max(0, place - 3) : place])}"
        for place, kinds in moved.items()
        if len(kinds) > 1 and (kinds != ALIKE or _is_near(words, place))
    ]


def _is_near(words, place):
    """Whether a word that turns a meaning or one of an instruction is near `place`."""
    near = words[max(0, place - REACH) : place + REACH]
    return bool(TURNING.intersection(near) or CLINICAL_WORDS.intersection(near))


def _other_capitals(old, new):
    """Return the words whose capitals may make others of them: who and WHO, mg and Mg, polish and Polish."""
    if old.isupper() or new.isupper():
        return []
    before, after = ([(m[2], m[1] is not None) for m in CASED.finditer(text)] for text in (old, new))
    folded = [[word.casefold() for word, _is_first in words] for words in (before, after)]
    blocks = SequenceMatcher(None, *folded, autojunk=False).get_matching_blocks()
    pairs = [(before[a + i], after[b + i]) for a, b, size in blocks for i in range(size)]
    return [f"“{one[0]}” → “{other[0]}”" for one, other in pairs if _is_other_word(one, other)]


def _is_other_word(one, other):
    """Whether capitals differ other than at the start of a sentence in one of the texts.

    Of a long word only the first one counts: in capitals all through, it is the same.
    """
    (word, is_first), (new_word, is_now_first) = one, other
    may_begin = (is_first or is_now_first) and {word, new_word} == {word.lower(), word.capitalize()}
    is_named = {word[:1], new_word[:1]} == {word[:1].lower(), word[:1].upper()} and word[1:] == new_word[1:]
    return word != new_word and (is_named or len(word) <= MAX_OTHER_WORD) and not may_begin


def _quoted(words):
    return f"“{' '.join(words)}”" if words else "nothing"


def _are_misspelled(gone, come, known_words):
    """Whether each word that went was no word of this site, and what came is, one slip away."""
    return len(gone) == len(come) and all(
        one not in known_words and other in known_words and _is_one_slip(one, other)
        for one, other in zip(gone, come, strict=True)
    )


def _is_one_slip(one, other):
    """Whether one letter was left out, doubled, mistyped or swapped with its neighbor, not at an end.

    The first letter, the last before an s, and an accent tell one word from another.
    """
    if min(len(one), len(other)) < MIN_LETTERS or {one, other} & MEASURES or _frame(one) != _frame(other):
        return False
    start = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None or _without_accents(one) == _without_accents(other):
        return False
    left, right = one[start:], other[start:]
    is_swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return is_swapped or left[1:] == right or left == right[1:] or left[1:] == right[1:]


def _frame(word):
    """Return what no slip may change: the first letter, the last one, and whether there are many."""
    return word[0], word.endswith("s"), word.rstrip("s")[-1:]


def _without_accents(word):
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if letter.isalpha())
