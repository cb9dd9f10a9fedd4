"""Publish a page, sign it off, take it off the site, stop a scheduled Version."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from content import page_checks, publishing
from content.admin import findings
from content.admin.screens import (
    MAY_PUBLISH,
    MAY_REQUIRE,
    MAY_SIGN_OFF,
    go_to,
    page_for,
    show,
    version_number,
    versions_of,
)
from content.admin.screens.publish_forms import ReleaseForm, TopicsForm
from content.diff.pages import compare
from content.models import Callout
from content.page_checks.dead_links import links_to
from content.publishing import changed_facts, signers


def publish(request, pk):
    """Show what would change and what the checks found; sign off or publish exactly the Version shown."""
    if "_topics" in request.POST:
        return _require_topics(request, page_for(request, pk, MAY_REQUIRE))
    needed = MAY_SIGN_OFF if "_sign_off" in request.POST else MAY_PUBLISH
    page = page_for(request, pk, needed if request.method == "POST" else None)
    newest = versions_of(page).order_by("-number").first()
    version = _chosen(request, page, newest)
    if version is None:
        messages.error(request, "Save this page before you publish it.")
        return go_to("change", page)
    form = _release_form(request, version)
    if {"_sign_off", "signs"} & set(request.POST) and not request.has_fresh_code:
        return ask_for_code(request)
    if form.is_bound and form.is_valid() and _release(request, form):
        return HttpResponseRedirect(request.get_full_path())
    return _publish_screen(request, page, newest, form)


def ask_for_code(request):
    """Lead to the second factor and back: a sign-off is made by the person, not by an open screen."""
    messages.info(request, "Enter a new code, then sign off.")
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('admin:confirm_code')}?{query}")


def _chosen(request, page, newest):
    text = request.POST.get("version") or request.GET.get("version") or ""
    return get_object_or_404(versions_of(page), number=version_number(text)) if text else newest


def _release_form(request, version):
    live = versions_of(version.page).current().first()
    return ReleaseForm(
        request.POST if request.method == "POST" else None,
        version=version,
        live=live,
        comparison=compare(live.snapshot if live else None, version.snapshot),
        why_clinical=publishing.why_clinical(version, live) if live and live != version else [],
        user=request.user,
        signs_off="_sign_off" in request.POST,
    )


def _publish_screen(request, page, newest, form):
    version, live = form.version, form.live
    scheduled = versions_of(page).filter(live_from__gt=timezone.now())
    return show(
        request,
        "publish",
        page,
        "Publish",
        version=version,
        newest=newest,
        live=live,
        is_planned=version in scheduled,
        waiting=scheduled.exclude(pk=version.pk),
        comparison=form.comparison,
        facts=form.why_clinical,
        changed_facts=changed_facts.differences(found := changed_facts.since_sign_off(version)),
        is_unread=changed_facts.is_unread(version, found),
        is_own_text=form.clinician and signers.may_not_sign(version, request.user),
        is_unlinked=live is None and _is_unlinked(version),
        form=form,
        **_checked(version, is_draft=version == newest and not page.trashed_at),
        **_rights(request, page),
    )


def _is_unlinked(version):
    """Whether neither the menu nor a live page would lead to `version`; templates lead to core pages."""
    page = version.snapshot["page"]
    return not (page["in_menu"] or version.page.is_protected or links_to(page["path"]))


def _checked(version, *, is_draft):
    """Return what the checks found; what they found in the newest Version links to the edit form."""
    found, blocks = page_checks.check_version(version), version.snapshot["blocks"]
    rows = findings.rows_of_blocks(blocks) if is_draft else None
    form_url = reverse("admin:content_page_change", args=[version.page_id])
    return {
        "findings": findings.locate(found, blocks, rows, form_url=form_url),
        "error_count": len(page_checks.errors(found)),
    }


def _rights(request, page):
    may_require = request.user.has_perm(MAY_REQUIRE)
    topics = page.required_topics
    return {
        "required_topics": [label for value, label in Callout.SafetyTopic.choices if value in topics],
        "topics_form": TopicsForm(initial={"required_topics": topics}) if may_require else None,
        "may_publish": not page.trashed_at and request.user.has_perm(MAY_PUBLISH),
        "may_sign_off": not page.trashed_at and request.user.has_perm(MAY_SIGN_OFF),
    }


def _release(request, form):
    """Do what the button says and return True; put what the verbs refuse into `form` and return False."""
    try:
        with transaction.atomic():
            text = _sign_off(request, form) if form.signs_off else _publish(request, form)
    except ValidationError as error:
        form.version.refresh_from_db()  # the verbs had written into it what is not so
        _add_errors(form, error)
        return False
    messages.success(request, text)
    return True


def _sign_off(request, form):
    publishing.sign_off(form.version, **form.sign_off(), author=request.user)
    return f"Version {form.version.number} is signed off. A publisher can now publish it."


def _publish(request, form):
    plans = {each.pk: each.number for each in publishing.waiting(form.version.page)}
    version = publishing.publish(form.version, **form.publication(), author=request.user)
    if not version.is_live():
        when = date_format(timezone.localtime(version.live_from), "DATETIME_FORMAT")
        return f"Version {version.number} is scheduled. It goes live on {when}."
    missing = "" if version.reviewer else " It still needs a sign-off."
    gone = plans.keys() - {version.pk, *publishing.waiting(version.page).values_list("pk", flat=True)}
    stopped = "".join(f" Version {plans[pk]} will not go live as planned." for pk in gone)
    return f"Version {version.number} is live now.{missing}{stopped}"


def _add_errors(form, error):
    """Put a refusal of the verbs next to the field of `form` that it is about."""
    known = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in known.items():
        form.add_error(name if name in form.fields else None, errors)


def _require_topics(request, page):
    """Change which safety boxes `page` must have; its text and its Versions stay."""
    form = TopicsForm(request.POST)
    if form.is_valid():
        topics = form.cleaned_data["required_topics"]
        _attempt(
            request,
            lambda: publishing.require_topics(page, topics, author=request.user),
            "Saved. From now on, this applies to every version.",
            prefix="Not saved. ",
        )
    return HttpResponseRedirect(request.get_full_path())


def withdraw(request, pk):
    """Ask, then take the page off the site."""
    page = page_for(request, pk, MAY_PUBLISH)
    if request.method != "POST":
        linked = links_to(page.get_absolute_url())
        return show(request, "withdraw", page, "Take the page off the site", linked=linked)
    text = f"{page} is off the site. Its draft and its history stay."
    _attempt(request, lambda: publishing.withdraw(page, author=request.user), text)
    return go_to("publish", page)


@require_POST
def unschedule(request, pk, number):
    """Cancel that a Version goes live later."""
    page = page_for(request, pk, MAY_PUBLISH)
    version = get_object_or_404(versions_of(page), number=number)
    text = f"Version {number} is no longer scheduled."
    _attempt(request, lambda: publishing.unschedule(version, author=request.user), text)
    return go_to("history", page)


def _attempt(request, verb, text, prefix=""):
    """Call `verb` and show `text`, or why it was refused."""
    try:
        verb()
    except ValidationError as error:
        messages.error(request, prefix + " ".join(error.messages))
    else:
        messages.success(request, text)
