"""Words that stand on every page without a sign-off: checked like a page, and never clinical.

Called by the forms of the site notice and of Look and words, and by published_facts.py.
"""

from django.utils.html import escape

from content import page_checks
from content.models import languages
from content.page_checks import clinical_words, office_words
from content.page_checks.draft import PAGE_TEXTS
from content.publishing import wording

CLINICAL = {
    "en": "Put clinical advice on a page, where a clinician signs it.",
    "es": "Ponga los consejos clínicos en una página, donde los firma un profesional clínico.",
}


EVERYWHERE = (
    "These words stand on every page, beside signed text. A clinician who may sign off changes them."
    " An owner gives that clinician the role Publisher as well."
)


def errors(text, code, *, may_name=False):
    """Return what is wrong with `text` on every page of the language `code`, clinical words included."""
    return [*checked(text, code), *_clinical(clinical_words.instruction_in(text, may_name=may_name), code)]


def news_errors(text, code):
    """Return what is wrong with a notice: beside that, it may name nothing that people take."""
    told = clinical_words.instruction_in(text) or clinical_words.drugs_in(text)
    return [*checked(text, code), *_clinical(told, code)]


def link_errors(links, code):
    """Return what is wrong with `links` ({"words", "address"}) in the footer."""
    html = "".join(
        f'<p><a href="{escape(each["address"])}">{escape(each["words"])}</a></p>' for each in links
    )
    told = (clinical_words.instruction_in(each["words"], may_name=True) for each in links)
    return [
        *(_found(html, code) if html else []),
        *(error for words in told for error in _clinical(words, code)),
    ]


def advice_errors(old, new, *, may_name):
    """Return why only a clinician may change the text `old` of a shared fact to `new`, as a list."""
    told = clinical_words.instruction_in(new, may_name=may_name)
    if not told or not wording.changed_words(old, new):
        return []
    return [f"{CLINICAL['en']} Here, a clinician who may sign off writes it. ({told})"]


def frame_errors(old, new):
    """Return why only a clinician may change the words `old` around every page to `new`, as a list."""
    return [EVERYWHERE] if wording.changed_words(old, new) else []


def desk_errors(old, new):
    """Return why only a clinician may say `new` of who answers: it says more than that somebody does."""
    return frame_errors(old, new) if office_words.others_in(new, may_name=False) else []


def office_errors(old, new):
    """Return why only a clinician may say `new` in a notice: it says more than when somebody is there."""
    others = office_words.others_in(new)
    if not others or not wording.changed_words(old, new):
        return []
    return [f"A notice says when and where you are there. A clinician who may sign off says more. ({others})"]


def checked(text, code):
    """Return what the page checks find wrong in `text`, as if it stood on a page of the language `code`."""
    return _found(f"<p>{escape(text)}</p>", code) if text else []


def promises(text, code):
    """Return what nobody may say in `text`, however long it is: promises, and words that hurt."""
    return _found(f"<p>{escape(text)}</p>", code, but=("reading",)) if text else []


def _clinical(words, code):
    """Say it in the language of the staff and in that of the text."""
    return (
        [" ".join(dict.fromkeys((CLINICAL["en"], CLINICAL.get(code, "")))) + f" ({words})"] if words else []
    )


def _found(html, code, *, but=()):
    block = {"kind": "text", "heading": "", "body": html}
    page = dict.fromkeys(PAGE_TEXTS, "") | {"path": languages.home(code)}
    found = page_checks.check({"page": page, "blocks": [block]}, page_checks.Surroundings.read())
    return [
        f"{each.message} ({each.text})" if each.text else each.message
        for each in page_checks.errors(found)
        if not each.rule.startswith(but)
        if each.block == 0
    ]
