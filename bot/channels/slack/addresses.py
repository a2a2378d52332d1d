"""Where to write to a visitor: directly, in a thread of a channel, or by a word in a channel that they alone see."""

import re
from dataclasses import dataclass

NAME = "slack"
_WRITTEN = re.compile(
    r"(?:(?P<channel>[CG][A-Z0-9]{2,30}):(?:(?P<thread>[0-9]{1,12}\.[0-9]{1,8}):)?)?(?P<user>[A-Z0-9]{2,32})"
)
_REFERENCE = re.compile(r"([CDG][A-Z0-9]{2,30}):([0-9]{1,12}\.[0-9]{1,8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """``U012AB3CD``, or in a thread ``C024BE91L:1503435956.000247:U012AB3CD``, or for them alone
    ``C024BE91L:U012AB3CD``."""

    user: str
    channel: str = ""
    """"" for direct messages."""
    thread: str = ""
    """The thread's first message. Everybody in a thread has a conversation of their own."""

    def __str__(self) -> str:
        return ":".join(part for part in (self.channel, self.thread, self.user) if part)

    @property
    def is_direct(self) -> bool:
        """Whether nobody else is there."""
        return not self.channel

    @property
    def is_whisper(self) -> bool:
        """Whether we do not talk there, but may say that much."""
        return bool(self.channel) and not self.thread

    @property
    def place(self) -> str:
        """Where messages are put, as Slack wants it: a person's id means the direct messages with them."""
        return self.channel or self.user


def read_address(address: str) -> Address:
    """The address as it was written. Raises ``ValueError`` for what is none."""
    match = _WRITTEN.fullmatch(address)
    if match is None:
        raise ValueError(f"{address!r} is no address of Slack's")
    return Address(user=match["user"], channel=match["channel"] or "", thread=match["thread"] or "")


def reference_of(channel: str, ts: str) -> str:
    """How the house knows a message: ``C024BE91L:1503435956.000247``."""
    return f"{channel}:{ts}"


def read_reference(reference: str) -> tuple[str, str]:
    """Channel and ``ts`` of a message. Raises ``ValueError`` for what is no reference of ours."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is no message of Slack's")
    return match[1], match[2]
