"""Chats on pushed channels: which conversation goes on there, and whether somebody may be written to.

1. Who blocked us, left, or said stop is written to again only after they wrote themselves.
2. Whatever somebody writes clears that, in the transaction that notes that they wrote.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.columns import maybe_moment, micros, plain
from storage.statements import Statement
from storage.tables import CHATS
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A place on a pushed channel where somebody is."""

    channel: str
    address: str
    person: str
    conversation_id: int | None
    """The conversation that goes on there."""
    heard: datetime | None
    """When they last wrote."""
    last_order: int
    """The channel's number of the last message that was dealt with; 0 where it has no numbers."""
    unreachable: datetime | None
    """Since when nothing may be sent there."""
    stopped: datetime | None
    """When they asked that nothing be sent until they write again."""

    @property
    def is_silenced(self) -> bool:
        """Whether nothing may be sent there until they write."""
        return self.unreachable is not None or self.stopped is not None


_COLUMNS = (
    "channel", "address", "person", "conversation_id", "heard", "last_order", "unreachable", "stopped",
)  # fmt: skip
_THERE = (CHATS.c.channel == bindparam("of_channel"), CHATS.c.address == bindparam("of_address"))
_FIND = Statement(select(*(CHATS.c[name] for name in _COLUMNS)).where(*_THERE))
_HEARD = Statement(
    lambda insert: (put := insert(CHATS)).on_conflict_do_update(
        index_elements=["channel", "address"],
        set_={
            "heard": put.excluded.heard,
            "person": put.excluded.person,
            "unreachable": None,
            "stopped": None,
        },
    ),
    "channel", "address", "person", "heard", "last_order",
)  # fmt: skip
_ORDER = Statement(
    update(CHATS).where(*_THERE, CHATS.c.last_order < bindparam("order")).values(last_order=bindparam("order"))
)
_STAND = Statement(update(CHATS).where(*_THERE), "conversation_id")
_SILENCE = Statement(
    lambda insert: (put := insert(CHATS)).on_conflict_do_update(
        index_elements=["channel", "address"], set_={"unreachable": put.excluded.unreachable}
    ),
    "channel", "address", "person", "last_order", "unreachable",
)  # fmt: skip
_REACH = Statement(update(CHATS).where(*_THERE).values(unreachable=None))
_STOP = Statement(update(CHATS).where(*_THERE), "stopped")
_TOLD = Statement(
    lambda insert: (put := insert(CHATS)).on_conflict_do_update(
        index_elements=["channel", "address"],
        set_={"told": put.excluded.told},
        where=CHATS.c.told.is_(None),
    ),
    "channel", "address", "person", "last_order", "told",
)  # fmt: skip


def find(tx: Transaction, channel: str, address: str) -> Chat | None:
    """What is known of a chat."""
    row = tx.row(_FIND, _there(channel, address))
    if row is None:
        return None
    name, place, person, conversation_id, heard, last_order, unreachable, stopped = row
    return Chat(
        channel=name,
        address=place,
        person=person,
        conversation_id=conversation_id,
        heard=maybe_moment(heard),
        last_order=last_order,
        unreachable=maybe_moment(unreachable),
        stopped=maybe_moment(stopped),
    )


def heard_from(tx: Transaction, channel: str, address: str, person: str, at: datetime) -> None:
    """Note that somebody wrote: they may be written to again."""
    chat = {"channel": channel, "address": plain(address), "person": plain(person)}
    tx.run(_HEARD, chat | {"heard": micros(at), "last_order": 0})


def note_order(tx: Transaction, channel: str, address: str, order: int) -> None:
    """Note the channel's number of a message that was dealt with; the highest counts."""
    tx.run(_ORDER, _there(channel, address) | {"order": order})


def stand_in(tx: Transaction, channel: str, address: str, conversation_id: int) -> None:
    """Have a conversation be the one that goes on in a chat that is known."""
    tx.run(_STAND, _there(channel, address) | {"conversation_id": conversation_id})


def lose(tx: Transaction, channel: str, address: str, person: str, at: datetime) -> None:
    """Note that nothing may be sent there any more."""
    chat = {"channel": channel, "address": plain(address), "person": plain(person)}
    tx.run(_SILENCE, chat | {"last_order": 0, "unreachable": micros(at)})


def reach(tx: Transaction, channel: str, address: str) -> None:
    """Note that they may be written to again, without their having written."""
    tx.run(_REACH, _there(channel, address))


def stop(tx: Transaction, channel: str, address: str, at: datetime) -> None:
    """Note that they want to hear nothing until they write again."""
    tx.run(_STOP, _there(channel, address) | {"stopped": micros(at)})


def tell_once(tx: Transaction, channel: str, address: str, person: str, at: datetime) -> bool:
    """Whether a group has not been told yet that we do not talk there; from now on it has."""
    chat = {"channel": channel, "address": plain(address), "person": plain(person)}
    return tx.run(_TOLD, chat | {"last_order": 0, "told": micros(at)}) == 1


def _there(channel: str, address: str) -> dict[str, str]:
    return {"of_channel": channel, "of_address": plain(address)}
