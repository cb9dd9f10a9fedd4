"""Which words for calls, texts and emails fit a message. Used by the screen of a message."""

from intake.models import Language, ReplyBy, Script, Voicemail, YesNo


def uses(found):
    """Return the scripts that fit; none for a voicemail that is not allowed, nor while no way is clear."""
    is_named = found.may_name_us == YesNo.YES
    if found.channel == ReplyBy.TEXT:
        return [Script.Use.TEXT_NAMED if is_named else Script.Use.TEXT_NEUTRAL]
    if found.channel == ReplyBy.EMAIL:
        return [Script.Use.EMAIL_NAMED if is_named else Script.Use.EMAIL_NEUTRAL]
    if found.channel != ReplyBy.CALL:
        return []
    voicemail = {
        Voicemail.FULL: [Script.Use.VOICEMAIL_FULL],
        Voicemail.NAME_AND_NUMBER: [Script.Use.VOICEMAIL_NEUTRAL],
    }.get(found.voicemail, [])
    return [*voicemail, Script.Use.SOMEONE_ANSWERS]


def fitting(found):
    """Return the scripts that fit, in the person's language where there is one."""
    rows = Script.objects.filter(
        use__in=uses(found), language__in=[found.submission.language, Language.ENGLISH]
    )
    spoken = {row.use for row in rows if row.language == found.submission.language}
    return [row for row in rows if row.language == found.submission.language or row.use not in spoken]
