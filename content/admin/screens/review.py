"""The screen of who reads a page and does not change it: page with changes, sign-off, comments."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from content import page_checks, publishing
from content.admin.screens import MAY_SIGN_OFF, page_for, show, version_number, versions_of
from content.admin.screens.publish_forms import USUAL_REVIEW
from content.diff import marked_page
from content.diff.pages import compare
from content.models import Clinician, Comment, HandOver, Version, place_of
from content.publishing import changed_facts, comments, hand_over, locks, signers
from content.visitors.views import draft_answer

NOBODY_SIGNS = "Nobody can sign off yet: an owner has to add a clinician, under Setup on the start page."


class CommentForm(forms.ModelForm):
    """A comment on the page or on one of its blocks."""

    block = forms.TypedChoiceField(label="About", coerce=int, empty_value=None, required=False)

    class Meta:
        model = Comment
        fields = ["block", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, snapshot, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(number, place_of(number, snapshot)) for number in range(len(snapshot["blocks"]))]
        self.fields["block"].choices = [("", "The page"), *places]


def review(request, pk):
    """Show a Version as readers will see it, with its changes; take comments and hand it on."""
    page = page_for(request, pk)
    version = _version(request, page)
    form = CommentForm(request.POST if "_comment" in request.POST else None, snapshot=version.snapshot)
    if request.method == "POST" and _do(request, version, form):
        return HttpResponseRedirect(request.get_full_path())
    base, clinician = publishing.base_of(version), Clinician.objects.filter(user=request.user, is_active=True)
    turn = hand_over.open_ones(page).first()
    sent_back, lock = hand_over.sent_back_before(version, base), locks.lock_of(page)
    answer = show(
        request,
        "review",
        page,
        "Review",
        version=version,
        base=base,
        comparison=compare(base.snapshot if base else None, version.snapshot),
        sent_back=sent_back,
        since=compare(sent_back.version.snapshot, version.snapshot) if sent_back else None,
        is_marked_since=_is_marked_since(request),
        clinician=clinician.first(),
        is_own_text=clinician.exists() and signers.may_not_sign(version, request.user),
        may_sign_off=not page.trashed_at and request.user.has_perm(MAY_SIGN_OFF),
        errors=page_checks.errors(page_checks.check_version(version)),
        newer=publishing.newer_than(version),
        next_review_on=timezone.localdate() + USUAL_REVIEW,
        lock=lock,
        may_unlock=lock and locks.may_unlock(lock, request.user),
        comments=comments.open_on(page),
        comment_form=form,
        turn=turn,
        is_asked=turn and turn.step == HandOver.Step.ASKED and turn.version_id == version.pk,
        changed_facts=changed_facts.differences(found := changed_facts.since_sign_off(version)),
        is_unread=changed_facts.is_unread(version, found),
        frame_url=_frame_url(request, version),
    )
    answer._csp_update = {"frame-src": [SELF]}
    return answer


def _is_marked_since(request):
    """Whether the frame marks what changed since a text was sent back, and not all that is not live."""
    return "since" in request.GET


def _frame_url(request, version):
    """Return the address of the frame, which opens at the first change."""
    address = reverse("admin:content_page_review_frame", args=[version.page_id])
    since = "&since=sent-back" if _is_marked_since(request) else ""
    return f"{address}?version={version.number}{since}#{marked_page.FIRST_CHANGE}"


def _version(request, page):
    number = request.POST.get("version") or request.GET.get("version") or ""
    versions = versions_of(page).order_by("-number")
    if number:
        return get_object_or_404(versions, number=version_number(number))
    if newest := versions.first():
        return newest
    raise Http404("nothing to review yet")


def _do(request, version, form):
    """Do what the button says; return whether the screen starts afresh."""
    try:
        if "_comment" in request.POST:
            return _comment(request, version, form)
        if "_answered" in request.POST:
            Comment.objects.filter(
                page=version.page, pk=version_number(request.POST["_answered"]), answered_at=None
            ).update(answered_at=timezone.now())
        elif "_send_back" in request.POST:
            _require(request, MAY_SIGN_OFF)
            hand_over.send_back(version, author=request.user, note=request.POST.get("note", "")[:300])
            messages.success(request, f"Version {version.number} is sent back.")
        elif "_ask" in request.POST:
            _require(request, "content.change_page")
            hand_over.ask(version, author=request.user)
            messages.success(request, f"You asked for a sign-off of version {version.number}.")
            if not hand_over.has_signers():
                messages.warning(request, NOBODY_SIGNS)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return True


def _require(request, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _comment(request, version, form):
    if not form.is_valid():
        return False
    comments.add(version, **form.cleaned_data, author=request.user)
    return True


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def review_frame(request, pk):
    """Show the real page with its changes marked, for the frame of the screen."""
    version = _version(request, page_for(request, pk))
    base = publishing.base_of(version)
    if _is_marked_since(request) and (turn := hand_over.sent_back_before(version, base)):
        base = turn.version
    snapshot = marked_page.marked(base.snapshot if base else version.snapshot, version.snapshot)
    answer = draft_answer(request, Version(page=version.page, number=version.number, snapshot=snapshot))
    answer.content = marked_page.with_anchor(marked_page.shown(answer.content.decode()))
    return answer
