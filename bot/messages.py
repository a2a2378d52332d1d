"""From what the engine wants said to messages of the transcript, as ``docs/chat-protocol.md`` describes them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.granting import Given
from bot.tickets import Ticket
from dialogs.desk.people import Rep
from dialogs.desk.talking import LEAVE_PERSON
from dialogs.effects import GiveMagnet, OfferCrossing, RepSay, Say
from dialogs.events import Event, VisitorCorrected, VisitorSaid
from dialogs.file_types import size_in_words, tells
from dialogs.progress import progress_of
from dialogs.questions.base import Input
from dialogs.script import Persona, Script
from dialogs.turn import Turn

LOST: Mapping[str, str] = {
    "too_large": "too large, not kept",
    "wrong_type": "of a kind that is not taken, not kept",
    "too_many": "one too many, not kept",
    "empty_file": "empty, not kept",
    "no_room": "no room, not kept",
    "not_fetched": "could not be fetched",
}
"""What the transcript says of a file that is not here, by the reason."""
CHANGED = "✎ "
"""Before the new wording of a message that the visitor changed."""


def messages_of(
    script: Script,
    turn: Turn,
    event: Event,
    client_id: str | None,
    pictures: str,
    moment: datetime,
    cards: Mapping[int, Given] | None = None,
    tickets: Mapping[int, Ticket] | None = None,
) -> list[dict[str, Any]]:
    """What a turn adds to the transcript. ``cards`` and ``tickets`` are those of its effects, by their ``id()``."""
    at = moment.isoformat()
    messages = []
    rep = turn.state.desk.rep if turn.state.desk is not None else None
    if isinstance(event, VisitorSaid) and (event.text.strip() or event.file is not None):
        messages.append(visitor_message(event, client_id, at))
    elif isinstance(event, VisitorCorrected):
        messages.append({"from": "visitor", "at": at, "text": f"{CHANGED}{event.text}"})
    for effect in turn.effects:
        if isinstance(effect, Say):
            messages.append(bot_message(effect, script, pictures, at, rep))
        elif isinstance(effect, RepSay):
            messages.append(rep_message(effect, at))
        elif isinstance(effect, GiveMagnet) and cards is not None:
            messages.append(magnet_message(effect, cards[id(effect)].card, script, pictures, moment))
        elif isinstance(effect, OfferCrossing) and tickets is not None:
            ticket = tickets[id(effect)]
            message = bot_message(ticket.say, script, pictures, at, rep)
            messages.append(message if ticket.card is None else message | {"card": dict(ticket.card)})
    if turn.happened:
        messages[-1]["happened"] = list(turn.happened)
    if script.progress and messages and messages[-1]["from"] == "bot":
        messages[-1]["progress"] = progress_of(script, turn.state)
    return messages


def visitor_message(event: VisitorSaid, client_id: str | None, at: str) -> dict[str, Any]:
    """What the visitor said, as everybody in the conversation sees it."""
    message: dict[str, Any] = {"from": "visitor", "at": at, "text": event.text}
    if event.file is not None:
        message["text"] = "\n".join(filter(None, (line_of_file(event), event.text.strip())))
        if event.lost is None:
            message["file"] = dict(event.file)
    if client_id is not None:
        message["id"] = client_id
    if event.choice is not None:
        message["choice"] = event.choice
    return message


def line_of_file(event: VisitorSaid) -> str:
    """What the transcript says of a file, for those who see nothing but texts."""
    assert event.file is not None
    name, kind, size = str(event.file["name"]), str(event.file["type"])[:100], event.file["size"]
    about = [] if tells(name, kind) else [kind]
    about += [size_in_words(size)] if isinstance(size, int) else []
    about += [] if event.lost is None else [LOST.get(event.lost, LOST["not_fetched"])]
    return f"\U0001f4ce {name} ({', '.join(about)})" if about else f"\U0001f4ce {name}"


def file_of(event: Event) -> str | None:
    """Id of the file that was sent with an event."""
    if isinstance(event, VisitorSaid) and event.file is not None and event.lost is None:
        return str(event.file["id"])
    return None


def bot_message(say: Say, script: Script, pictures: str, at: str, rep: Rep | None = None) -> dict[str, Any]:
    """What the bot says. ``rep`` has the lead: the message that offers the way back from them carries who they are."""
    message = _base(say.text, say.step, say.persona, script, pictures, at)
    if say.choices:
        message["choices"] = [{"key": option.key, "label": option.label} for option in say.choices]
        if rep is not None and any(option.key == LEAVE_PERSON for option in say.choices):
            message["joined"] = _rep_persona(rep)
    if say.input is not None:
        message["input"] = dump_input(say.input)
    if say.language:
        message["language"] = say.language
    if say.links:
        message["links"] = [{"label": link.label, "url": link.url} for link in say.links]
    if say.picture:
        message["picture"] = _picture(say.picture, pictures)
    return message


def rep_message(say: RepSay, at: str) -> dict[str, Any]:
    """What a person of ours says. With ``revises`` it changes the message of the same id; an empty text removes it."""
    message: dict[str, Any] = {"from": "rep", "at": at, "text": say.text, "persona": _rep_persona(say.rep)}
    message["id"] = say.reference
    return message | {"revises": True} if say.revises else message


def _rep_persona(rep: Rep) -> dict[str, Any]:
    return {"name": rep.name} if rep.picture is None else {"name": rep.name, "picture": rep.picture}


def magnet_message(
    give: GiveMagnet, card: Mapping[str, Any], script: Script, pictures: str, at: datetime
) -> dict[str, Any]:
    """A lead magnet, given."""
    message = _base(give.text or give.title, give.step, give.persona, script, pictures, at.isoformat())
    message["card"] = dict(card)
    return message


@lru_cache(maxsize=4096)
def _dumped_input(asked: "_ById") -> dict[str, Any]:
    # A scale may begin at 0, which equals False.
    unset: tuple[Any, ...] = (None, "", (), {})
    told = {name: value for name, value in asdict(asked.input).items() if value is not False and value not in unset}
    told.pop("options", None)
    return told


class _ById:
    """An input in a cache: the same object is the same question, whatever it holds."""

    __slots__ = ("input",)

    def __init__(self, asked: Input) -> None:
        self.input = asked

    def __hash__(self) -> int:
        return id(self.input)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.input is self.input


def dump_input(asked: Input) -> dict[str, Any]:
    """How to answer, without what is unset; the buttons stand in the message itself."""
    return _dumped_input(_ById(asked))


def _base(text: str, step: str, persona_key: str | None, script: Script, pictures: str, at: str) -> dict[str, Any]:
    persona = script.personas.get(persona_key, script.persona) if persona_key else script.persona
    message: dict[str, Any] = {"from": "bot", "at": at, "text": text, "persona": _persona(persona, pictures)}
    if step:
        message["step"] = step
    return message


@lru_cache(maxsize=1024)
def _persona(persona: Persona, pictures: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": persona.name}
    if persona.picture:
        shown["picture"] = _picture(persona.picture, pictures)
    return shown


def _picture(picture: str, pictures: str) -> str:
    return picture if picture.startswith(("https://", "http://")) else f"{pictures}/{picture}"
