"""How far a visitor has come, where the script shows it."""

from bot.messages import messages_of
from dialogs.engine import take_turn
from dialogs.events import Event, VisitorArrived, VisitorSaid
from dialogs.state import ConversationState
from tests.clock import StoppedClock
from tests.talk import script_of

SCRIPT = """\
dialog: d
title: T
progress: true
fields: {name: name, size: {type: number, min: 1}}
steps:
  - ask: name
    text: What may I call you?
  - ask: size
    text: How many are you?
    optional: true
  - end: Bye!
"""


def told(text: str, *said: str) -> list[float | None]:
    """The progress that each turn shows."""
    script, at = script_of(text), StoppedClock()()
    shown: list[float | None] = []
    state: ConversationState | None = None
    events: list[Event] = [VisitorArrived(at=at, person="web:1", channel="web")]
    events += [VisitorSaid(at=at, text=one) for one in said]
    for event in events:
        turn = take_turn(script, state, event)
        state = turn.state
        shown.append(messages_of(script, turn, event, None, "/pictures", at)[-1].get("progress"))
    return shown


def test_it_grows_with_each_answer_to_the_end() -> None:
    assert told(SCRIPT, "Ada", "50") == [0.0, 0.5, 1.0]


def test_what_is_skipped_is_dealt_with() -> None:
    assert told(SCRIPT, "Ada", "skip") == [0.0, 0.5, 1.0]


def test_what_is_no_answer_is_no_progress() -> None:
    assert told(SCRIPT, "Ada", "no idea at all, sorry?") == [0.0, 0.5, 0.5]


def test_a_script_that_does_not_ask_for_it_shows_none() -> None:
    assert told(SCRIPT.replace("progress: true\n", ""), "Ada") == [None, None]
