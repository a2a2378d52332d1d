"""How fast visitors may go: what they say, what they read, and how many talks begin from one address.

A message is a turn, with everything that hangs on it; a reading is one look into the database. Of readings there is
plenty: an honest widget reads once when it connects and once for each thing that is said, in every tab.
"""

from bot.channels.web import FrameError
from bot.refusals import wording
from bot.web.limits import Limiter

ADDRESS_TIMES = 20
"""How many conversations one network address may be busy in at full speed: a whole office may share it."""
READINGS_A_MESSAGE = 20
READINGS_LEAST = 1200
"""Readings a minute of one conversation, however few messages it may have."""


class Rates:
    """Token buckets of conversations and network addresses. What refuses raises ``FrameError`` ``too_many``."""

    def __init__(self, messages_a_minute: int, conversations_an_hour: int) -> None:
        readings = max(READINGS_LEAST, messages_a_minute * READINGS_A_MESSAGE)
        self._said = Limiter(messages_a_minute, 60)
        self._said_from = Limiter(messages_a_minute * ADDRESS_TIMES, 60)
        self._read = Limiter(readings, 60)
        self._read_from = Limiter(readings * ADDRESS_TIMES, 60)
        self._begun = Limiter(conversations_an_hour, 3600)

    def check_message(self, address: str, conversation_id: int, client_id: str | None) -> None:
        """Count a message."""
        wait = self._said.wait(str(conversation_id)) or self._said_from.wait(address)
        if wait:
            raise _too_fast(wait, client_id)

    def give_back_message(self, address: str, conversation_id: int) -> None:
        """Have a message that was counted count for nothing."""
        self._said.give_back(str(conversation_id))
        self._said_from.give_back(address)

    def check_reading(self, address: str | None, conversation_id: int | None = None) -> None:
        """Count a reading, of those of the two that are known and not counted yet."""
        if wait := self._reading(address, conversation_id):
            raise _too_fast(wait, None)

    def may_read(self, address: str, conversation_id: int) -> bool:
        """Count a reading; whether there is one left."""
        return not self._reading(address, conversation_id)

    def check_begin(self, address: str) -> None:
        """Count a conversation that is to begin."""
        if wait := self._begun.wait(address):
            raise FrameError("too_many", wording("too_many_talks"), retry_after=wait)

    def _reading(self, address: str | None, conversation_id: int | None) -> float:
        wait = 0.0 if conversation_id is None else self._read.wait(str(conversation_id))
        return wait or (0.0 if address is None else self._read_from.wait(address))


def _too_fast(wait: float, client_id: str | None) -> FrameError:
    message = wording("too_fast", seconds=max(1, round(wait + 0.5)))
    return FrameError("too_many", message, client_id=client_id, retry_after=wait)
