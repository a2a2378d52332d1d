"""A conversation with a script in this process alone: no database, no channel, its own clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dialogs.effects import CancelTimer, Effect, Say, SetTimer
from dialogs.engine import take_turn
from dialogs.events import Event, TimerElapsed, VisitorArrived, VisitorDid, VisitorReturned, VisitorSaid
from dialogs.granting import GATHER_TIMER
from dialogs.script import Script
from dialogs.source import Touch
from dialogs.state import ConversationState
from dialogs.turn import Turn

NUMERIC_INPUTS = ("number", "decimal", "rating", "tel", "date", "time", "datetime")
"""Inputs of which a bare number is an answer, not a button's place."""


@dataclass(slots=True, kw_only=True)
class Rehearsal:
    """One talk, from its beginning."""

    script: Script
    clock: Callable[[], datetime]
    person: str
    channel: str = "web"
    language: str | None = None
    region: str | None = None
    touch: Touch | None = None
    state: ConversationState | None = None
    """None before the beginning."""
    asked: Say | None = None
    """The message whose buttons are open."""
    timers: dict[str, datetime] = field(default_factory=dict)
    _ahead: timedelta = timedelta()

    @property
    def at(self) -> datetime:
        """The talk's present moment: waiting moves it on."""
        return self.clock() + self._ahead

    @property
    def numbered(self) -> bool:
        """Whether a button may be pressed by its number."""
        asked = self.asked
        return asked is not None and (asked.input is None or asked.input.kind not in NUMERIC_INPUTS)

    def begin(self) -> Turn:
        """Arrive, or arrive anew."""
        self.state, self.timers, self.asked = None, {}, None
        return self._take(
            VisitorArrived(
                at=self.at,
                person=self.person,
                channel=self.channel,
                language=self.language,
                region=self.region,
                touch=self.touch,
            )
        )

    def say(self, text: str) -> list[Turn]:
        """Say something, or press the button of this label or number. Messages that belong together are not awaited."""
        choice, words = self._button(text)
        step = self.asked.step if choice is not None and self.asked is not None else None
        turns = [self._take(VisitorSaid(at=self.at, text=words, choice=choice, step=step))]
        if GATHER_TIMER in self.timers:
            turns.append(self._elapse(GATHER_TIMER))
        return turns

    def send(self, file: dict[str, int | float | str | None]) -> Turn:
        """Send a file, as an answer has it."""
        return self._take(VisitorSaid(at=self.at, text="", file=file))

    def wait(self) -> Turn | None:
        """Let time pass until the next timer; None when nothing is awaited."""
        if not self.timers:
            return None
        return self._elapse(min(self.timers, key=self.timers.__getitem__))

    def do(self, act: str) -> Turn:
        """Do something that may count, such as ``guide.opened``."""
        return self._take(VisitorDid(at=self.at, act=act))

    def come_back(self) -> Turn:
        """Come back in a new visit."""
        return self._take(VisitorReturned(at=self.at, touch=self.touch))

    def _elapse(self, name: str) -> Turn:
        due = self.timers.pop(name)
        self._ahead += max(due - self.at, timedelta())
        return self._take(TimerElapsed(at=self.at, name=name))

    def _take(self, event: Event) -> Turn:
        turn = take_turn(self.script, self.state, event)
        self.state = turn.state
        for effect in turn.effects:
            self._note(effect)
        return turn

    def _note(self, effect: Effect) -> None:
        match effect:
            case Say():
                self.asked = effect if effect.choices else None
            case SetTimer(name=name, due=due):
                self.timers[name] = due
            case CancelTimer(name=name):
                self.timers.pop(name, None)
            case _:
                pass

    def _button(self, text: str) -> tuple[str | None, str]:
        """The key of the button that a text means, and its label; or no key and the text."""
        choices = self.asked.choices if self.asked is not None else ()
        for option in choices:
            if option.label.casefold() == text.strip().casefold():
                return option.key, option.label
        several = self.asked is not None and self.asked.input is not None and self.asked.input.kind == "choices"
        parts = text.replace(",", " ").split() if several else [text.strip()]
        if not self.numbered or not parts or not all(part.isdecimal() and part.isascii() for part in parts):
            return None, text
        places = [int(part[:4]) for part in parts]
        if not all(1 <= place <= len(choices) for place in places):
            return None, text
        picked = [choices[place - 1] for place in places]
        return ",".join(option.key for option in picked), ", ".join(option.label for option in picked)
