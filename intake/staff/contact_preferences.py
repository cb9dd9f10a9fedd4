"""How staff may reach a person safely: the strictest wish of every message with that number or address.

Used by the screen of a message. Only a Wish that staff add with the person's words allows more again.
"""

from dataclasses import dataclass, field, replace

from django.db.models import Prefetch, Q

from intake.models import (
    Addition,
    Agreement,
    Attempt,
    ContactDetail,
    IntakeSettings,
    Reason,
    ReplyBy,
    Submission,
    Voicemail,
    Wish,
    YesNo,
)
from intake.reply_times import in_words
from intake.staff import calling_off, joined_wishes
from intake.typed_text.contact_details import phone_href, sms_href

PHONE, EMAIL = ContactDetail.Kind.PHONE, ContactDetail.Kind.EMAIL
NEEDS = {ReplyBy.CALL: PHONE, ReplyBy.TEXT: PHONE, ReplyBy.EMAIL: EMAIL}
VERBS = {ReplyBy.CALL: "call", ReplyBy.TEXT: "text", ReplyBy.EMAIL: "email"}
# What came later to other messages: only what it is found by, never decrypted here.
ADDED = (
    Prefetch("contact_details", ContactDetail.objects.defer("value")),
    Prefetch("additions", Addition.objects.defer("text")),
)
STRICTEST_FIRST = {"voicemail": list(Voicemail), "may_name_us": list(YesNo)}


@dataclass(frozen=True)
class Rule:
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


@dataclass(frozen=True)
class Preferences:
    """What holds for a message now. While no way is clearly allowed, `problem` says why."""

    submission: Submission
    voicemail: str
    may_name_us: str
    channels: frozenset
    asked: str
    numbers: dict = field(default_factory=dict)  # kind -> [(value, when)], the newest last
    wrong: frozenset = frozenset()  # kinds whose newest value was wrong
    newest: object = None  # the later message or Wish that is named
    called_off: object = None  # since when nobody may contact them
    problem: str = ""
    is_agreed: bool = False

    @property
    def channel(self):
        """The one way to use, or empty."""
        return next(iter(self.channels)) if len(self.channels) == 1 and not self.problem else ""


def of(submission, user=None):
    """Return what holds for `submission`, as `user` may act on it. Constant queries."""
    numbers = _numbers(submission)
    found = _fold(submission, numbers)
    found = replace(found, numbers=numbers, wrong=_wrong(submission, numbers))
    return _with_agreement(replace(found, problem=_problem(found)), user)


def same_contact(submission, numbers=None):
    """Return the other messages with a number or an address of this one, or of the same person."""
    keys = _hashes(numbers or _numbers(submission))
    same = Submission.objects.with_contact(*keys[PHONE], *keys[EMAIL])
    is_same = Q(pk__in=same.values("pk")) | Q(pk__in=Submission.objects.of_person(submission).values("pk"))
    return Submission.objects.filter(is_same).exclude(pk=submission.pk)


def _hashes(numbers):
    """Return by kind what the numbers and addresses are found by."""
    return {
        kind: {key for value, _ in rows for key in Submission.contact_hashes(kind, value)}
        for kind, rows in numbers.items()
    }


def has_same(submission, other, channel):
    """Whether the newest number, or address, that `channel` needs is the same in both messages."""
    kind = NEEDS[ReplyBy(channel)]
    newest = [_hashes({kind: _numbers(each)[kind][-1:]})[kind] for each in (submission, other)]
    return bool(newest[0] & newest[1])


def _numbers(submission):
    found = {PHONE: [], EMAIL: []}
    if submission.phone:
        found[PHONE].append((submission.phone, submission.received_at))
    if submission.email:
        found[EMAIL].append((submission.email, submission.received_at))
    for detail in submission.contact_details.order_by("at", "pk"):
        found[detail.kind].append((detail.value, detail.at))
    for each in submission.additions.all():
        if each.kind in found and not each.is_from_copy:
            found[each.kind].append((each.text, each.at))
    return {kind: sorted(rows, key=lambda row: row[1]) for kind, rows in found.items()}


