"""Where a server stands still, so that it can be killed there: at what it does about certain words of a visitor's.

Only servers of tests come here (``tests/forking.py``). That it stands still is said on standard output: ``held at …``.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Never

from bot.channels.contract import Edited, Incoming, Said
from bot.messengers.delivering import Delivering
from bot.messengers.house import HouseAtWork


async def _held(point: str) -> Never:
    """Stand still for good; say where, unless that is another point's to say."""
    if point:
        print(f"held at {point}", flush=True)
    await asyncio.Event().wait()
    raise AssertionError


def hold_at(where: str) -> None:
    """Stand still at one of ``POINTS``, for words that are named behind a colon: ``taken in:Ada``."""
    point, _, words = where.partition(":")
    POINTS[point](point, words)


def _before_saving(point: str, words: str) -> None:
    """What came in is not on disk, and not acknowledged."""
    take_in = HouseAtWork.take_in

    async def held(self: HouseAtWork, channel: str, event_id: str, raw: str) -> bool:
        if words in raw:
            await _held(point)
        return await take_in(self, channel, event_id, raw)

    HouseAtWork.take_in = held  # type: ignore[method-assign]


def _taken_in(point: str, words: str) -> None:
    """It is on disk, and not acknowledged."""
    take_in = HouseAtWork.take_in

    async def held(self: HouseAtWork, channel: str, event_id: str, raw: str) -> bool:
        is_new = await take_in(self, channel, event_id, raw)
        return await _held(point) if words in raw else is_new

    HouseAtWork.take_in = held  # type: ignore[method-assign]


def _acknowledged(point: str, words: str) -> None:
    """It may be acknowledged, and is not dealt with."""
    receive = HouseAtWork.receive

    async def held(self: HouseAtWork, incoming: Incoming) -> None:
        if _concerns(incoming, words):
            await _held(point)
        await receive(self, incoming)

    HouseAtWork.receive = held  # type: ignore[method-assign]


def _answered(point: str, words: str) -> None:
    """Its turn is on disk; it is not struck off, and nothing is said."""
    _hold_before(HouseAtWork, "_stand_in", point, words)
    _not_sent("", words)


def _dealt_with(point: str, words: str) -> None:
    """All that it caused is on disk; it is not struck off, and nothing is said."""
    _hold_before(HouseAtWork, "_strike_off", point, words)
    _not_sent("", words)


def _not_sent(point: str, words: str) -> None:
    """It is struck off; what is to be said is not said."""
    deliver = Delivering._deliver_message

    async def held(self: Delivering, talk: Any, message: Any, steps: Any) -> bool:
        return await _held(point) if steps and words in message["text"] else await deliver(self, talk, message, steps)

    Delivering._deliver_message = held  # type: ignore[method-assign]


def _sent(point: str, words: str) -> None:
    """It is said, and nobody has noted that."""
    record = Delivering._record

    async def held(self: Delivering, talk: Any, step: Any, reference: str) -> bool:
        return await _held(point) if words in step.shown.text else await record(self, talk, step, reference)

    Delivering._record = held  # type: ignore[method-assign]


def _hold_before(owner: type, name: str, point: str, words: str) -> None:
    go_on: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def held(self: Any, incoming: Incoming, *rest: Any, **more: Any) -> Any:
        if _concerns(incoming, words):
            await _held(point)
        return await go_on(self, incoming, *rest, **more)

    setattr(owner, name, held)


def _concerns(incoming: Incoming, words: str) -> bool:
    return isinstance(incoming.heard, Said | Edited) and words in incoming.heard.text


POINTS: dict[str, Callable[[str, str], None]] = {
    "before saving": _before_saving,
    "taken in": _taken_in,
    "acknowledged": _acknowledged,
    "answered": _answered,
    "dealt with": _dealt_with,
    "not sent": _not_sent,
    "sent": _sent,
}
