"""What comes in from Slack, on its way from the door to the listener: on disk, then acknowledged, then dealt with.

1. An event is acknowledged when the desk has it on disk, never before.
2. The same event again is acknowledged at once and not dealt with twice.
3. Messages of one thread are dealt with one after the other, as they came in; nothing waits for another thread.
4. What cannot be dealt with is tried again, then put aside with the reason; it never blocks anything else for good.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.filing import DESK, Filing
from bot.slack.identity import event_id_of
from bot.slack.listening import Ack, SlackEvent, SlackListener, SlashCommand, ViewSubmission
from bot.slack.reading import read
from bot.slack.sorting import alarm, needs_nobody

log = logging.getLogger(__name__)

TARGET = "slack"
"""Our name at the desk."""
PAUSES = (1.0, 5.0, 30.0, 120.0)
"""Seconds between tries of one event."""
ANSWER_SECONDS = 2.5
"""How long a form or command waits for its answer: Slack waits 3 seconds."""
STOP_SECONDS = 5.0
LOOK_SECONDS = 60.0
"""How often to look for what another server of ours took in, and died."""
LEFT_SECONDS = 180.0
"""Age of what nobody is dealing with any more: every try of whoever took it in is over by then."""
_TRY_AGAIN = "That could not be saved just now. Please try again."


class Shelf(Protocol):
    """Where events stand until they are dealt with: see ``SalesDesk``, which is one."""

    async def take_in(self, target: str, event_id: str, raw: str) -> bool:
        """Put what came in on disk before it is acknowledged. False when it stands there already."""
        ...

    async def dealt_with(self, target: str, event_id: str) -> None:
        """Strike off what came in."""
        ...

    async def quarantine(self, target: str, event_id: str, reason: str) -> None:
        """Put aside what could not be read."""
        ...

    async def left_over(self, target: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        """(event id, raw) of what came in so long ago, at least, and was not dealt with, in order."""
        ...


class Inbox:
    """Takes in what the door received. ``start`` deals with what was left over, ``stop`` leaves the rest on disk.

    ``filing``: whose events they are. ``respond``: how an answer that is late reaches a ``response_url``.
    ``pauses``: seconds between tries of one event. ``answer_seconds``: how long forms and commands wait for theirs.
    """

    def __init__(
        self,
        desk: Shelf,
        listener: SlackListener,
        *,
        filing: Filing = DESK,
        respond: Callable[..., Awaitable[None]] | None = None,
        pauses: tuple[float, ...] = PAUSES,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._desk = desk
        self._listener = listener
        self._filing = filing
        self._respond = respond
        self._pauses = pauses
        self._answer_seconds = answer_seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self._tails: dict[Hashable, asyncio.Future[None]] = {}
        self._in_hand: set[str] = set()
        """What is being dealt with here."""
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin with what came in before and was not dealt with, in its order, ahead of anything new."""
        await self.take_over(0.0)
        self._looking = asyncio.create_task(self._keep_looking())

    async def take_over(self, seconds: float = LEFT_SECONDS) -> None:
        """Deal with what came in at least so many seconds ago and is in nobody's hands: its server has died."""
        for event_id, raw in await self._desk.left_over(TARGET, seconds):
            if event_id in self._in_hand or not self._filing.is_ours(event_id):
                continue
            body = _parsed(raw)
            event = read_event(body, late=True) if body is not None else None
            if event is None:
                await self._put_aside(event_id, "it is of a kind that is not known")
            else:
                self._in_hand.add(event_id)
                self._begin(self._deal(replace(event, event_id=event_id), self._queue(event), None))

    async def stop(self) -> None:
        """Let what is under way finish, for a few seconds; what remains is dealt with at the next start."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.take_over()
            except Exception as error:
                log.warning("Slack: what other servers left over cannot be looked at: %s", error)

    async def take(self, body: Mapping[str, Any]) -> Ack | None:
        """Take in one payload; it may be acknowledged, with the answer, when this returns.

        Raises whatever keeps the desk from putting it on disk: then it must not be acknowledged.
        """
        if told := alarm(body):
            log.error("Slack: %s", told)
            return None
        if needs_nobody(body):
            return None
        return await self.take_event(body, read_event(body))

    async def take_event(self, body: Mapping[str, Any], event: SlackEvent | None) -> Ack | None:
        """Take in one payload that was read; see ``take``."""
        event_id = self._event_id(body, event)
        if event is not None:
            event = replace(event, event_id=event_id)
        raw = json.dumps({key: value for key, value in body.items() if key != "token"})
        return await self._take(event_id, raw, event)

    async def take_unreadable(self, raw: str, reason: str) -> None:
        """Take in what is no payload at all, and put it aside. Raises as ``take`` does."""
        event_id = event_id_of({"raw": raw})
        if await self._desk.take_in(TARGET, event_id, raw.replace("\x00", "\ufffd") or "(nothing)"):
            await self._put_aside(event_id, reason)

    async def _take(self, event_id: str, raw: str, event: SlackEvent | None) -> Ack | None:
        loop = asyncio.get_running_loop()
        saved: asyncio.Future[None] = loop.create_future()
        answer: asyncio.Future[Ack | None] | None = None
        if isinstance(event, ViewSubmission | SlashCommand):
            answer = loop.create_future()
        turn = self._queue(event) if event is not None else None
        # A task of its own: whoever waits for us may go away at any moment, what is on disk is dealt with.
        self._begin(self._take_in(event_id, raw, event, turn, saved, answer))
        await asyncio.shield(saved)
        if answer is None or event is None:
            return None
        done, _ = await asyncio.wait({answer}, timeout=self._answer_seconds)
        if not done:
            log.info("Slack: the answer to a form or command takes longer than Slack waits; it is being dealt with")
            answer.cancel()
        return None if answer.cancelled() else answer.result()

    async def _take_in(
        self,
        event_id: str,
        raw: str,
        event: SlackEvent | None,
        turn: "_Turn | None",
        saved: asyncio.Future[None],
        answer: asyncio.Future[Ack | None] | None,
    ) -> None:
        try:
            is_new = await self._desk.take_in(TARGET, event_id, raw)
        except BaseException as error:
            if turn is not None:
                turn.leave()
            if not isinstance(error, Exception):
                saved.cancel()
                raise
            _settle(saved, error)
            return
        _settle(saved, None)
        if not is_new:
            if turn is not None:
                turn.leave()
            if answer is not None and not answer.done():
                answer.set_result(None)
        elif event is None or turn is None:
            await self._put_aside(event_id, "it is of a kind that is not known")
        else:
            await self._deal(event, turn, answer)

    async def _deal(self, event: SlackEvent, turn: "_Turn", answer: asyncio.Future[Ack | None] | None) -> None:
        """Let the listener deal with it, as often as it takes; strike it off, or put it aside."""
        self._in_hand.add(event.event_id)
        try:
            await turn.come()
            heard, reason = False, ""
            for pause in (*self._pauses, None):
                try:
                    if not heard:
                        ack = await self._listener.hear(event)
                        heard = True
                        await self._answer(event, answer, ack)
                    await self._desk.dealt_with(TARGET, event.event_id)
                    return
                except Exception as error:
                    reason = f"{type(error).__name__}: {error}"
                    log.warning("Slack: %s could not be dealt with: %s", type(event).__name__, reason)
                    failed = error
                if not heard and (refusal := _refusal(event, answer, failed)):
                    await self._answer(event, answer, refusal)
                    break  # The person was asked to try again; twice would be once too often.
                await self._answer(event, answer, None)
                if isinstance(failed, Undeliverable):
                    break
                if pause is not None:
                    rest = (failed.seconds or 0.0) if isinstance(failed, TryLater) else 0.0
                    await asyncio.sleep(max(pause, rest))
                    event = replace(event, late=True)
            if not heard:
                await self._put_aside(event.event_id, reason)
        finally:
            self._in_hand.discard(event.event_id)
            turn.leave()
            if answer is not None and not answer.done():
                answer.cancel()

    async def _answer(self, event: SlackEvent, answer: asyncio.Future[Ack | None] | None, ack: Ack | None) -> None:
        """Give a form or command its answer; one that is late to where Slack still takes it."""
        if answer is None:
            return
        if not answer.done():
            answer.set_result(ack)
        elif ack is None:
            return
        elif ack.errors:
            log.warning("Slack: a form was closed before its mistakes could be shown")
        elif self._respond is not None and isinstance(event, SlashCommand) and ack.text:
            try:
                await self._respond(event.response_url, text=ack.text, blocks=list(ack.blocks) or None)
            except (TryLater, Undeliverable) as error:
                log.warning("Slack: the answer to a command could not be shown: %s", error)

    async def _put_aside(self, event_id: str, reason: str) -> None:
        log.warning("Slack: %s was put aside: %s", event_id, reason)
        try:
            await self._desk.quarantine(TARGET, event_id, reason[:500])
        except Exception as error:  # It stays in the inbox, and is met again at the next start.
            log.error("Slack: %s could not be put aside: %s", event_id, error)

    def _queue(self, event: SlackEvent) -> "_Turn":
        """A place behind whatever belongs before it."""
        return _Turn(self._tails, self._filing.queue(event))

    def _event_id(self, body: Mapping[str, Any], event: SlackEvent | None) -> str:
        try:
            return self._filing.event_id(body, event)
        except RecursionError:
            return self._filing.event_id({"event_id": "too-deep", "at": str(body.get("event_time"))}, None)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Turn:
    """A place in one of many queues, taken at once."""

    def __init__(self, tails: dict[Hashable, asyncio.Future[None]], key: Hashable) -> None:
        self._tails = tails
        self._key = key
        self._before = tails.get(key)
        self._mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        tails[key] = self._mine

    async def come(self) -> None:
        """Wait until everybody before has left."""
        if self._before is not None:
            await asyncio.shield(self._before)

    def leave(self) -> None:
        """Let the next one come, when everybody before has left, too. May be called twice."""
        if self._before is not None and not self._before.done():
            self._before.add_done_callback(lambda _: self.leave())
            return
        if not self._mine.done():
            self._mine.set_result(None)
        if self._tails.get(self._key) is self._mine:
            del self._tails[self._key]


def read_event(body: Mapping[str, Any], *, late: bool = False) -> SlackEvent | None:
    """What happened; None when it is nothing we know, or more deeply nested than anything of Slack's."""
    try:
        return read(body, late=late)
    except RecursionError:
        return None


def _parsed(raw: str) -> dict[str, Any] | None:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _settle(saved: asyncio.Future[None], error: Exception | None) -> None:
    if saved.done():
        return
    if error is None:
        saved.set_result(None)
    else:
        saved.set_exception(error)


def _refusal(event: SlackEvent, answer: asyncio.Future[Ack | None] | None, failed: Exception) -> Ack | None:
    """Asks to try again, with what was filled in kept.

    None where there is no place to say so, and where only telling somebody in Slack failed: what was wished is done
    then, and asking for it once more would have it done twice.
    """
    if answer is None or answer.done() or isinstance(failed, TryLater | Undeliverable):
        return None
    if isinstance(event, ViewSubmission):
        return Ack(errors={event.view.inputs[0]: _TRY_AGAIN}) if event.view.inputs else None
    return Ack(text=_TRY_AGAIN)
