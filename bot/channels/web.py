"""The website channel: what comes from the chat becomes an event. Who is connected stands in ``web_windows.py``.

A visitor is known by a token: 256 random bits, made here, kept by the browser, stored only as a hash. The hash is
the person; person and script together are the conversation's address. Nothing else in a frame carries authority.
See ``docs/chat-protocol.md``.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic_core import PydanticSerializationError, from_json, to_json

from bot.ports import OWN_IDS
from bot.refusals import Wording
from dialogs.events import VisitorArrived, VisitorReturned, VisitorSaid
from dialogs.source import Touch, read_touch
from dialogs.told import Told

NAME = "web"
TICKET = "hrc"
"""Parameter of a page's address that brings a conversation over from another channel."""

TEXT_MOST = 16_384
"""Longest text of a message, in characters; what is longer is refused with ``too_long``."""
ACTS_AT_ONCE = 20
"""How many acts of its page a hello may tell of."""
_ID_MOST = 128
_KEY_MOST = 4_000
_NAME_MOST = 4_000

dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as the web channel writes it."""


class FrameError(ValueError):
    """A frame or a request that is refused, with the code and the sentence for its sender.

    The sentence is a ``Wording`` where visitors may get to see it, and English where only programmers do.
    """

    def __init__(
        self,
        code: str,
        message: str | Wording,
        *,
        client_id: str | None = None,
        retry_after: float | None = None,
        challenge: Mapping[str, Any] | None = None,
    ) -> None:
        self._wording = message if isinstance(message, Wording) else None
        self.message = message.said("en") if isinstance(message, Wording) else message
        super().__init__(self.message)
        self.code = code
        self.client_id = client_id
        self.retry_after = retry_after
        """Seconds after which it may be tried again."""
        self.challenge = challenge
        """What is to be proven before it may be tried again."""

    def said(self, language: str) -> str:
        """The sentence in a language, where it exists in that."""
        return self.message if self._wording is None else self._wording.said(language)


def new_token() -> str:
    """A visitor's secret: 256 bits, safe in addresses and headers."""
    return secrets.token_urlsafe(32)


def person_of(token: str) -> str:
    """The person a token stands for: what is stored, from which the token cannot be found."""
    return "web:" + hashlib.sha256(token.encode(errors="replace")).hexdigest()[:40]


def address_of(person: str, script: str) -> str:
    """The conversation's address on this channel."""
    return f"{person}/{script}"


def read_frame(text: str) -> dict[str, Any]:
    """The JSON object in a frame; raises ``FrameError``."""
    try:
        frame = _read_json(text)
    except (ValueError, RecursionError):
        raise FrameError("bad_frame", "A frame must be one JSON object.") from None
    if not isinstance(frame, dict):
        raise FrameError("bad_frame", "A frame must be one JSON object.")
    return frame


def id_of(frame: Mapping[str, Any]) -> str | None:
    """The id of the message that a frame is about, where it has one that can be read; never raises."""
    with suppress(FrameError):
        return _id(frame) if frame.get("id") is not None else None
    return None


def read_said(data: Mapping[str, Any], at: datetime) -> tuple[str, VisitorSaid]:
    """A visitor's message and the client's id for it; raises ``FrameError``."""
    client_id = _id(data)
    text = _text(data, "text", TEXT_MOST, client_id=client_id) or ""
    choice = _text(data, "choice", _KEY_MOST, client_id=client_id)
    step = _text(data, "step", 200, client_id=client_id)
    file = read_file(data)
    if not text.strip() and choice is None and file is None:
        raise FrameError("bad_frame", "A message needs a text, a choice or a file.", client_id=client_id)
    if choice is not None and file is not None:
        raise FrameError("bad_frame", "A message has a choice or a file, not both.", client_id=client_id)
    return client_id, VisitorSaid(at=at, text=text, choice=choice, step=step)


def read_file(data: Mapping[str, Any]) -> str | None:
    """Id of the file that goes with a message, where one does; raises ``FrameError``."""
    return _text(data, "file", _ID_MOST, client_id=id_of(data))


def read_upload(data: Mapping[str, Any]) -> tuple[str, str]:
    """The client's id for a file that it sends, and the file's name; raises ``FrameError``."""
    return _id(data), _text(data, "name", _NAME_MOST, cut=True) or ""


def read_arrival(
    data: Mapping[str, Any], person: str, at: datetime, region: str | None, told: Told | None = None
) -> VisitorArrived:
    """The arrival that a hello or a start request tells of; raises ``FrameError``."""
    here, landed = read_touches(data, at)
    return VisitorArrived(
        at=at,
        person=person,
        channel=NAME,
        language=_text(data, "language", 35),
        region=region,
        time_zone=_text(data, "time_zone", 64),
        touch=here,
        landed=landed,
        told=told,
    )


