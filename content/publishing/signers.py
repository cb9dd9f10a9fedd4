"""Who wrote what a clinician is about to sign. Called by the verbs and the publish screen."""

from content.models import Clinic, Version
from content.publishing import changed_facts, wording


def wrote_clinical_change(version, user):
    """Whether `user` made a clinical change between the last text that was signed and `version`.

    A new sentence of a shared fact that the page shows is one too.
    """
    if _wrote_sentence(version, user):
        return True
    earlier = Version.objects.filter(page=version.page_id, number__lte=version.number).order_by("number")
    signed = earlier.filter(reviewer__isnull=False, reviewed_version=None, number__lt=version.number).last()
    since = earlier.filter(number__gte=signed.number if signed else 0)
    before = signed.snapshot if signed else None
    for each in since:
        if each != signed and each.author_id == user.pk and _is_clinical(before, each.snapshot):
            return True
        before = each.snapshot
    return False


def _wrote_sentence(version, user):
    signed = Version.objects.filter(page=version.page_id, number__lte=version.number)
    last = signed.filter(reviewer__isnull=False, reviewed_version=None).order_by("-number").first()
    entries = (
        [entry for entry in changed_facts.since_sign_off(last) if entry.author_id == user.pk] if last else []
    )
    return changed_facts.is_unread(last, entries) if entries else False


def may_not_sign(version, user):
    """Whether `user` wrote what is to be signed, in a clinic that has another clinician to sign it."""
    return wrote_clinical_change(version, user) and not Clinic.objects.filter(is_one_person=True).exists()


def _is_clinical(before, after):
    return before is None or bool(wording.reasons(before, after))