def _wrong(submission, numbers):
    """Return the kinds whose newest value somebody tried and found wrong."""
    tries = submission.attempts.filter(outcome=Attempt.Outcome.WRONG_CONTACT)
    found = [(NEEDS[ReplyBy(row.channel)], row.at) for row in tries]
    return frozenset(kind for kind, at in found if numbers[kind] and at >= numbers[kind][-1][1])


def _fold(submission, numbers):
    """Go through every message and wish in time: each can only forbid, but for a looser Wish."""
    others = list(same_contact(submission, numbers).without_texts().prefetch_related(*ADDED))
    wishes = Wish.objects.filter(submission__in=[submission, *others])
    said = [(row.received_at, row) for row in (submission, *others)] + [(row.at, row) for row in wishes]
    state = Preferences(submission, Voicemail.FULL, YesNo.YES, frozenset(ReplyBy), submission.reply_by)
    keys = _hashes(numbers)
    for _, each in sorted(said, key=lambda pair: pair[0]):
        state = _after(state, each, keys)
    own = (submission.voicemail, submission.may_name_us, frozenset({ReplyBy(submission.reply_by)}))
    additions = [added for each in (submission, *others) for added in each.additions.all()]
    state = replace(state, called_off=calling_off.standing(additions, wishes))
    is_own = own == (state.voicemail, state.may_name_us, state.channels)
    return replace(state, newest=None) if is_own else state


def _after(state, each, keys):
    is_looser = isinstance(each, Wish) and each.is_looser
    changes = {}
    for name, order in STRICTEST_FIRST.items():
        if value := getattr(each, name):
            before = getattr(state, name)
            changes[name] = value if is_looser else min(before, value, key=order.index)
    if each.reply_by:
        allowed = frozenset({ReplyBy(each.reply_by)}) | _untouched(state, each, keys)
        changes["channels"] = allowed if is_looser else state.channels & allowed
    is_later = each != state.submission
    is_change = any(getattr(state, name) != value for name, value in changes.items())
    return replace(state, **changes, newest=each if is_later and is_change else state.newest)


def _untouched(state, each, keys):
    """Return the channels that a message says nothing about: of what it did not give."""
    if each == state.submission or isinstance(each, Wish):
        return frozenset()
    added = [*each.contact_details.all(), *each.additions.all()]
    theirs = {each.phone_hash, each.email_hash, *(row.value_hash for row in added)}
    return frozenset(channel for channel, kind in NEEDS.items() if not theirs & keys[kind])


def _problem(found):
    """Say in a sentence why no way is clearly allowed; empty when one is."""
    if found.called_off:
        return f"They ask us not to contact them after all ({in_words(found.called_off)})."
    if not found.channels:
        return "Messages with this number or address ask for different ways to be reached."
    channel = next(iter(found.channels))
    kind, name = NEEDS[channel], ReplyBy(channel).label.lower()
    what = "phone number" if kind == PHONE else "email address"
    if not found.numbers.get(kind) and kind not in found.wrong:
        return f"They asked for {name}, but gave no {what}."
    if kind in found.wrong:
        return f"The {what} was wrong. Add the right one; do not try it again."
    return ""


def _with_agreement(found, user):
    """Open the way that a second person agreed to, or that has a reason where one works alone."""
    if not found.problem:
        return found
    since = found.newest.at if isinstance(found.newest, Wish) else getattr(found.newest, "received_at", None)
    since = max([at for at in (since, found.called_off) if at], default=None)
    theirs = Submission.objects.of_person(found.submission)
    rows = Agreement.objects.filter(submission__in=theirs, **({"at__gt": since} if since else {}))
    is_alone = IntakeSettings.current().is_one_person
    for row in rows:
        kind = NEEDS[ReplyBy(row.way)]
        counts = row.author_id != getattr(user, "pk", None) or (is_alone and row.reason)
        if counts and found.numbers[kind] and kind not in found.wrong:
            return replace(found, channels=frozenset({ReplyBy(row.way)}), problem="", is_agreed=True)
    return found


