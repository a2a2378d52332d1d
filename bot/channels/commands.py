"""The commands that every messenger has, and the code of a link that opens a chat. Pure."""

import re

from bot.channels.contract import Began, Wished

WISHES = ("stop", "human", "language", "mydata", "forgetme", "restart", "help")
_WRITTEN = re.compile(r"/([A-Za-z]{1,20})(?:\s+(.*))?", re.DOTALL)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def command(name: str, words: str) -> Began | Wished | None:
    """What a command asks for, with what stood behind it; None for one that we do not have."""
    if name == "start":
        return Began(code=words if _CODE.fullmatch(words) else "")
    return Wished(command=name, words=words) if name in WISHES else None


def read_command(said: str) -> Began | Wished | None:
    """What ``/name words`` asks for; None for what is no command of ours."""
    match = _WRITTEN.fullmatch(said.strip())
    return command(match[1].lower(), (match[2] or "").strip()) if match else None
