"""Which lead goes to whom: the routes of a team file, the words that go with them, and what can never come to pass."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from dialogs.desk.hours import Schedule
from dialogs.desk.plan import Clocks
from dialogs.desk.team import OFFER_TO, Route
from dialogs.desk.team_file.context import EVERYBODY, NOBODY, Context
from dialogs.desk.team_file.people import who
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.durations import seconds_in_words
from dialogs.loading.times import read_schedule, read_zone
from dialogs.loading.words import Word
from dialogs.spelling import did_you_mean

MATCHES = ("language", "territory")
"""What people may be matched with the visitor by."""

_CHANNEL = re.compile(r"#[^\s#,]{1,80}|[CG][A-Z0-9]{8,30}")
"""A channel by its name, or by Slack's own name for it."""
_HTTPS = re.compile(r"https://[^\s/]+\S*")
_LEAST_SECONDS = 5.0
_MOST_SECONDS = 30 * 86_400.0
_MOST_OFFERS = 50
_LONGEST_NAME = 80


def read_clocks(cursor: Cursor, context: Context, around: Clocks) -> Clocks:
    """How long each stage may last: what is said here, else what is said for all."""
    section = cursor.cursor("clocks", '"clocks"')
    if section is None:
        return around
    seconds: dict[str, float] = {}
    for one in fields(Clocks):
        text = section.text(one.name)
        if text is None:
            continue
        found = seconds_in_words(text)
        if found is None or not _LEAST_SECONDS <= found <= _MOST_SECONDS:
            cure = 'write such as "30 seconds" or "10 minutes", from 5 seconds to 30 days'
            section.error(one.name, f'"{shortened(text)}" is no time to wait; {cure}')
        else:
            seconds[one.name] = found
    section.finish()
    clocks = replace(around, **seconds)
    if seconds and clocks.fallback < clocks.unclaimed:
        place = section.key_place("fallback" if "fallback" in seconds else "unclaimed")
        context.report.warn(
            place, '"fallback" comes before "unclaimed": visitors are sent away before anybody is called'
        )
    return clocks


def read_channel(cursor: Cursor, key: str, context: Context) -> str | None:
    """A channel."""
    channel = context.text(cursor, key)
    if channel is not None and not _CHANNEL.fullmatch(channel.strip()):
        cursor.error(key, f'"{shortened(channel)}" is no channel; write "#its-name" in quotes')
    return None if channel is None else channel.strip()


def read_booking(cursor: Cursor) -> str | None:
    """Where a meeting may be booked."""
    booking = cursor.text("booking")
    if booking is not None and not _HTTPS.fullmatch(booking.strip()):
        cursor.error(
            "booking", f'"{shortened(booking)}" is no address that visitors can open; write an https:// address'
        )
    return None if booking is None else booking.strip()


def read_routes(root: Cursor, context: Context) -> tuple[Route, ...]:
    """Every route, in order."""
    routes: list[Route] = []
    for number, item in enumerate(root.items("routes"), 1):
        cursor = cursor_of(item, context.report, "a route")
        if cursor is not None:
            routes.append(_route(cursor, number, context))
            cursor.finish({"languages": "a person", "most": "a person", "weight": "a person"})
    names: dict[str, Route] = {}
    for route in routes:
        first = names.setdefault(route.name, route)
        if first is not route:
            message = f'the name "{shortened(route.name)}" is taken by the route in line {first.place.line}'
            context.report.error(route.place, message)
    return tuple(routes)


def _route(cursor: Cursor, number: int, context: Context) -> Route:
    known = context.known
    name = cursor.text("name")
    if name is not None and not 0 < len(name.strip()) <= _LONGEST_NAME:
        cursor.error("name", f"a route's name has 1 to {_LONGEST_NAME} characters")
    handoffs = context.known_words(cursor, "for", "handoff", known.handoffs)
    scripts = context.known_words(cursor, "script", "script", known.scripts)
    when = context.condition(cursor, "when")
    to = context.words(cursor, "to") if cursor.need("to", EVERYBODY) else []
    members = _members(to, context)
    tags = _tags(cursor, members, context)
    matches = _matches(cursor, context)
    offer_to = cursor.whole("offer_to", 0, _MOST_OFFERS)
    asks = offer_to != 0 and [word.text for word in to] != [NOBODY]
    owner_first = cursor.flag("owner_first") if cursor.has("owner_first") else asks
    return Route(
        name=(name or f"route {number}").strip(),
        handoffs=handoffs,
        scripts=scripts,
        when=when,
        members=members,
        tags=tags,
        by_language="language" in matches,
        by_territory="territory" in matches,
        owner_first=owner_first,
        offer_to=OFFER_TO if offer_to is None else offer_to,
        channel=read_channel(cursor, "channel", context) or context.channel,
        targets=_targets(cursor, context),
        escalate_to=read_escalation(cursor, context) or context.escalate_to,
        clocks=read_clocks(cursor, context, context.clocks),
        schedule=_schedule(cursor, context, members),
        booking_url=read_booking(cursor) or context.booking_url,
        place=cursor.place,
    )