def rules(found):
    """Return the rules in plain words, the channel first."""
    joined = joined_wishes.of(found.submission)
    listed = [*_called_off(found), *_channel(found), _voicemail(found), _name(found)]
    if joined.say("reason", Reason.SOMEONE_ELSE):
        listed.append(Rule("Contact only the person who wrote, never the one they worry about.", False))
    if joined.say("they_know", YesNo.NO):
        listed.append(Rule("The other person does not know about this message. Keep it that way.", False))
    if joined.say("relay", YesNo.YES):
        listed.append(Rule("They use a relay (711): call through it, and tell the operator no more.", True))
    if joined.languages:
        listed.append(Rule(f"Language: {', '.join(joined.languages)}. Have an interpreter ready.", True))
    if joined.say("under_18", YesNo.YES):
        listed.append(Rule("Under 18: do not contact a parent first. Ask your supervisor.", False))
    return [rule for rule in listed if rule]


def _called_off(found):
    """Return that they changed their mind: nobody contacts them, and no message ends by it."""
    if not found.called_off:
        return []
    asked = [each for each in found.submission.additions.all() if each.kind == Addition.Kind.CALL_OFF]
    is_doubtful = bool(asked) and asked[-1].is_from_copy
    doubt = " It came with a copy’s reference: perhaps from somebody else." if is_doubtful else ""
    return [Rule(f"They ask us not to contact them after all ({in_words(found.called_off)}).{doubt}", False)]


def _channel(found):
    if not found.channel:
        return [Rule("Do not call, text, or email yet.", False)]
    never = " or ".join(verb for channel, verb in VERBS.items() if channel != found.channel)
    agreed = " A colleague agreed, or a reason is written below." if found.is_agreed else ""
    return [
        Rule(f"{VERBS[found.channel].capitalize()} them.{agreed}", True),
        Rule(f"Do not {never}.", False),
    ]


def _voicemail(found):
    if found.channel != ReplyBy.CALL:
        return None
    return {
        Voicemail.FULL: Rule("Voicemail is OK, and you may say why you’re calling.", True),
        Voicemail.NAME_AND_NUMBER: Rule(
            "Voicemail: only a first name and a number. Don’t say why you’re calling.", False
        ),
    }.get(found.voicemail, Rule("Don’t leave a voicemail. Hang up.", False))


def _name(found):
    if found.may_name_us == YesNo.YES:
        return Rule("You may say that we’re a treatment center.", True)
    return Rule("Never say who we are or why we’re calling: not to others, not in a text or email.", False)


def contacts(found):
    """Return the contact details, each with its rule; only the newest of a kind can be used."""
    listed = [
        _contact(found, kind, place) for kind, rows in found.numbers.items() for place in range(len(rows))
    ]
    return [*listed, *_from_copies(found.submission)]


def _from_copies(submission):
    """Return what came with the reference of a copy: shown, and not to be used unasked."""
    rule = "From a copy: perhaps somebody else’s. Do not use it."
    for each in submission.additions.all():
        if each.is_from_copy and each.kind in (PHONE, EMAIL):
            yield Contact(ContactDetail.Kind(each.kind).label, each.text, "", rule, False)


def _contact(found, kind, place):
    value, is_newest = found.numbers[kind][place][0], place == len(found.numbers[kind]) - 1
    label = kind.label
    if not is_newest:
        return Contact(label, value, "", "Replaced: do not use", False)
    if kind in found.wrong:
        return Contact(label, value, "", "Wrong: do not use", False)
    channel = found.channel
    if not channel or NEEDS[channel] != kind:
        rule = "Not safe: do not call or text" if kind == PHONE else "Not safe: do not email"
        return Contact(label, value, "", rule, False)
    rule = {
        ReplyBy.CALL: "Safe to call. Do not text.",
        ReplyBy.TEXT: "Safe to text. Do not call.",
        ReplyBy.EMAIL: "Safe to email.",
    }[channel]
    return Contact(label, value, _href(channel, value), rule, True)


def _href(channel, value):
    if channel == ReplyBy.EMAIL:
        return ""  # a mailto: link would open the reader's own mailbox, with name and signature
    return phone_href(value) if channel == ReplyBy.CALL else sms_href(value)
