"""A visitor who talks to a script, without channel or database: the engine under test, in the visitor's words."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from dialogs.desk.acts import Entry, RepAct, Speak
from dialogs.desk.dealing import DESK_TIMER
from dialogs.desk.people import Rep
from dialogs.desk.plan import Plan
from dialogs.effects import (
    Effect,
    GiveMagnet,
    HandOff,
    RepSay,
    Say,
    SetTimer,
    ShowDesk,
    Whisper,
    dump_effect,
    load_effect,
)
from dialogs.engine import take_turn
from dialogs.events import (
    Event,
    HandoffRouted,
    Profile,
    RepDid,
    TimerElapsed,
    VisitorArrived,
    VisitorDid,
    VisitorLeft,
    VisitorSaid,
    dump_event,
    load_event,
)
from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.source import read_touch
from dialogs.state import ConversationState, dump_state, load_state
from dialogs.turn import Turn
from tests.clock import StoppedClock


def script_of(text: str) -> Script:
    """The script written in ``text``; fails with its problems when it is none."""
    from bot.magnets import MAGNET_OPTIONS

    result = load_script(text, "script.yaml", MAGNET_OPTIONS)
    assert result.script is not None, "\n".join(map(str, result.problems))
    return result.script


@dataclass
class Talk:
    """One conversation. Every state, event and effect goes through JSON, as it does in storage."""

    script: Script
    state: ConversationState | None = None
    clock: StoppedClock = field(default_factory=StoppedClock)
    turns: list[Turn] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    routed: int = 0
    """Number of the last handoff that was routed; they are numbered 1, 2, 3 … as they were decided."""

    @classmethod
    def of(cls, text: str, **arrival: Any) -> "Talk":
        """A conversation of the script in ``text`` that has begun."""
        talk = cls(script_of(text))
        talk.arrive(**arrival)
        return talk

    def arrive(self, *, language: str | None = None, page: str | None = None, **more: Any) -> Turn:
        touch = read_touch(page, None, self.clock()) if page else None
        more.setdefault("profile", Profile())
        return self.take(
            VisitorArrived(
                at=self.clock(), person=more.pop("person", "p1"), channel="web", language=language, touch=touch, **more
            )
        )

    def says(self, text: str, choice: str | None = None, step: str | None = None) -> str:
        """Say something; what the bot answers, its messages joined by newlines."""
        self.clock.pass_(seconds=1)
        return spoken(self.take(VisitorSaid(at=self.clock(), text=text, choice=choice, step=step)))

    def presses(self, label: str) -> str:
        """Press the button of this label."""
        option = next((one for one in self.choices if one.label == label), None)
        assert option is not None, f"no button {label!r} among {[one.label for one in self.choices]}"
        return self.says(label, option.key, self.last.step)

    def does(self, act: str) -> Turn:
        self.clock.pass_(seconds=1)
        return self.take(VisitorDid(at=self.clock(), act=act))

    def waits(self) -> str:
        """Let the newest timer run out."""
        timer = next(e for turn in reversed(self.turns) for e in reversed(turn.effects) if isinstance(e, SetTimer))
        self.clock.now = max(self.clock.now, timer.due) + timedelta(milliseconds=1)
        return spoken(self.take(TimerElapsed(at=self.clock(), name=timer.name)))

    def leaves(self) -> None:
        """Close the last window."""
        self.clock.pass_(seconds=1)
        self.take(VisitorLeft(at=self.clock()))

    # People of ours.

    def goes_to(self, plan: Plan | None = None) -> str:
        """The next handoff is routed; what the visitor is told."""
        decided = self.handoffs[self.routed]
        self.routed += 1
        self.clock.pass_(seconds=1)
        routed = HandoffRouted(
            at=self.clock(), handoff=self.routed, to=decided.to, reason=decided.reason, plan=plan or Plan()
        )
        return spoken(self.take(routed))

    def rep(self, rep: Rep, act: RepAct, handoff: int | None = None) -> str:
        """Somebody of ours does something about the lead; what the bot tells the visitor."""
        self.clock.pass_(seconds=1)
        number = (self.desk.handoff if self.here.desk else 1) if handoff is None else handoff
        return spoken(self.take(RepDid(at=self.clock(), handoff=number, rep=rep, act=act)))

    def rep_says(self, rep: Rep, text: str) -> list[str]:
        """Somebody of ours says something; what the visitor hears of people, in order."""
        self.rep(rep, Speak(text=text, reference=f"m{len(self.turns)}"))
        return self.rep_words

    def rings(self) -> str:
        """Let the desk's present wait run out; what the visitor is told."""
        due = self.desk.until
        assert due is not None, "nobody is waited for"
        assert self.timer(DESK_TIMER) == due, "the wait has no timer"
        self.clock.now = max(self.clock.now, due)
        return spoken(self.take(TimerElapsed(at=self.clock(), name=DESK_TIMER)))

    def timer(self, name: str) -> Any:
        """When a timer is due; None when it does not run."""
        due = None
        for event, turn in zip(self.events, self.turns, strict=True):
            if isinstance(event, TimerElapsed) and event.name == name:
                due = None
            for effect in turn.effects:
                if getattr(effect, "name", None) == name:
                    due = getattr(effect, "due", None)
        return due

    @property
    def desk(self) -> Any:
        assert self.here.desk is not None
        return self.here.desk

    @property
    def history(self) -> list[str]:
        """What happened at the desk, in words of its entries."""
        return [_told(entry) for entry in self.desk.entries]

    @property
    def whispers(self) -> list[str]:
        """What the person who acted last was told."""
        return [effect.text for effect in self.turns[-1].effects if isinstance(effect, Whisper)]

    @property
    def rep_words(self) -> list[str]:
        """What people said in the last turn."""
        return [effect.text for effect in self.turns[-1].effects if isinstance(effect, RepSay)]

    @property
    def shown(self) -> Any:
        """Whether the last turn brought what people see up to date."""
        shows = [effect for effect in self.turns[-1].effects if isinstance(effect, ShowDesk)]
        assert len(shows) <= 1
        return bool(shows)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Every fact so far, with its detail."""
        return [(fact.kind.value, fact.detail) for turn in self.turns for fact in turn.facts]

    def take(self, event: Event) -> Turn:
        event = load_event(json.loads(json.dumps(dump_event(event))))
        turn = take_turn(self.script, self.state, event)
        self.state = load_state(json.loads(json.dumps(dump_state(turn.state))))
        for effect in turn.effects:
            assert load_effect(json.loads(json.dumps(dump_effect(effect)))) == effect
        self.turns.append(turn)
        self.events.append(event)
        return turn

    @property
    def here(self) -> ConversationState:
        assert self.state is not None
        return self.state

    @property
    def answers(self) -> dict[str, Any]:
        return dict(self.here.answers)

    @property
    def last(self) -> Say:
        """The last message of the bot."""
        return next(
            effect for turn in reversed(self.turns) for effect in reversed(turn.effects) if isinstance(effect, Say)
        )

    @property
    def choices(self) -> Any:
        return self.last.choices

    @property
    def heard(self) -> str:
        """Everything the bot said in the last turn."""
        return spoken(self.turns[-1])

    def effects(self, kind: type[Effect] | None = None) -> list[Any]:
        """Every effect so far, of one kind."""
        return [one for turn in self.turns for one in turn.effects if kind is None or isinstance(one, kind)]

    @property
    def handoffs(self) -> list[HandOff]:
        return self.effects(HandOff)


def _told(entry: Entry) -> str:
    return " ".join(filter(None, (entry.by, entry.what, entry.text)))


def spoken(turn: Turn) -> str:
    """What the bot said in a turn."""
    return "\n".join(
        effect.text if isinstance(effect, Say) else f"[{effect.magnet}]"
        for effect in turn.effects
        if isinstance(effect, Say | GiveMagnet)
    )
