"""Who may open which address of the admin. test_roles.py walks all of them, as every role and as a stranger.

A new address needs one line here, whoever is not named in it is refused. The letters: E editor, P publisher,
R reviewer, I intake, O owner, N staff without any role, S a stranger who has not signed in.

    model("app.model", look=…, add=…, change=…, delete=…)   all addresses of a ModelAdmin
    address("name or route", get=…, post=…)                 any other; look it up by its name= in urls

An example object is needed where an address has its key: see EXAMPLES at the end.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone

from content import images
from content.models import (
    AuditEntry,
    Clinic,
    GlossaryTerm,
    Helpline,
    Notice,
    Page,
    PageSettings,
    PreviewLink,
    Redirect,
    SiteSettings,
    Source,
    Synonym,
    TrashedPage,
    Version,
)
from intake.models import (
    AccessLogEntry,
    Closure,
    Deletion,
    IntakeSettings,
    NoticePreference,
    Notification,
    OfficeHours,
    Submission,
)
from tests.support import images as pictures
from tests.support.messages import stored_message
from tests.support.staff import make_clinician
from vtc_site.models import SignInEvent

PAGES, EDITORS, PUBLISHERS, MESSAGES, OWNER = "EPOR", "EPO", "PO", "IO", "O"
STAFF, NOBODY = "EPIORN", ""
EVERYBODY = STAFF + "S"
SOURCES_OF_A_HELPLINE = "app_label=content&model_name=helpline&field_name=sources&term=cdc"


@dataclass(frozen=True)
class Address:
    """Who may read (GET) and who may send (POST), with what the view needs to answer."""

    name: str
    get: str = NOBODY
    post: str = NOBODY
    query: str = ""
    example: str = ""


def address(name, **who):
    return [Address(name, **who)]


def model(label, *, look=NOBODY, add=NOBODY, change=NOBODY, delete=NOBODY):
    """The addresses that Django makes for a model; a list with actions takes POST from whoever may look."""
    name = label.replace(".", "_")
    return [
        Address(f"{name}_changelist", get=look, post=look),
        Address(f"{name}_add", get=add, post=add),
        Address(f"{name}_change", get=look, post=change, example=label),
        Address(f"{name}_history", get=look, post=look, example=label),
        Address(f"{name}_delete", get=delete, post=delete, example=label),
        Address(f"{label.replace('.', '/')}/<path:object_id>/", get=STAFF, post=STAFF, example=label),
    ]


ADDRESSES = [
    # Signing in
    *address("login", get=EVERYBODY, post=EVERYBODY),
    *address("first_password", get=EVERYBODY, post=EVERYBODY),
    *address("set_up_second_factor", get=EVERYBODY, post=EVERYBODY),
    *address("keep_recovery_codes", get=EVERYBODY, post=EVERYBODY),
    *address("forgotten_password", get=EVERYBODY, post=EVERYBODY),
    *address("new_password", get=EVERYBODY, post=EVERYBODY),
    *address("still_here", get=EVERYBODY, post=EVERYBODY),  # tells strangers: no time left
    *address("renew_recovery_codes", get=STAFF, post=STAFF),
    *address("confirm_code", get=STAFF, post=STAFF),
    *address("logout", get="S", post=EVERYBODY),  # leads a stranger to the start page
    *address("password_change", get=STAFF, post=STAFF),
    *address("password_change_done", get=STAFF),
    # Of Django's admin itself
    *address("index", get=STAFF, post=STAFF),
    *address("jsi18n", get=STAFF),
    *address("help", get=STAFF),
    *address("setup", get=OWNER, post=OWNER),
    *address("help_editing_pages", get=PAGES),
    *address("help_answering_messages", get=MESSAGES),
    *address(
        "autocomplete", get=PAGES, query="app_label=content&model_name=helpline&field_name=sources&term=cdc"
    ),
    *address("view_on_site", get=NOBODY),
    *address("app_list content", get=PAGES, post=PAGES),
    *address("app_list intake", get=MESSAGES, post=MESSAGES),
    *address("app_list auth", get=OWNER, post=OWNER),
    *address("(?P<url>.*)$", get=NOBODY),
    # Staff accounts
    *model("auth.user", look=OWNER, add=OWNER, change=OWNER),
    *address("auth_user_one_time_password", get=OWNER, post=OWNER, example="auth.user"),
    *address("auth_user_forget_phone", get=OWNER, post=OWNER, example="auth.user"),
    # What happened to sign-ins: owners see everybody's, others their own
    *address("app_list vtc_site", get=STAFF, post=STAFF),
    *address("vtc_site_signinevent_changelist", get=STAFF, post=STAFF),
    *address("vtc_site_signinevent_add"),
    *address("vtc_site_signinevent_change", get=OWNER, example="vtc_site.signinevent"),
    *address("vtc_site_signinevent_history", get=OWNER, post=OWNER, example="vtc_site.signinevent"),
    *address("vtc_site_signinevent_delete", example="vtc_site.signinevent"),
    *address("vtc_site/signinevent/<path:object_id>/", get=STAFF, post=STAFF, example="vtc_site.signinevent"),
    # Pages and shared facts
    *model("content.page", look=PAGES, add=EDITORS, change=EDITORS),
    *address("content_page_preview", get=EDITORS, post=EDITORS),
    *address("content_page_preview_new", post=EDITORS),  # nothing to read before something was typed
    *address("content_page_preview_frame", get=PAGES),
    *address("content_page_preview_frame_new"),
    *address("content_page_insert", get=PAGES),
    *address("content_page_pictures", get=PAGES, post=EDITORS),
    *address("content_page_find", get=EDITORS, post=EDITORS),
    *address("content_page_copy_block"),  # asks for a page: test_find.py names one
    *address("content_page_copy", post=EDITORS),
    *address("content_page_lock", get=PUBLISHERS, post=PUBLISHERS),
    *address("content_page_unlock", post=PAGES),  # the verb refuses whoever did not lock it and is no owner
    *address("content_page_measure", post=EDITORS),
    *address("content_page_translate"),  # asks for a language: test_translations.py sends one
    *address("content_page_measure_new", post=EDITORS),
    *address("content_previewlink_revoke", post=EDITORS),
    *address("content_page_publish", get=PAGES, post=PUBLISHERS),
    *address("content_page_review", get=PAGES, post=PAGES),
    *address("content_page_review_frame", get=PAGES),
    *address("content_page_presence", post=EDITORS),
    *address("content_page_withdraw", get=PUBLISHERS, post=PUBLISHERS),
    *address("content_page_compare", get=PAGES, query="from=1&to=1"),
    *address("content_page_version", get=PAGES),
    *address("content_page_restore", post=EDITORS),
    *address("content_page_unschedule", post=PUBLISHERS),
    *address("content_page_trash", get=PUBLISHERS, post=PUBLISHERS),
    *model("content.trashedpage", look=PAGES),
    *address("content_trashedpage_restore", post=PUBLISHERS, example="content.trashedpage"),
    *model("content.redirect", look=EDITORS, add=PUBLISHERS, change=PUBLISHERS, delete=PUBLISHERS),
    *model("content.source", look=PAGES, add=EDITORS, change=EDITORS, delete=PUBLISHERS),
    *model("content.glossaryterm", look=PAGES, add=EDITORS, change=EDITORS, delete=PUBLISHERS),
    *model("content.synonym", look=PAGES, add=EDITORS, change=EDITORS, delete=PUBLISHERS),
    *model("content.notice", look=PAGES, add=PUBLISHERS, change=PUBLISHERS, delete=PUBLISHERS),
    *model("content.pagesettings", look=PAGES, add=PUBLISHERS, change=PUBLISHERS),
    *address("content_page_dead_links", get=PAGES),
    *address("content_page_helpful", get=PAGES),
    *model("content.helpline", look=PAGES, add=PUBLISHERS, change=PUBLISHERS, delete=PUBLISHERS),
    *model("content.clinic", look=PAGES, add=PUBLISHERS, change=PUBLISHERS),
    *model("content.sitesettings", look=PAGES, change=PUBLISHERS),
    *model("content.clinician", look=PAGES, add=OWNER, change=OWNER, delete=OWNER),
    *model("content.storedimage", look=PAGES, delete=PUBLISHERS),
    *model("content.auditentry", look=PAGES),
    *address("content_auditentry_export", get=PUBLISHERS, post=PUBLISHERS),
    # Messages
    *model("intake.submission", look=MESSAGES, add=MESSAGES, change=MESSAGES, delete=OWNER),
    *address("intake_submission_search", get=MESSAGES, post=MESSAGES),
    *address("intake_submission_export", post=OWNER),
    *address("intake_submission_reports", get=MESSAGES),
    *address("intake_submission_danger", get=MESSAGES),
    *address("intake_submission_presence", post=MESSAGES),
    *address("intake_savedview_save", post=MESSAGES),
    *address("intake_submission_next", post=MESSAGES),
    *model("intake.suspectedspam", look=MESSAGES, change=MESSAGES, delete=OWNER),
    *model("intake.notification", look=MESSAGES, change=MESSAGES),
    *model("intake.script", look=MESSAGES, add=OWNER, change=MESSAGES, delete=OWNER),
    *model("intake.officehours", look=MESSAGES, add=OWNER, change=OWNER, delete=OWNER),
    *model("intake.closure", look=MESSAGES, add=OWNER, change=OWNER, delete=OWNER),
    *address("intake_closure_holidays", get=OWNER, post=OWNER),
    *model("intake.accesslogentry", look=OWNER),
    *model("intake.deletion", look=OWNER),
    *model("intake.intakesettings", look=OWNER, change=OWNER),
    *model("intake.noticepreference", look=MESSAGES, add=MESSAGES, change=MESSAGES),
]


def _person():
    users = get_user_model().objects
    return users.first() or users.create_user("new@vtc.example", is_staff=True)


def _colleague():
    return get_user_model().objects.create_user("colleague@vtc.example", is_staff=True)


def _message():
    return Submission.objects.first() or stored_message()


def _spam():
    message = _message()
    Submission.objects.filter(pk=message.pk).update(status=Submission.Status.SPAM)
    return message


# How to get an object of a model: without a line here the first one that the starting pages brought.
EXAMPLES = {
    "auth.user": lambda: get_user_model().objects.create_user("new@vtc.example", is_staff=True),
    "vtc_site.signinevent": lambda: SignInEvent.objects.create(account=_colleague(), kind="signed-in"),
    "content.clinic": lambda: Clinic.objects.get_or_create(pk=1)[0],
    "content.notice": lambda: Notice.objects.create(text="T", shown_until="2035-01-01T00:00Z"),
    "content.pagesettings": lambda: PageSettings.objects.get_or_create(pk=1)[0],
    "content.sitesettings": lambda: SiteSettings.objects.get_or_create(pk=1)[0],
    "content.source": lambda: Source.objects.create(slug="unused", publisher="P", title="T"),
    "content.synonym": lambda: Synonym.objects.create(pages_say="T", people_say="t"),
    "content.glossaryterm": lambda: GlossaryTerm.objects.create(term="T", definition="D."),
    "content.helpline": lambda: Helpline.objects.create(slug="unused", name="H", is_published=False),
    "content.clinician": lambda: make_clinician(name="R"),
    "content.previewlink": lambda: PreviewLink.objects.create(version=Version.objects.first()),
    "content.trashedpage": lambda: TrashedPage.objects.create(path="/trashed/", trashed_at=timezone.now()),
    "content.redirect": lambda: Redirect.objects.create(path="/old/", page=Page.objects.first()),
    "content.storedimage": lambda: images.store(pictures.upload(pictures.picture((20, 10)))),
    "content.auditentry": lambda: AuditEntry.objects.first() or AuditEntry.objects.create(),
    "intake.submission": _message,
    "intake.suspectedspam": _spam,
    "intake.notification": lambda: _message() and Notification.objects.first(),
    "intake.officehours": lambda: OfficeHours.objects.create(weekday=0, opens_at="09:00", closes_at="17:00"),
    "intake.closure": lambda: Closure.objects.create(on="2030-01-01"),
    "intake.accesslogentry": lambda: AccessLogEntry.objects.create(kind="detail", reference="KD7MR4TB"),
    "intake.deletion": lambda: Deletion.objects.get_or_create(reference="GA2KU5SE")[0],
    "intake.intakesettings": lambda: IntakeSettings.objects.get_or_create(pk=1)[0],
    "intake.noticepreference": lambda: NoticePreference.objects.get_or_create(user=_person())[0],
}