def read_tell_id(data: Mapping[str, Any]) -> str:
    """The client's id of what its page tells; raises ``FrameError``."""
    return _id(data)


def read_return(data: Mapping[str, Any], at: datetime) -> VisitorReturned:
    """The new visit that a hello tells of; raises ``FrameError``."""
    return VisitorReturned(at=at, touch=read_touches(data, at)[0], language=_text(data, "language", 35))


def read_act(data: Mapping[str, Any]) -> tuple[str, str]:
    """The client's id for an act that its page reports, and the act's name; raises ``FrameError``."""
    client_id = _id(data)
    name = _text(data, "act", 64, required=True, client_id=client_id)
    assert name is not None
    return client_id, name


def read_acts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The acts that a hello tells of, which the page reported before; what is none is passed over."""
    acts = data.get("acts")
    found = []
    for one in acts[:ACTS_AT_ONCE] if isinstance(acts, list) else ():
        with suppress(FrameError):
            found.append(read_act(one if isinstance(one, dict) else {}))
    return found


def read_page(data: Mapping[str, Any], at: datetime) -> Touch:
    """Where the visitor came from."""
    return read_touch(_text(data, "page", 4000, cut=True), _text(data, "referrer", 4000, cut=True), at)


def read_touches(data: Mapping[str, Any], at: datetime) -> tuple[Touch, Touch | None]:
    """What brought the visitor to this page, and how their visit began, where that says something.

    A page that says nothing itself was come to from where the visit began.
    """
    here, landed = read_page(data, at), _read_landing(data, at)
    if landed is not None and not here.says_something:
        here = replace(landed, landing_page=here.landing_page)
    return here, landed


def _read_landing(data: Mapping[str, Any], at: datetime) -> Touch | None:
    """How the visit began on an earlier page, as the browser remembers it; None where that says nothing.

    It is only told: whatever is no such thing is passed over.
    """
    told = data.get("touch")
    if not isinstance(told, dict):
        return None
    page, referrer = told.get("page"), told.get("referrer")
    touch = read_touch(page if isinstance(page, str) else None, referrer if isinstance(referrer, str) else None, at)
    return touch if touch.says_something else None


def way_to_website(base_url: str) -> Callable[[str, str], str]:
    """The address at which a code brings a conversation of a script over to the website."""
    return lambda code, script: f"{base_url}/chat/{script}?{TICKET}={code}"


def read_ticket(data: Mapping[str, Any]) -> str | None:
    """The code in the page's address that brings a conversation over, where it has one."""
    page = _text(data, "page", 4000, cut=True) or ""
    try:
        codes = parse_qs(urlsplit(page).query).get(TICKET, [])
    except ValueError:
        return None
    return codes[0] if codes and 16 <= len(codes[0]) <= 64 else None


def read_after(data: Mapping[str, Any]) -> int:
    """The watermark in a frame: the last message number the client has shown."""
    after = data.get("after", 0)
    if not isinstance(after, int) or isinstance(after, bool) or not 0 <= after < 2**53:
        raise FrameError("bad_frame", '"after" must be a whole number, 0 or more.')
    return after


def _id(data: Mapping[str, Any]) -> str:
    """The client's own id for what it sends: kept as it is, so that two of them are never one, and none is ours."""
    given = _text(data, "id", _ID_MOST, required=True)
    assert given is not None
    if given != data["id"]:
        raise FrameError("bad_frame", '"id" must be a text without NUL and halves of characters.')
    if given.startswith(OWN_IDS):
        raise FrameError("bad_frame", f'"id" must not begin with {given.partition(":")[0]}:, which is for our own.')
    return given


def _text(
    data: Mapping[str, Any],
    key: str,
    most: int,
    *,
    required: bool = False,
    cut: bool = False,
    client_id: str | None = None,
) -> str | None:
    value = data.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or (required and not value):
        raise FrameError("bad_frame", f'"{key}" must be a text.', client_id=client_id)
    if len(value) > most:
        if not cut:
            raise FrameError(
                "too_long", f'"{key}" may have {most:,} characters at most, not {len(value):,}.', client_id=client_id
            )
        value = value[:most]
    return clean(value)


def clean(text: str) -> str:
    """The text without half a surrogate pair and NUL, which JSON can hold, but not every database."""
    return text.encode("utf-8", "replace").decode().replace("\0", "") if not text.isascii() or "\0" in text else text


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_read_any_json = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _read_json(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)  # In a third of the time, but it takes no half of a surrogate pair.
    except ValueError:
        return _read_any_json(text)


def in_bytes(value: Any) -> bytes:
    """JSON as the web channel writes it, in UTF-8."""
    try:
        return to_json(value)  # As above.
    except PydanticSerializationError:
        return dumps(value).encode("utf-8", "replace")
