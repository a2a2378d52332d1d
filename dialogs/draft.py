"""The working copy of a conversation during one turn.

The state is frozen; a turn changes many of its parts. The draft holds them as plain attributes, replaces (never
mutates) what is shared with the old state, gathers effects and facts, and is settled into the next state once.
It lives only inside ``take_turn``.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from dialogs.desk.standing import Desk
from dialogs.effects import Effect, Say
from dialogs.events import Act, ConsentRecord
from dialogs.facts import Fact, FactKind
from dialogs.happenings import MESSAGES, happenings
from dialogs.knowledge import Knowledge, Shown
from dialogs.script import Field, Script
from dialogs.source import Source
from dialogs.stages import Stage
from dialogs.state import ConversationState, Doubt, Receipt, Status
from dialogs.texts import Text
from dialogs.turn import LeadChange, Turn
from dialogs.values import Value

TRAIL_MOST = 500
"""Steps that the trail remembers."""
ACTS_MOST = 200
"""Acts that a conversation remembers, the newest."""

_IDENTIFYING = ("email", "phone")


class Draft:
    """A conversation while one event is being dealt with. Attributes are those of ``ConversationState``, and more.

    What is more stands in slots, so that the instance's dict holds the parts of the state and nothing else: it is
    copied from the old state in one go, and becomes the next one's.
    """

    __slots__ = (
        "__dict__", "at", "before", "claims", "consent_texts", "corrected", "effects", "facts", "forgotten",
        "knowledge", "posed_at", "proven",
        "script", "shown", "stale_score", "touched", "unavailable", "walked",
    )  # fmt: skip

    script: Script
    before: ConversationState
    at: datetime
    language: str
    region: str | None
    time_zone: str | None
    source: Source | None
    status: Status
    step: str
    calls: tuple[str, ...]
    attempts: int
    asides: int
    doubt: Doubt | None
    fragments: tuple[str, ...]
    insisted: bool
    trail: tuple[str, ...]
    picks: Mapping[str, str]
    answers: Mapping[str, Value]
    remarks: Mapping[str, tuple[str, ...]]
    skipped: tuple[str, ...]
    consents: Mapping[str, ConsentRecord]
    tags: tuple[str, ...]
    magnets: tuple[str, ...]
    acts: tuple[Act, ...]
    variants: Mapping[str, str]
    visits: int
    stage: Stage
    fit: int
    engagement: int
    receipts: tuple[Receipt, ...]
    disqualified: str | None
    disqualified_by: str | None
    handoffs: tuple[str, ...]
    desk: Desk | None
    went_over: str
    page: Mapping[str, Value]
    identity: str
    entry: str
    untold: tuple[Mapping[str, Any], ...]

    def __init__(self, script: Script, before: ConversationState, at: datetime, unavailable: tuple[str, ...]) -> None:
        self.__dict__.update(before.__dict__)
        self.script = script
        self.before = before
        self.at = at
        self.unavailable = unavailable
        self.effects: list[Effect] = []
        self.facts: list[Fact] = []
        self.touched: dict[str, None] = {}
        """Fields that were answered in this turn."""
        self.forgotten: tuple[str, ...] = ()
        self.consent_texts: dict[str, str] = {}
        self.claims: tuple[tuple[str, str], ...] = ()
        """Identities that became known otherwise than by an answer."""
        self.proven: tuple[tuple[str, str], ...] = ()
        """Identities that were proven in this turn."""
        self.corrected = False
        """Whether an earlier answer was changed: points and stage may then go down."""
        self.stale_score = False
        """Whether something that points depend on has changed since they were counted."""
        self.posed_at: int | None = None
        """Where in the effects the open question stands, so that an announcement can be put before it."""
        self.walked = 0
        """Automatic steps in this turn, for the loop guard."""
        self.knowledge = Knowledge(self)
        self.shown = Shown(self)

    def take_as_known(self) -> None:
        """Count what stands here now as known before this turn: it is no news about the lead."""
        self.before = _state_of(dict(self.__dict__))

    # What a turn does to a conversation.

    def words(self, text: Text) -> str:
        """A text in the visitor's language, with what is known filled in."""
        template = text.by_language.get(self.language) or text.by_language[text.default]
        return template.render(self.shown, self.knowledge)

    def say(self, say: Say) -> None:
        """Add one message."""
        self.effects.append(say)

    def note(self, kind: FactKind, detail: str = "", step: str | None = None) -> None:
        """Add one fact, about the present step unless another is named."""
        self.facts.append(Fact(kind, self.step if step is None else step, detail))

    def answer(self, field: str, value: Value, remarks: tuple[str, ...] = ()) -> None:
        """Take an answer."""
        self.answers = {**self.answers, field: value}
        self.touched[field] = None
        if remarks or field in self.remarks:
            self.remarks = {**self.remarks, field: remarks}
        if field in self.skipped:
            self.skipped = tuple(name for name in self.skipped if name != field)
        self.stale_score = True

    def changed(self) -> frozenset[str]:
        """Fields whose answers this turn has changed."""
        known, now = self.before.answers, self.answers
        return frozenset(name for name in self.touched if known.get(name) != now.get(name))

    def forget(self, fields: tuple[str, ...]) -> None:
        """Drop answers that no longer hold."""
        if fields:
            self.answers = {name: value for name, value in self.answers.items() if name not in fields}
            self.forgotten = (*self.forgotten, *fields)
            self.stale_score = True

    def act(self, name: str) -> None:
        """Remember something the person did."""
        self.acts = (*self.acts[-(ACTS_MOST - 1) :], Act(name, self.at))
        self.stale_score = True

    def tag(self, add: tuple[str, ...], remove: tuple[str, ...] = ()) -> None:
        """Add and remove tags."""
        tags = [tag for tag in self.tags if tag not in remove]
        for tag in add:
            if tag not in tags:
                tags.append(tag)
                self.note(FactKind.TAGGED, tag)
        self.tags = tuple(tags)
        self.stale_score = True

    def step_onto(self, step: str) -> None:
        """Remember that a step was walked."""
        self.trail = (*self.trail[-(TRAIL_MOST - 1) :], step)

    def return_to_start(self) -> None:
        """Stand before the first step, in no sub-dialog, having walked nothing."""
        self.trail, self.calls, self.walked = (), (), 0

    # The end of the turn.

    def settle(self) -> Turn:
        """The turn: next state, effects, facts, and what is new about the lead. The draft is done with then."""
        parts = self.__dict__
        parts["script"], parts["version"] = self.script.name, self.script.version
        lead = self._lead_change()
        news = happenings(self.facts, lead, self.before.desk, self.desk)
        if news or self.untold:
            news = (*self.untold, *news)
            tells = any(type(effect) in MESSAGES for effect in self.effects)
            parts["untold"] = () if tells else news
            news = news if tells else ()
        return Turn(
            state=_state_of(parts),
            effects=tuple(self.effects),
            facts=tuple(self.facts),
            lead=lead,
            happened=news,
            proven=self.proven,
        )

    def _lead_change(self) -> LeadChange | None:
        before = self.before
        if (
            self.answers is before.answers
            and self.consents is before.consents
            and self.tags is before.tags
            and self.acts is before.acts
            and self.receipts is before.receipts
            and not self.claims
        ):
            return None
        known, now, fields = before.answers, self.answers, self.script.fields
        answers = {name: now[name] for name in self.touched if name in now and known.get(name) != now[name]}
        parts: dict[str, Any] = {}
        if answers:
            parts["answers"] = answers
            parts["labels"] = {name: self._label(name) for name in answers}
            parts["identities"] = tuple(
                (field.type.name, str(value))
                for name, value in answers.items()
                if (field := fields.get(name)) and field.type.name in _IDENTIFYING
            )
        if self.claims:
            parts["identities"] = tuple(dict.fromkeys((*parts.get("identities", ()), *self.claims)))
        if self.forgotten:
            parts["forgotten"] = tuple(name for name in self.forgotten if name not in now)
        if self.consents is not before.consents:
            parts["consents"] = {p: one for p, one in self.consents.items() if before.consents.get(p) != one}
            parts["consent_texts"] = self.consent_texts
        if self.tags is not before.tags:
            parts["tags_added"] = tuple(tag for tag in self.tags if tag not in before.tags)
            parts["tags_removed"] = tuple(tag for tag in before.tags if tag not in self.tags)
        if self.acts is not before.acts:
            parts["acts"] = _new_acts(before.acts, self.acts)
        if self.receipts is not before.receipts:
            added, withdrawn = _receipt_changes(before.receipts, self.receipts)
            parts["receipts_added"], parts["receipts_withdrawn"] = added, withdrawn
        return LeadChange(**parts)

    def _label(self, name: str) -> tuple[str, str]:
        field = self.script.fields.get(name)
        if field is None:
            return name, str(self.answers[name])
        language = self.script.language
        return label_of(field, language), field.type.show(self.answers[name], field.options, language)


def _state_of(parts: dict[str, Any]) -> ConversationState:
    """A state with these very parts, which nobody may change from now on."""
    state = object.__new__(ConversationState)
    object.__setattr__(state, "__dict__", parts)
    return state


@lru_cache(maxsize=4096)
def label_of(field: Field, language: str) -> str:
    """What people call a field."""
    return field.label.render(language, {})


def _receipt_changes(
    before: tuple[Receipt, ...], after: tuple[Receipt, ...]
) -> tuple[tuple[Receipt, ...], tuple[str, ...]]:
    old = {receipt.rule: receipt for receipt in before}
    new = {receipt.rule: receipt for receipt in after}
    added = tuple(receipt for rule, receipt in new.items() if old.get(rule) != receipt)
    withdrawn = tuple(rule for rule, receipt in old.items() if new.get(rule) != receipt)
    return added, withdrawn


def _new_acts(before: tuple[Act, ...], after: tuple[Act, ...]) -> tuple[Act, ...]:
    last = before[-1] if before else None
    new: list[Act] = []
    for act in reversed(after):
        if act is last:
            break
        new.append(act)
    return tuple(reversed(new))