def _members(to: Sequence[Word], context: Context) -> tuple[str, ...]:
    """Keys of the people that ``to`` leads to."""
    people: dict[str, None] = {}
    for word in to:
        if word.text == EVERYBODY:
            people |= dict.fromkeys(context.people)
        elif word.text == NOBODY:
            if len(to) > 1:
                context.report.error(word.place, f'"{NOBODY}" stands alone')
        elif word.text in context.groups:
            people |= dict.fromkeys(context.groups[word.text])
        elif context.is_person(word.text):
            people[word.text] = None
        elif word.text.startswith("#"):
            cure = f'"to" names people; write to: {NOBODY} and channel: "{shortened(word.text)}"'
            context.report.error(word.place, cure)
        else:
            names = (*context.groups, *context.people, EVERYBODY, NOBODY)
            cure = who(word.text, names)
            context.report.error(word.place, f'unknown person or group "{shortened(word.text)}"{cure}')
    return tuple(people)


def _tags(cursor: Cursor, members: tuple[str, ...], context: Context) -> frozenset[str]:
    """Tags that people must have."""
    known = {tag for member in context.members.values() for tag in member.tags}
    tags = context.known_words(cursor, "with", "tag", known)
    there = [context.members[key] for key in members if key in context.members]
    if tags & known and there and not any(tags <= member.tags for member in there):
        context.report.warn(cursor.place_of("with"), 'nobody whom "to" names has ' + " and ".join(sorted(tags)))
    return tags


def _matches(cursor: Cursor, context: Context) -> set[str]:
    words = context.words(cursor, "match")
    for word in words:
        if word.text not in MATCHES:
            cure = did_you_mean(word.text, MATCHES) or f"; there are {' and '.join(MATCHES)}"
            context.report.error(word.place, f'people cannot be matched by "{shortened(word.text)}"{cure}')
    return {word.text for word in words}


def _targets(cursor: Cursor, context: Context) -> tuple[str, ...]:
    words = context.words(cursor, "targets")
    known = context.known.targets
    for word in words:
        if known is not None and word.text not in known:
            cure = did_you_mean(word.text, known) or f"; there are {', '.join(sorted(known))}"
            context.report.error(word.place, f'unknown handoff target "{shortened(word.text)}"{cure}')
    return tuple(dict.fromkeys(word.text for word in words))


def read_escalation(cursor: Cursor, context: Context) -> str | None:
    """Who is called when nobody takes it: a channel, or a person."""
    text = context.text(cursor, "escalate_to")
    name = None if text is None else text.strip()
    if name is None or _CHANNEL.fullmatch(name) or context.is_person(name):
        return name
    if name in context.groups:
        cursor.error("escalate_to", f'"{name}" is a group; call one person, or a channel such as "#sales-managers"')
    else:
        cure = did_you_mean(name, context.people) or '; a channel is written "#its-name", in quotes'
        cursor.error("escalate_to", f'unknown person "{shortened(name)}"{cure}')
    return None


def _schedule(cursor: Cursor, context: Context, members: tuple[str, ...]) -> Schedule | None:
    """Its business hours; None where it goes by those of its people."""
    if cursor.has("hours"):
        return read_schedule(cursor, context.report, context.schedule, own_holidays=False)
    zone = read_zone(cursor)
    if zone is not None and not context.has_hours:
        context.report.warn(cursor.key_place("time_zone"), 'without "hours" a time zone makes no difference')
    if context.has_hours or not members:
        return replace(context.schedule, zone=zone or context.schedule.zone)
    return None
