"""The working copy of a conversation during one turn.

The state is frozen; a turn changes many of its parts. The draft holds them as plain attributes, replaces (never
mutates) what is shared with the old state, gathers effects and facts, and is settled into the next state once.
It lives only inside ``take_turn``.
"""

from collections.abc import Mapping
from datetime import datetime

from dialogs.effects import Effect, Say
from dialogs.events import Act, ConsentRecord
from dialogs.facts import Fact, FactKind
from dialogs.knowledge import Knowledge, Shown
from dialogs.script import Script
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


class Draft:
    """A conversation while one event is being dealt with. Attributes are those of ``ConversationState``."""

    __slots__ = (
        "acts", "answers", "at", "attempts", "before", "calls", "consent_texts", "consents", "corrected",
        "disqualified",
        "disqualified_by", "doubt", "effects", "engagement", "facts", "fit", "forgotten", "fragments", "handoffs",
        "insisted", "knowledge", "language", "magnets", "picks", "posed_at", "receipts", "region", "remarks", "script",
        "shown", "skipped", "source", "stage", "stale_score", "status", "step", "tags", "time_zone", "trail",
        "unavailable", "variants", "visits", "walked",
    )  # fmt: skip

    def __init__(self, script: Script, before: ConversationState, at: datetime, unavailable: tuple[str, ...]) -> None:
        self.script = script
        self.before = before
        self.at = at
        self.unavailable = unavailable
        self.language: str = before.language
        self.region: str | None = before.region
        self.time_zone: str | None = before.time_zone
        self.source: Source | None = before.source
        self.status: Status = before.status
        self.step: str = before.step
        self.calls: tuple[str, ...] = before.calls
        self.attempts: int = before.attempts
        self.doubt: Doubt | None = before.doubt
        self.fragments: tuple[str, ...] = before.fragments
        self.insisted: bool = before.insisted
        self.trail: tuple[str, ...] = before.trail
        self.picks: Mapping[str, str] = before.picks
        self.answers: Mapping[str, Value] = before.answers
        self.remarks: Mapping[str, tuple[str, ...]] = before.remarks
        self.skipped: tuple[str, ...] = before.skipped
        self.consents: Mapping[str, ConsentRecord] = before.consents
        self.tags: tuple[str, ...] = before.tags
        self.magnets: tuple[str, ...] = before.magnets
        self.acts: tuple[Act, ...] = before.acts
        self.variants: Mapping[str, str] = before.variants
        self.visits: int = before.visits
        self.stage: Stage = before.stage
        self.fit: int = before.fit
        self.engagement: int = before.engagement
        self.receipts: tuple[Receipt, ...] = before.receipts
        self.disqualified: str | None = before.disqualified
        self.disqualified_by: str | None = before.disqualified_by
        self.handoffs: tuple[str, ...] = before.handoffs

        self.effects: list[Effect] = []
        self.facts: list[Fact] = []
        self.forgotten: tuple[str, ...] = ()
        self.consent_texts: dict[str, str] = {}
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

    # What a turn does to a conversation.

    def words(self, text: Text) -> str:
        """A text in the visitor's language, with what is known filled in."""
        return text.render(self.language, self.shown, self.knowledge)

    def say(self, say: Say) -> None:
        """Add one message."""
        self.effects.append(say)

    def note(self, kind: FactKind, detail: str = "", step: str | None = None) -> None:
        """Add one fact, about the present step unless another is named."""
        self.facts.append(Fact(kind, self.step if step is None else step, detail))

    def answer(self, field: str, value: Value, remarks: tuple[str, ...] = ()) -> None:
        """Take an answer."""
        self.answers = {**self.answers, field: value}
        if remarks or field in self.remarks:
            self.remarks = {**self.remarks, field: remarks}
        if field in self.skipped:
            self.skipped = tuple(name for name in self.skipped if name != field)
        self.stale_score = True

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

    # The end of the turn.

    def settle(self) -> Turn:
        """The turn: next state, effects, facts, and what is new about the lead."""
        before = self.before
        state = ConversationState(
            script=self.script.name,
            version=self.script.version,
            person=before.person,
            channel=before.channel,
            language=self.language,
            started_at=before.started_at,
            region=self.region,
            time_zone=self.time_zone,
            source=self.source,
            status=self.status,
            step=self.step,
            calls=self.calls,
            attempts=self.attempts,
            doubt=self.doubt,
            fragments=self.fragments,
            insisted=self.insisted,
            trail=self.trail,
            picks=self.picks,
            answers=self.answers,
            remarks=self.remarks,
            skipped=self.skipped,
            consents=self.consents,
            tags=self.tags,
            magnets=self.magnets,
            acts=self.acts,
            variants=self.variants,
            visits=self.visits,
            stage=self.stage,
            fit=self.fit,
            engagement=self.engagement,
            receipts=self.receipts,
            disqualified=self.disqualified,
            disqualified_by=self.disqualified_by,
            handoffs=self.handoffs,
        )
        return Turn(state=state, effects=tuple(self.effects), facts=tuple(self.facts), lead=self._lead_change())

    def _lead_change(self) -> LeadChange | None:
        before = self.before
        if (
            self.answers is before.answers
            and self.consents is before.consents
            and self.tags is before.tags
            and self.acts is before.acts
            and self.receipts is before.receipts
        ):
            return None
        answers = {
            name: value
            for name, value in self.answers.items()
            if name not in before.answers or before.answers[name] != value
        }
        added, withdrawn = _receipt_changes(before.receipts, self.receipts)
        return LeadChange(
            answers=answers,
            forgotten=tuple(name for name in self.forgotten if name not in self.answers),
            labels={name: self._label(name) for name in answers},
            identities=tuple(
                (field.type.name, str(value))
                for name, value in answers.items()
                if (field := self.script.fields.get(name)) and field.type.name in ("email", "phone")
            ),
            consents={p: record for p, record in self.consents.items() if before.consents.get(p) != record},
            consent_texts=self.consent_texts,
            tags_added=tuple(tag for tag in self.tags if tag not in before.tags),
            tags_removed=tuple(tag for tag in before.tags if tag not in self.tags),
            acts=() if self.acts is before.acts else _new_acts(before.acts, self.acts),
            receipts_added=added,
            receipts_withdrawn=withdrawn,
        )

    def _label(self, name: str) -> tuple[str, str]:
        field = self.script.fields.get(name)
        if field is None:
            return name, str(self.answers[name])
        language = self.script.language
        return field.label.render(language, {}), field.type.show(self.answers[name], field.options, language)


def _receipt_changes(
    before: tuple[Receipt, ...], after: tuple[Receipt, ...]
) -> tuple[tuple[Receipt, ...], tuple[str, ...]]:
    if before is after:
        return (), ()
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
