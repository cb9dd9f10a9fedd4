"""Lock a page, so that one person alone may change it, and unlock it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.views.decorators.http import require_POST

from content.admin.screens import MAY_PUBLISH, go_to, page_for, show
from content.models import PageLock
from content.publishing import locks


class LockForm(forms.ModelForm):
    class Meta:
        model = PageLock
        fields = ["reason"]
        labels = {"reason": "Why may only you change it?"}
        help_texts = {"reason": "Colleagues read this. Do not name patients."}
        widgets = {"reason": forms.TextInput(attrs={"class": "vTextField"})}


def lock(request, pk):
    """Ask for the reason, then lock the page."""
    page = page_for(request, pk, MAY_PUBLISH)
    form = LockForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            locks.lock(page, author=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            messages.success(request, f"Only you may change “{page}” until you or an owner unlock it.")
            return go_to("change", page)
    return show(request, "lock", page, "Lock this page", form=form)


@require_POST
def unlock(request, pk):
    page = page_for(request, pk)
    try:
        locks.unlock(page, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"“{page}” is unlocked. Everybody with the right role may change it again.")
    return go_to("change", page)
