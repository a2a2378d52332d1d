"""Shows what other processes, timers and people of ours said to those connected here, as soon as it is committed.

Hints may be lost or come twice: they only say where to look.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping

from bot.channels.web_windows import WebChannel
from bot.manager import Manager
from storage.transaction import Hint

_SWEEP_SECONDS = 0.02
"""How long hints are gathered before those connected are caught up."""
_UNKNOWN_SEQ = 2**62


class CatchingUp:
    """Brings visitors connected here up to date. ``run_beside`` runs something without waiting for it."""

    def __init__(
        self, channel: WebChannel, manager: Manager, run_beside: Callable[[Coroutine[None, None, None]], None]
    ) -> None:
        self._channel = channel
        self._manager = manager
        self._run_beside = run_beside
        self._hinted: dict[int, int] = {}
        self._sweeping = False

    def hint(self, hint: Hint) -> None:
        """Remember who may lack something. Turns of this process show their words themselves, mostly sooner."""
        channel = self._channel
        for number in channel.conversations() if hint.conversation_id is None else (hint.conversation_id,):
            if channel.watches(number) is not None:
                self._hinted[number] = hint.last_seq if hint.conversation_id is not None else _UNKNOWN_SEQ
        if self._hinted and not self._sweeping:
            self._sweeping = True
            asyncio.get_running_loop().call_later(_SWEEP_SECONDS, self._sweep)

    def _sweep(self) -> None:
        self._sweeping = False
        hinted, self._hinted = self._hinted, {}
        # Turns that were committed this very moment are about to show their words themselves: after them.
        asyncio.get_running_loop().call_soon(self._look, hinted)

    def _look(self, hinted: Mapping[int, int]) -> None:
        """See who still lacks something."""
        for number, last_seq in hinted.items():
            watermark = self._channel.watches(number)
            if watermark is not None and last_seq > watermark:
                self._run_beside(self._catch_up(number))

    async def _catch_up(self, conversation_id: int) -> None:
        """Show what is in the transcript to whoever is connected here and has not been sent it."""
        after = self._channel.watches(conversation_id)
        if after is None:
            return
        messages = await self._manager.messages_after(conversation_id, after)
        if messages:
            await self._channel.show(conversation_id, messages, await self._manager.status(conversation_id))
