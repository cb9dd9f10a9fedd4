"""How staff may reach a person safely, in plain words. Used by the screen of a message."""

from dataclasses import dataclass
from urllib.parse import quote

from intake.models import Reason, ReplyBy, Script, Voicemail, YesNo


@dataclass(frozen=True)
class Wish:
    """One rule. `is_allowed` False is a prohibition."""

    text: str
    is_allowed: bool


@dataclass(frozen=True)
class Contact:
    """A number or an address, with what is safe; `href` is empty for a channel that is not."""

    label: str
    value: str
    href: str
    rule: str
    is_safe: bool


def wishes(submission):
    """Return the rules for this person, the channel first."""
    rules = [*_channel(submission), _voicemail(submission), _name(submission)]
    if submission.reason == Reason.SOMEONE_ELSE:
        rules.append(Wish("Contact only the person who wrote, never the one they worry about.", False))
    if submission.they_know == YesNo.NO:
        rules.append(Wish("The other person does not know about this message. Keep it that way.", False))
    return [rule for rule in rules if rule]


def _channel(submission):
    verbs = {ReplyBy.CALL: "call", ReplyBy.TEXT: "text", ReplyBy.EMAIL: "email"}
    safe = submission.reach_by
    never = " or ".join(verb for channel, verb in verbs.items() if channel != safe)
    wish = Wish(f"{verbs[safe].capitalize()} them.", True)
    if submission.reply_by != safe:
        asked = submission.get_reply_by_display().lower()
        missing = "email address" if submission.reply_by == ReplyBy.EMAIL else "phone number"
        wish = Wish(f"{verbs[safe].capitalize()} them: they asked for {asked}, but gave no {missing}.", True)
    return [wish, Wish(f"Do not {never}.", False)]


def _voicemail(submission):
    if submission.reach_by != ReplyBy.CALL:
        return None
    return {
        Voicemail.FULL: Wish("Voicemail is OK, and you may say why you’re calling.", True),
        Voicemail.NAME_AND_NUMBER: Wish(
            "Voicemail: only a first name and a number. Don’t say why you’re calling.", False
        ),
    }.get(submission.voicemail, Wish("Don’t leave a voicemail. Hang up.", False))


def _name(submission):
    if submission.may_name_us == YesNo.YES:
        return Wish("You may say that we’re a treatment center.", True)
    return Wish("Never say who we are or why we’re calling: not to others, not in a text or email.", False)


def contacts(submission):
    """Return the contact details they gave, each with its rule."""
    safe = submission.reach_by
    found = []
    if submission.phone:
        rule = {
            ReplyBy.CALL: "Safe to call. Do not text.",
            ReplyBy.TEXT: "Safe to text. Do not call.",
        }.get(safe, "Not safe: do not call or text")
        found.append(
            Contact("Phone", submission.phone, _phone_href(submission, safe), rule, safe != ReplyBy.EMAIL)
        )
    if submission.email:
        is_safe = safe == ReplyBy.EMAIL
        rule = "Safe to email." if is_safe else "Not safe: do not email"
        href = (
            f"mailto:{quote(submission.email, safe='@+')}" if is_safe else ""
        )  # otherwise “?” would add fields
        found.append(Contact("Email", submission.email, href, rule, is_safe))
    return found


def _phone_href(submission, safe):
    return {ReplyBy.CALL: submission.phone_href, ReplyBy.TEXT: submission.sms_href}.get(safe, "")


def script_uses(submission):
    """Return the scripts that fit the wishes; none for a voicemail that is not allowed."""
    is_named = submission.may_name_us == YesNo.YES
    if submission.reach_by == ReplyBy.TEXT:
        return [Script.Use.TEXT_NAMED if is_named else Script.Use.TEXT_NEUTRAL]
    if submission.reach_by != ReplyBy.CALL:
        return []
    voicemail = {
        Voicemail.FULL: [Script.Use.VOICEMAIL_FULL],
        Voicemail.NAME_AND_NUMBER: [Script.Use.VOICEMAIL_NEUTRAL],
    }.get(submission.voicemail, [])
    return [*voicemail, Script.Use.SOMEONE_ANSWERS]
