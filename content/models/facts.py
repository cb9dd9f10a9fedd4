"""Facts that many pages share, each kept in one place: helplines and the clinic."""

import re
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from content.models.one_record import OneRecord
from content.models.public_changes import PublicQuerySet
from content.models.translated_words import SaidInLanguages
from content.models.typed import TypedModel
from content.models.web_addresses import WebAddressField, leave_problem
from content.readability.visible_text import as_read, balanced

slug_validator = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use small letters, digits and single hyphens.")


LOCKED_LINES = ("911", "988")  # their code is their number
MAX_NAME_LINE = 20  # letters of the clinic's name: the menu of a phone stays beside it


def tel_href(number):
    """Return the `tel:` address of a US `number` as people write it; short codes such as 911 stay."""
    digits = re.sub(r"[^0-9]", "", as_read(number))
    if not digits:
        return ""
    if len(digits) <= 6:
        return f"tel:{digits}"
    return f"tel:+{digits}" if len(digits) == 11 else f"tel:+1{digits}"


def refuse_wrong_numbers(fact, names):
    """Raise `ValidationError` for each field of `names` whose number no telephone in the US can reach."""
    wrong = {name: problem for name in names if (problem := _number_problem(getattr(fact, name)))}
    if wrong:
        raise ValidationError(wrong)


def _number_problem(number):
    if re.search(r"[^\W\d_]|[^\d\s()+.,/-]", as_read(number)):
        return "Write the number alone, in digits. What comes after the call is answered goes into its note."
    digits = re.sub(r"[^0-9]", "", as_read(number))
    is_whole = 3 <= len(digits) <= 6 or len(digits) == 10 or (len(digits) == 11 and digits[0] == "1")
    if number and not is_whole:
        return f"This number has {len(digits)} digits. Write all 10, as in (818) 555-0100."
    return ""


