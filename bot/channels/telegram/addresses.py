"""Where to write: a private chat, or a person in a group, within a topic of it where it has topics."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(-?[0-9]{1,19})(?:\.([0-9]{1,19}))?(?::([0-9]{1,19}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """``4711``, or in a group ``-100123:4711``, or in a topic of one ``-100123.7:4711``."""

    chat: int
    thread: int | None = None
    """The topic of a group."""
    person: int | None = None
    """Whom we talk with in a group: everybody there has a conversation of their own."""

    def __str__(self) -> str:
        thread = f".{self.thread}" if self.thread is not None else ""
        person = f":{self.person}" if self.person is not None else ""
        return f"{self.chat}{thread}{person}"


def read_address(address: str) -> Address:
    """The address as it was written. Raises ``ValueError`` for what is none."""
    match = _WRITTEN.fullmatch(address)
    if match is None:
        raise ValueError(f"{address!r} is no address of Telegram's")
    chat, thread, person = (int(part) if part is not None else None for part in match.groups())
    assert chat is not None
    return Address(chat=chat, thread=thread, person=person)
