"""A visitor arrives, for the first time or again: what is known of them goes along, and the visit is counted."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogs import phrases
from dialogs.draft import Draft
from dialogs.events import Profile, VisitorArrived, VisitorReturned
from dialogs.facts import FactKind
from dialogs.going_on import announce_text, check_handoffs, go_on
from dialogs.language.language_tags import nearest_language
from dialogs.page_telling import begin_as_told
from dialogs.questions.base import Accepted
from dialogs.scoring import rescore
from dialogs.script import Script
from dialogs.source import Source
from dialogs.state import ConversationState
from dialogs.turn import Turn
from dialogs.values import Value


def begin(script: Script, event: VisitorArrived) -> Turn:
    """The first turn: what is known of the person is taken over, the script begins."""
    profile = event.profile
    state = ConversationState(
        script=script.name,
        version=script.version,
        person=event.person,
        channel=event.channel,
        language=nearest_language(event.language or "", script.languages) or script.language,
        started_at=event.at,
        region=event.region or _region_of(event.language),
        time_zone=_known_zone(event.time_zone),
        source=Source(first=event.landed or event.touch, last=event.touch) if event.touch else None,
    )
    draft = Draft(script, state, event.at, event.unavailable)
    draft.answers = usable_answers(script, profile)
    draft.consents = dict(profile.consents)
    draft.tags, draft.magnets, draft.acts = profile.tags, profile.magnets, profile.acts
    draft.variants, draft.visits, draft.stage = profile.variants, profile.visits, profile.stage
    draft.take_as_known()
    first = begin_as_told(draft, event.told)
    draft.note(FactKind.STARTED, draft.entry, "")
    draft.act("visit")
    if profile.visits > 1:
        draft.act("returned")
    if event.stale_link:
        announce_text(draft, phrases.say("link_too_old", draft.language))
    go_on(draft, first)
    return draft.settle()


def come_back(draft: Draft, event: VisitorReturned) -> None:
    """A new visit: counted, and remembered as the last touch when it tells where the visitor came from."""
    draft.visits += 1
    if event.touch is not None:
        draft.source = (
            draft.source.touched(event.touch) if draft.source else Source(first=event.touch, last=event.touch)
        )
    draft.note(FactKind.RETURNED, "", "")
    if event.stale_link:
        announce_text(draft, phrases.say("link_too_old", draft.language))
    draft.act("visit")
    draft.act("returned")
    rescore(draft)
    check_handoffs(draft)


def usable_answers(script: Script, profile: Profile) -> dict[str, Value]:
    """Known answers that this script declares and still accepts."""
    usable: dict[str, Value] = {}
    for name, value in profile.answers.items():
        field = script.fields.get(name)
        if field is None or value is None:
            continue
        outcome = field.type.check(value, field.options, script.language)
        if isinstance(outcome, Accepted):
            usable[name] = outcome.value
    return usable


def _region_of(language: str | None) -> str | None:
    """The country in a language tag: "de-AT" says Austria."""
    parts = (language or "").split("-")
    return next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), None)


def _known_zone(name: str | None) -> str | None:
    """The time zone if there is one of that name."""
    if not name or len(name) > 64:
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return name
