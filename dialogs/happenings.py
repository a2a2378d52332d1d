"""What the page around the chat hears: a lead has become known, a stage was reached, people come, it is over.

It goes with the messages of the transcript, so that it is told after the commit, is not lost on the way, and is told
once: what no message goes with waits for the next one. Only what the visitor themselves may know: no points, no words,
nothing of anybody else.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dialogs.desk.standing import Desk, Phase
from dialogs.effects import GiveMagnet, OfferCrossing, RepSay, Say
from dialogs.facts import Fact, FactKind
from dialogs.told import SIGNED
from dialogs.turn import LeadChange

MESSAGES = frozenset((Say, GiveMagnet, RepSay, OfferCrossing))
"""Effects that become messages to the visitor."""
_TOLD = frozenset((FactKind.STAGE, FactKind.HANDED_OFF, FactKind.ENDED))


def happenings(
    facts: Iterable[Fact], lead: LeadChange | None, before: Desk | None, desk: Desk | None
) -> tuple[Mapping[str, Any], ...]:
    """What a turn has to tell the page, as ``{"event", "detail"}``; ``desk`` as it stood ``before``, and now."""
    news: list[Mapping[str, Any]] = []
    if lead is not None and lead.identities:
        kinds = dict.fromkeys("signed" if kind == SIGNED else kind for kind, _ in lead.identities)
        news.append(_happening("lead", known=list(kinds)))
    news.extend(_of(fact) for fact in facts if fact.kind in _TOLD)
    if desk is not before and desk is not None and desk.rep is not None and desk.phase is Phase.TALKING:
        was_there = before is not None and before.phase is Phase.TALKING
        news += [] if was_there else [_happening("handoff", state="came", name=desk.rep.name)]
    return tuple({repr(one): one for one in news}.values()) if len(news) > 1 else tuple(news)


def _of(fact: Fact) -> Mapping[str, Any]:
    if fact.kind is FactKind.STAGE:
        return _happening("stage", stage=fact.detail)
    if fact.kind is FactKind.HANDED_OFF:
        return _happening("handoff", state="asked")
    return _happening("ended")


def _happening(event: str, **detail: Any) -> Mapping[str, Any]:
    return {"event": event, "detail": detail}
