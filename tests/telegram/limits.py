"""Flood control: about one message a second to a chat, 20 a minute to a group, 30 a second in all.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from collections import defaultdict, deque

from tests.telegram.core import Call, Core

A_CHAT_SECONDS = 0.95
A_GROUP_A_MINUTE = 20
ALL_A_SECOND = 30


class Limits:
    """Counts what is sent, and remembers who was asked to wait."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._sent: dict[str, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()
        self._open_again: dict[str, float] = {}

    def closed(self, call: Call, seconds: int) -> None:
        """This chat was asked to wait; where the call names none, all are."""
        self._open_again[self._key(call)] = self._core.now() + seconds

    def note_impatience(self, call: Call) -> None:
        """Remember who does not wait as asked."""
        if call.at < self._open_again.get(self._key(call), 0.0) and call.method != "getUpdates":
            self._core.impatient.append(call)

    def _key(self, call: Call) -> str:
        return str(call.arguments.get("chat_id", call.method))

    def too_fast(self, call: Call) -> int | None:
        """Seconds to wait where this is too much; else it is counted."""
        counted = call.method.startswith("send") and call.method != "sendChatAction"
        if not self._core.rate_limits or not counted or "chat_id" not in call.arguments:
            return None
        now = self._core.now()
        chat = str(call.arguments["chat_id"])
        if now < self._open_again.get(chat, 0.0):
            return int(self._open_again[chat] - now) + 1
        sent = self._sent[chat]
        while sent and now - sent[0] > 60:
            sent.popleft()
        while self._all and now - self._all[0] > 1:
            self._all.popleft()
        if sent and now - sent[-1] < A_CHAT_SECONDS:
            return 1
        if chat.startswith("-") and len(sent) >= A_GROUP_A_MINUTE:
            return int(60 - (now - sent[0])) + 1
        if len(self._all) >= ALL_A_SECOND:
            return 1
        sent.append(now)
        self._all.append(now)
        return None
