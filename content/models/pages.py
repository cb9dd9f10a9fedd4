"""A page as editors prepare it, and its Versions, the only thing that visitors ever see."""

from content_editor.models import Region
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from content.models import languages
from content.models.public_changes import PublicQuerySet
from content.models.typed import TypedModel

path_validator = RegexValidator(
    r"^/([a-z0-9]+(-[a-z0-9]+)*/)*\Z",
    "Start and end with a slash; use small letters, digits and hyphens: /help-someone/",
)


PAGE_FIELDS = (  # what a snapshot keeps of the page itself
    "path",
    "heading",
    "title",
    "short_name",
    "lede",
    "description",
    "layout",
    "position",
    "in_menu",
    "message_form",
    "is_medical",
)


class Page(TypedModel):
    """The draft of a page. Saving it records a Version; publishing makes a Version live."""

    code_fields = None

    class Layout(models.TextChoices):
        ARTICLE = "article", "Article"
        HOME = "home", "Home page"
        EMERGENCY = "emergency", "Emergency steps"

    regions = [Region(key="main", title="Blocks")]

    # The address of the draft. Visitors find the page at the address of its live Version.
    path = models.CharField(
        "address",
        max_length=200,
        validators=[path_validator],
        help_text="What readers see after the name of the site: fentanyl. Slashes are added.",
    )
    heading = models.CharField(
        max_length=120,
        help_text="Readers see it in large letters at the top. Write it as the question they have.",
    )
    title = models.CharField(
        "title in the browser",
        max_length=120,
        help_text="Readers see it in the tab and in a search, with the clinic’s name after it.",
    )
    short_name = models.CharField(
        max_length=40, help_text="Readers see it in the menu and where a page leads to this one."
    )
    # Both may be empty in a draft, which then cannot go live (page_checks/structure.py).
    lede = models.TextField(
        "first sentence",
        blank=True,
        help_text="Readers see it below the heading: the answer, in one or two short sentences.",
    )
    description = models.CharField(
        max_length=170,
        blank=True,
        help_text="Readers see it in the results of a search engine. Use 140 to 155 characters.",
    )
    layout = models.CharField(
        max_length=10,
        choices=Layout.choices,
        default=Layout.ARTICLE,
        help_text="Article is right for nearly every page.",
    )
    position = models.PositiveIntegerField(
        "order",
        default=100,
        help_text="Decides the place in the menu and which page is next. Lower numbers come first.",
    )
    in_menu = models.BooleanField(
        "in the menu at the top", default=False, help_text="Readers see it at the top of every page."
    )
    message_form = models.BooleanField(
        "link to the message form at the end",
        default=True,
        help_text="Readers see “Send us a message to get started” below the text.",
    )
    is_medical = models.BooleanField(
        "makes medical statements",
        default=True,
        help_text="Readers see “not yet checked by a clinician” until one has signed off the page. Uncheck it"
        " only if no sentence is about health, as on Accessibility. A clinician signs off this change too.",
    )
    required_topics = models.JSONField(
        "required safety boxes", default=list, blank=True, help_text="The page cannot go live without them."
    )
    is_protected = models.BooleanField(
        "core page", default=False, help_text="Cannot be moved to trash or to another address."
    )
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        limit_choices_to={"translation_of": None, "trashed_at": None},
        verbose_name="same page in English",
        help_text="For a page whose address starts with a language, such as /es/. Visitors can switch.",
    )
    trashed_at = models.DateTimeField("in trash since", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "path"]
        permissions = [
            ("publish_page", "Can publish pages"),
            ("sign_off_page", "Can sign off medical text"),
            ("unlock_page", "Can unlock pages that others locked"),
            ("require_topics_for_page", "Can change which safety boxes a page must have"),
        ]
        constraints = [
            models.CheckConstraint(
                name="page_path_has_slashes",
                condition=Q(path__startswith="/", path__endswith="/"),
                violation_error_message="An address starts and ends with a slash.",
            ),
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(trashed_at=None),
                name="page_path_is_its_own",
                violation_error_message="Another page has this address.",
            ),
        ]

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        """Where visitors find the page: the address of its live Version, of the draft while none is live."""
        return Version.objects.current().filter(page=self).values_list("path", flat=True).first() or self.path

    def clean(self):
        """Refuse an address that another page has or needs, and to move a core page."""
        if self.trashed_at is None and (problem := self.address_problem()):
            raise ValidationError({"path": problem})
        if self.translation_of_id and (problem := self._pair_problem()):
            raise ValidationError({"translation_of": problem})

    @property
    def language(self):
        """The code of its language, which its address says."""
        return languages.of_path(self.path)

    def _pair_problem(self):
        if self.language == self.translation_of.language:
            return "Both addresses are of one language. A Spanish one starts with /es/."
        others = Page.objects.filter(translation_of=self.translation_of, trashed_at=None).exclude(pk=self.pk)
        if self.language in {page.language for page in others}:
            return "That page has another translation into this language already."
        return ""

    def address_problem(self):
        """Return why the page cannot have its address, or an empty text."""
        others = Page.objects.filter(trashed_at=None).exclude(pk=self.pk)
        if others.filter(path=self.path).exists():
            return "Another page has this address."
        if Version.objects.current().filter(path=self.path).exclude(page=self.pk).exists():
            return "Another page is still live at this address. Publish that page at its new address first."
        if Page.objects.filter(pk=self.pk, is_protected=True).exclude(path=self.path).exists():
            return "This is a core page, so its address cannot change."
        return "" if shows_pages(self.path) else "Another part of the site uses this address."