class Helpline(TypedModel, SaidInLanguages):
    """A line to call, text or open. Pages name it by its slug, as in `{oc-links}`, never by its number."""

    code_fields = ("check_note",)  # for staff

    slug = models.CharField(
        "code", max_length=50, unique=True, validators=[slug_validator], help_text="Used in pages as {code}."
    )
    name = models.CharField(max_length=100)
    use_when = models.CharField("when to use it", max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    phone_note = models.CharField(max_length=60, blank=True, help_text="For example: then press 1")
    spare_phone = models.CharField("spare number", max_length=30, blank=True)
    is_spare_used = models.BooleanField(
        "show the spare number", default=False, help_text="Check when the usual number does not answer."
    )
    tty_phone = models.CharField("TTY number", max_length=30, blank=True)
    sms_number = models.CharField("text number", max_length=20, blank=True)
    sms_note = models.CharField("what to text", max_length=100, blank=True)
    sms_body = models.CharField("text already filled in", max_length=50, blank=True)
    web_url = WebAddressField("web address", blank=True)
    web_label = models.CharField("web address as shown", max_length=60, blank=True)
    hours = models.CharField(max_length=100, blank=True)
    cost = models.CharField(max_length=100, blank=True)
    languages = models.CharField(max_length=150, blank=True)
    position = models.PositiveIntegerField("order", default=100)
    is_published = models.BooleanField("shown on the site", default=False)
    is_in_footer = models.BooleanField("in the footer of every page", default=False)
    check_note = models.CharField("how it was checked", max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    sources = models.ManyToManyField("content.Source", blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="line shown instead",
        help_text="While this line is not shown on the site, pages that name it show the other one.",
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="helpline_spare_exists_when_used",
                condition=models.Q(is_spare_used=False) | ~models.Q(spare_phone=""),
                violation_error_message="Enter the spare number before you show it.",
            )
        ]

    WORD_FIELDS = (
        "name",
        "use_when",
        "phone_note",
        "sms_note",
        "sms_body",
        "web_label",
        "hours",
        "cost",
        "languages",
    )
    # What a clinician has to read, and what decides whose words are shown
    SENTENCES = (*WORD_FIELDS, "is_published", "replaced_by")

    def __str__(self):
        return self.name

    def clean(self):
        refuse_wrong_numbers(self, ("phone", "spare_phone", "tty_phone", "sms_number"))
        self._refuse_unlocking()
        if self.replaced_by and (self.replaced_by == self or not self.replaced_by.is_published):
            raise ValidationError({"replaced_by": "Choose another line that is shown on the site."})
        if self.is_spare_used and not self.spare_phone:
            raise ValidationError({"is_spare_used": "Enter the spare number before you show it."})

    def _refuse_unlocking(self):
        """Keep the two lines of a crisis at the numbers that everybody knows."""
        if self.slug in LOCKED_LINES and (
            self.phone != self.slug or self.sms_number not in ("", self.slug) or self.is_spare_used
        ):
            raise ValidationError(f"This line is {self.slug} and cannot get another number.")
        if self.slug in LOCKED_LINES and not self.is_published:
            raise ValidationError({"is_published": f"{self.slug} is always shown."})

    @property
    def number(self):
        """The number to show now: the spare one while staff have switched to it."""
        return self.spare_phone if self.is_spare_used else self.phone

    @property
    def tel_href(self):
        return tel_href(self.number)

    @property
    def tty_href(self):
        return tel_href(self.tty_phone)

    @property
    def sms_href(self):
        digits = re.sub(r"[^0-9]", "", as_read(self.sms_number))
        if not digits:
            return ""
        return f"sms:{digits}?&body={quote(self.sms_body)}" if self.sms_body else f"sms:{digits}"


class Clinic(TypedModel, OneRecord):
    """The one record about the clinic. What is empty is not shown anywhere."""

    # What a clinician has to read, and what decides whether it is shown
    SENTENCES = (
        "name",
        "who_answers",
        "referral_note",
        "medicine_elsewhere",
        "first_session_price",
        "ages_seen",
        "prescribes",
        "languages",
        "insurers",
    )

    class TakesMediCal(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        ASK = "ask", "It depends: people should ask"

    class Prescribes(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"

    name = models.CharField(max_length=100, default="Virtual Treatment Center")
    phone = models.CharField(max_length=30, blank=True)
    text_number = models.CharField("number for texts", max_length=30, blank=True)
    address = models.TextField(blank=True)
    who_answers = models.CharField(
        "who answers the phone", max_length=200, blank=True, help_text="Shown next to the number."
    )
    referral_note = models.CharField(
        "sentence on referral fees",
        max_length=200,
        blank=True,
        help_text="For example: We do not pay or accept referral fees. Shown next to the number.",
    )
    license_type = models.CharField("license or certification", max_length=100, blank=True)
    license_number = models.CharField("license number", max_length=50, blank=True)
    license_url = WebAddressField("link to the license record", blank=True)
    license_expires_on = models.DateField(
        "license expires on",
        null=True,
        blank=True,
        help_text="The last day it is valid. After that, no page shows it. Reminders start 60 days before.",
    )
    first_session_price = models.CharField(
        "price of a first session", max_length=60, blank=True, help_text="As in: $150 for 50 minutes"
    )
    insurers = models.CharField("insurance plans you take", max_length=300, blank=True)
    takes_medi_cal = models.CharField("Medi-Cal", max_length=3, choices=TakesMediCal.choices, blank=True)
    ages_seen = models.CharField(
        "ages you see", max_length=60, blank=True, help_text="After “We see people who are”: 18 or older"
    )
    prescribes = models.CharField(
        "prescribes medicine for opioid addiction", max_length=3, choices=Prescribes.choices, blank=True
    )
    medicine_elsewhere = models.CharField(
        "where people get medicine instead",
        max_length=200,
        blank=True,
        help_text="A whole sentence, shown when you prescribe none.",
    )
    languages = models.CharField(
        "languages you speak", max_length=100, blank=True, help_text="After “We speak”: English and Spanish"
    )
    is_one_person = models.BooleanField(
        "one-person clinic",
        default=False,
        help_text="Check only if one clinician both writes and signs off. The audit trail shows it.",
    )
    leave_url = WebAddressField(
        "where the leave button goes",
        default="https://www.weather.gov/",
        help_text="A harmless page of another site, with https. Its address says nothing about this one.",
    )

    objects = PublicQuerySet.as_manager()

    class Meta(OneRecord.Meta):
        verbose_name = verbose_name_plural = "clinic"
        permissions = [("set_one_person_clinic", "Can say that the clinic is one person")]

    def __str__(self):
        return self.name

    def clean(self):
        refuse_wrong_numbers(self, ("phone", "text_number"))
        if problem := leave_problem(self.leave_url):
            raise ValidationError({"leave_url": problem})

    @classmethod
    def name_now(cls):
        """Return the name that the record has, or the one that a new site begins with."""
        return cls.objects.values_list("name", flat=True).first() or cls().name

    @property
    def name_lines(self):
        """The name in lines of about the same length, as it stands beside the logo."""
        return balanced(self.name, -(-len(self.name) // MAX_NAME_LINE))

    @property
    def shows_license(self):
        """Whether pages may name the license: not one that has expired, the day itself still counts."""
        ends = self.license_expires_on
        return bool(self.license_number and (ends is None or timezone.localdate() <= ends))

    @property
    def phone_href(self):
        return tel_href(self.phone)

    @property
    def text_href(self):
        return tel_href(self.text_number).replace("tel:", "sms:")
