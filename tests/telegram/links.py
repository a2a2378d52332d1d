"""Which links Telegram takes, and how it writes them."""

import re
from dataclasses import dataclass

_OWN = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_PARTS = re.compile(r"(?:(?P<scheme>https?)://)?(?:[^/?#@]*@)?(?P<host>\[[0-9a-f:.]+\]|[^/?#:\[\]]+)(?::(?P<port>\d+))?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)  # fmt: skip  # noqa: E501
_HOST = re.compile(r"(?:[\w~!$&'()*+,;=-]|%[0-9a-f]{2}|\.|[^\x00-\x7f])+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why it is no link."""

    reason: str


def checked(link: str) -> str | Wrong:
    """The link as Telegram keeps it."""
    own = _OWN.match(link)
    if own is not None:
        rest = link[own.end() :]
        host = re.match(r"[A-Za-z0-9_-]+", rest)
        if host is None:
            return Wrong("Wrong tg URL" if own[1].lower() == "tg" else "Wrong URL")
        path = rest[host.end() :]
        return f"{own[1].lower()}://{host[0].lower()}{path}"
    found = _PARTS.fullmatch(link)
    if found is None or re.search(r"\s", link):
        return Wrong("Wrong HTTP URL")
    if re.match(r"[a-z][a-z0-9+.-]*://", link, re.IGNORECASE) and not found["scheme"]:
        return Wrong("Unsupported URL protocol")
    where = found["host"].lower()
    if not where.startswith("[") and (_HOST.fullmatch(where) is None or "." not in where.strip(".")):
        return Wrong("Wrong HTTP URL")
    port = f":{found['port']}" if found["port"] else ""
    rest = found["rest"] or "/"
    return f"{(found['scheme'] or 'http').lower()}://{where}{port}{rest if rest.startswith('/') else '/' + rest}"


def user_in(link: str) -> int | None:
    """The user that ``tg://user?id=…`` names."""
    found = re.fullmatch(r"tg:(?://)?user/?\?(?:[^#]*&)?id=(\d+)(?:[&#].*)?", link, re.IGNORECASE)
    return int(found[1]) if found is not None and int(found[1]) else None
