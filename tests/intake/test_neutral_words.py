"""What others may see on a phone tells nothing: such words are refused, and named to whoever wrote them."""

import pytest
from django.core.exceptions import ValidationError

from content.models import Clinic
from intake.models import IntakeSettings, Script, neutral_words
from intake.outbox import emails
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Your reference is [reference].", []),
        ("Saludos. Su referencia es [reference].", []),
        ("Our method of contact: you chose it.", []),
        ("About your heroin treatment", ["heroin", "treatment"]),
        ("Sobre su adicción a la HEROÍNA", ["adicción", "HEROÍNA"]),
        ("Your clinic", ["clinic"]),
        ("Harbor Light wrote to you", ["Harbor Light"]),
        ("See testserver", ["testserver"]),
        ("[our name] calls you", ["[our name]"]),
    ],
)
def test_words_that_tell_are_found_and_named(words, named):
    Clinic(name="Harbor Light").save()
    assert neutral_words.telling(words) == named


@pytest.mark.parametrize("field", IntakeSettings.MAIL_FIELDS)
def test_an_email_that_tells_is_refused_with_its_words(field):
    with pytest.raises(ValidationError, match=r"addiction.*Leave them out"):
        IntakeSettings(**{field: "Your addiction: [reference]"}).full_clean()


@pytest.mark.parametrize("words", ["her\u00adoin", "hero\u200bin", "hero\u200din", "ｈｅｒｏｉｎ"])
def test_a_word_that_tells_is_found_behind_marks_that_nobody_sees(words):
    assert neutral_words.telling(words)


def test_a_neutral_script_that_tells_is_refused_and_all_that_are_shipped_pass():
    for script in Script.objects.all():
        script.full_clean()
    with pytest.raises(ValidationError, match="therapy"):
        Script(use=Script.Use.TEXT_NEUTRAL, language="en", words="About your therapy").full_clean()
    Script(use=Script.Use.TEXT_NAMED, language="en", words="About your therapy").full_clean()


def test_a_script_says_the_name_of_the_clinic():
    Clinic(name="Harbor Light").save()
    script = Script.objects.get(use=Script.Use.TEXT_NAMED, language="en")
    assert "from Harbor Light." in script.filled("Sam", "")


def test_the_emails_say_the_words_of_the_clinic():
    make_staff()
    settings = IntakeSettings(copy_subject="Yours", copy_words="Thanks & [reference].", notice_subject="Look")
    settings.save()
    message = stored_message(email="sam@vtc.example")
    mail = emails.reference_for_sender(message, mail_key="k")
    assert mail.subject == "Yours"
    assert mail.body.startswith(f"Thanks & {message.spoken_reference}.\n\nPlease do not reply")
    notice = emails.message_waiting(message, mail_key="k")
    assert notice.subject == f"Look: {message.spoken_reference}"


def test_an_email_with_a_reference_says_it():
    with pytest.raises(ValidationError, match="Say where the reference goes"):
        IntakeSettings(copy_words="Thank you.").full_clean()
