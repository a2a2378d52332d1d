"""Deciding a turn and making it ready to be saved: messages, gifts, tickets, what has to be delivered."""

import logging
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.granting import Given, MagnetGiver
from bot.messages import file_of, messages_of
from bot.tickets import Ticket, Way, issue, ticket_for
from dialogs import phrases
from dialogs.effects import GiveMagnet, OfferCrossing, Say
from dialogs.engine import take_turn
from dialogs.events import Event, VisitorCameOver, VisitorSaid, VisitorWentOver
from dialogs.script import Script
from dialogs.state import ConversationState
from dialogs.turn import Turn
from storage.conversations import NewTurn, SavedTurn
from storage.database import Database
from storage.leavings import DELIVER, NewEffect
from storage.magnets import PoolEmpty
from storage.transaction import Transaction

log = logging.getLogger(__name__)

_SAY_IT = (NewEffect(kind=DELIVER, payload={}, once=True),)

Save = Callable[[Transaction, NewTurn], SavedTurn]
"""Saves a turn within a transaction."""


class Deciding:
    """Decides turns and saves them."""

    def __init__(self, database: Database, giver: MagnetGiver, pictures: str) -> None:
        self._database = database
        self._giver = giver
        self._pictures = pictures
        self.pushed: Collection[str] = ()
        """Channels on which what is said has to be delivered."""
        self.ways: Mapping[str, Way] = {}
        """How another channel is gone over to, by its name."""
        self.before_saving: Callable[[Turn, Event], None] | None = None
        """May raise to keep a turn from being saved; nothing of it has happened then."""

    async def decide_and_save(
        self,
        script: Script,
        state: ConversationState | None,
        event: Event,
        save: Save,
        external_id: str | None,
        proven: tuple[tuple[str, str], ...] = (),
        said: VisitorSaid | None = None,
    ) -> tuple[SavedTurn, Turn]:
        """Decide, and save; once more for each lead magnet that turns out to be used up meanwhile.

        ``said`` is what the visitor said to cause an event that is not itself their words.
        """
        while True:
            turn = self._decide(script, state, event)
            if self.before_saving is not None:
                self.before_saving(turn, event)
            try:
                if any(type(effect) in (GiveMagnet, OfferCrossing) for effect in turn.effects):
                    unit = self._with_gifts(script, turn, event, external_id, save, proven, said)
                else:
                    new = self._new_turn(script, turn, event, external_id, proven, said)
                    unit = partial(_save, save, new)
                return await self._database.write(unit), turn
            except PoolEmpty as empty:
                if empty.magnet in event.unavailable:
                    raise
                event = replace(event, unavailable=(*event.unavailable, empty.magnet))

    def decide_quietly(self, script: Script, state: ConversationState, event: Event) -> NewTurn:
        """A turn that gives nothing, decided and ready to be saved beside another one."""
        return self._new_turn(script, self._decide(script, state, event), event, None)

    def _decide(self, script: Script, state: ConversationState | None, event: Event) -> Turn:
        """What the engine decides; a mistake of ours costs the visitor an apology, not what they wrote."""
        try:
            return take_turn(script, state, event)
        except Exception:
            if state is None or isinstance(event, VisitorCameOver | VisitorWentOver):
                raise
            mark = secrets.token_hex(4)
            log.exception("error %s while deciding a turn of script %s at step %s", mark, state.script, state.step)
            sorry = Say(text=phrases.say("broken", state.language), step=state.step)
            return Turn(state=state, effects=(sorry,) if isinstance(event, VisitorSaid) else ())

    def _with_gifts(
        self,
        script: Script,
        turn: Turn,
        event: Event,
        external_id: str | None,
        save: Save,
        proven: tuple[tuple[str, str], ...],
        said: VisitorSaid | None,
    ) -> Any:
        """A unit that takes codes, makes cards and tickets, and saves the turn, all in one transaction."""
        given = {
            id(effect): self._giver.prepare(effect, script, turn.state, event.at)
            for effect in turn.effects
            if isinstance(effect, GiveMagnet)
        }
        tickets = {
            id(effect): ticket_for(effect, turn.state, self.ways)
            for effect in turn.effects
            if isinstance(effect, OfferCrossing)
        }

        def save_with_gifts(tx: Transaction) -> SavedTurn:
            cards = {number: self._giver.give(tx, one) for number, one in given.items()}
            new = self._new_turn(script, turn, event, external_id, proven, said, cards, tickets)
            saved = save(tx, new)
            issue(tx, tickets.values(), saved.conversation.id, event.at)
            return saved

        return save_with_gifts

    def _new_turn(
        self,
        script: Script,
        turn: Turn,
        event: Event,
        external_id: str | None,
        proven: tuple[tuple[str, str], ...] = (),
        said: VisitorSaid | None = None,
        cards: Mapping[int, Given] | None = None,
        tickets: Mapping[int, Ticket] | None = None,
    ) -> NewTurn:
        messages = messages_of(script, turn, said or event, external_id, self._pictures, event.at, cards, tickets)
        is_pushed = turn.state.channel in self.pushed
        speaks = is_pushed and any(message["from"] != "visitor" for message in messages)
        return NewTurn(
            event=event,
            at=event.at,
            turn=turn,
            external_id=external_id,
            messages=messages,
            effects=_SAY_IT if speaks else (),
            grants=tuple(one.grant for one in cards.values()) if cards else (),
            file=file_of(said or event),
            proven=(*proven, *turn.proven),
        )


def _save(save: Any, new: NewTurn, tx: Transaction) -> SavedTurn:
    """A unit of work that saves a turn."""
    saved: SavedTurn = save(tx, new)
    return saved