class TrashedPage(Page):
    """A page in trash, as the admin lists it."""

    class Meta:
        proxy = True
        verbose_name = "page in trash"
        verbose_name_plural = "trash"


def shows_pages(path):
    """Return whether a page at `path` would be found; /admin/ and /contact/ belong to other parts."""
    try:
        with translation.override(languages.of_path(path)):
            return resolve(path).view_name == "content:page"
    except Resolver404:
        return True  # the path's own validator says what is wrong with it


class VersionQuerySet(PublicQuerySet):
    def live(self, at=None):
        """Versions whose time includes `at` (default now)."""
        at = at or timezone.now()
        return self.filter(Q(live_until=None) | Q(live_until__gt=at), live_from__lte=at)

    def current(self, at=None):
        """The Version of each page that visitors get at `at`: of the live ones, the newest published."""
        newest = Version.objects.live(at).filter(page=OuterRef("page")).order_by("-live_from", "-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))


class Version(models.Model):
    """An unchangeable snapshot of a page and all its blocks; live while now is in [live_from, live_until)."""

    class Change(models.TextChoices):
        WORDING = "wording", "Wording only"
        CLINICAL = "clinical", "Clinical change"
        URGENT = "urgent", "Urgent safety fix"

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    # The address in the snapshot, as a column with an index: pages are found by it.
    path = models.GeneratedField(
        expression=KT("snapshot__page__path"), output_field=models.CharField(max_length=200), db_persist=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=200, blank=True)

    live_from = models.DateTimeField(null=True, blank=True)
    live_until = models.DateTimeField(null=True, blank=True)
    change = models.CharField(max_length=10, choices=Change.choices, blank=True)
    reviewer = models.ForeignKey("content.Clinician", on_delete=models.PROTECT, null=True, blank=True)
    # Who signed, as it was on that day: a record that changes later must not change history.
    reviewer_name = models.CharField(max_length=100, blank=True)
    reviewer_credentials = models.CharField(max_length=100, blank=True)
    reviewer_url = models.URLField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    # The Version whose text the reviewer read, if only the wording of this one differs from it.
    reviewed_version = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unchecked_since = models.DateField(null=True, blank=True)  # an urgent fix that nobody has signed yet
    next_review_on = models.DateField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="version_number_per_page"),
            models.CheckConstraint(
                name="version_ends_after_it_starts",
                condition=Q(live_until=None) | Q(live_until__gte=F("live_from")),
                violation_error_message="The end must be after the start.",
            ),
            models.CheckConstraint(
                name="version_review_is_whole",
                condition=Q(reviewer=None, reviewed_on=None)
                | Q(reviewer__isnull=False, reviewed_on__isnull=False),
                violation_error_message="A review needs both a reviewer and a date.",
            ),
        ]
        indexes = [
            models.Index(fields=["page", "-live_from", "-number"], name="version_live"),
            models.Index(fields=["path", "-live_from"], name="version_path"),
        ]

    def __str__(self):
        return f"{self.page} – version {self.number}"

    @property
    def is_signed(self):
        """Whether a clinician approved exactly this text."""
        return bool(self.reviewer_id and not self.reviewed_version_id)

    @property
    def reviewer_title(self):
        """Return name and credentials of whoever signed, as they were on that day."""
        return ", ".join(filter(None, (self.reviewer_name, self.reviewer_credentials)))

    @property
    def is_review_overdue(self):
        """Whether the day of the next review has passed."""
        return bool(self.next_review_on and self.next_review_on < timezone.localdate())

    @classmethod
    def next_number(cls, page):
        """Return the number the next Version of `page` takes; call it with the page row locked."""
        return (cls.objects.filter(page=page).aggregate(last=Max("number"))["last"] or 0) + 1

    def is_live(self, at=None):
        """Return whether `at` (default now) is in this Version's time; a newer one may still replace it."""
        at = at or timezone.now()
        return bool(self.live_from and self.live_from <= at and (not self.live_until or at < self.live_until))
