"""What the visitor is told about people of ours: always what is true, and never more than we can hold to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs import phrases
from dialogs.desk.people import Rep
from dialogs.desk.plan import Plan
from dialogs.desk.standing import Desk, Phase
from dialogs.draft import Draft
from dialogs.effects import Link, Say
from dialogs.language.shown_dates import show_date, show_time
from dialogs.outcomes import announce
from dialogs.state import Status


def tell(draft: Draft, text: str, links: Sequence[Link] = ()) -> None:
    """Say something about people, beside what is being asked; not to a visitor who said stop."""
    if draft.status is not Status.STOPPED:
        announce(draft, Say(text=text, step=draft.step, links=tuple(links)))


def own_words(draft: Draft, key: str) -> str | None:
    """The script's own words, of its section ``patterns``."""
    pattern = draft.script.patterns.get(key)
    return draft.words(pattern.say) if pattern and pattern.say else None


def tell_who_comes(draft: Draft, rep: Rep) -> None:
    """Who took it. Somebody who has gone is promised nothing."""
    pattern, desk = draft.script.patterns.get("claimed"), draft.desk
    if (pattern is None or not pattern.off) and desk is not None and not desk.left:
        tell(draft, own_words(draft, "claimed") or phrases.say("desk_claimed", draft.language, name=rep.name))


def tell_nobody_is_free(draft: Draft, plan: Plan) -> None:
    """That nobody is there now, how we can reach the visitor, and where a meeting can be booked."""
    said = own_words(draft, "nobody_free")
    text = said or f"{phrases.say('desk_nobody', draft.language)} {how_to_reach(draft)}"
    _tell_with_booking(draft, plan, text)


def tell_when_people_are_back(draft: Draft, plan: Plan, opens_at: datetime, *, asked: bool) -> None:
    """When people are there again; how they reach the visitor, unless that was just said (``asked``)."""
    text = when_people_are_back(draft, opens_at)
    _tell_with_booking(draft, plan, text if asked else f"{text} {how_to_reach(draft)}")


def when_people_are_back(draft: Draft, opens_at: datetime) -> str:
    """ "Our team is back tomorrow at 09:00." By the visitor's clock; by the team's, and saying so, if it is unknown."""
    language, now = draft.language, draft.at.astimezone(opens_at.tzinfo)
    at = f"{show_time(opens_at.time())} ({opens_at:%Z})"
    if draft.time_zone:
        zone = ZoneInfo(draft.time_zone)
        opens_at, now = opens_at.astimezone(zone), now.astimezone(zone)
        at = show_time(opens_at.time())
    if opens_at.date() == now.date():
        return phrases.say("desk_opens_today", language, time=at)
    if opens_at.date() == now.date() + timedelta(days=1):
        return phrases.say("desk_opens_tomorrow", language, time=at)
    return phrases.say("desk_opens_on", language, day=show_date(opens_at.date(), language), time=at)


def how_to_reach(draft: Draft) -> str:
    """Where people will answer; where we do not know, the wish to be told."""
    contact = contact_of(draft)
    if contact is None:
        return phrases.say("desk_leave_contact", draft.language)
    return phrases.say("desk_reach", draft.language, contact=contact)


def contact_of(draft: Draft) -> str | None:
    """The first e-mail address or phone number that the visitor gave."""
    answers = draft.answers
    for name, field in draft.script.fields.items():
        if field.type.name in ("phone", "email") and (contact := answers.get(name)):
            return str(contact)
    return None


def standing_of(draft: Draft, desk: Desk, *, again: bool) -> str | None:
    """How the search for a person stands, for a visitor who asks for one; None when it has only just begun."""
    language, opens_at = draft.language, desk.plan.opens_at
    match desk.phase:
        case Phase.CLAIMED | Phase.TALKING if desk.rep is not None:
            return phrases.say("desk_knows", language, name=desk.rep.name)
        case Phase.SNOOZED if desk.rep is not None:
            return phrases.say("desk_later", language, name=desk.rep.name)
    if opens_at is not None and opens_at > draft.at:
        return when_people_are_back(draft, opens_at)
    if desk.fell_back:
        return phrases.say("desk_nobody", language)
    return phrases.say("desk_looking", language) if again else None


def booking_links(draft: Draft, plan: Plan) -> tuple[Link, ...]:
    """Where a meeting can be booked."""
    return (Link(phrases.say("desk_book", draft.language), plan.booking_url),) if plan.booking_url else ()


def _tell_with_booking(draft: Draft, plan: Plan, text: str) -> None:
    links = booking_links(draft, plan)
    tell(draft, f"{text} {phrases.say('desk_booking', draft.language)}" if links else text, links)
