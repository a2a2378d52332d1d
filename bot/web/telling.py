"""What the page around the chat tells: read and bounded, and brought to the conversation as an event.

The page's word is worth no more than the visitor's, who can change every page they see; only a signed identity is.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.channels.web import FrameError, clean
from bot.manager import Handled, Manager
from bot.ports import Clock
from bot.web.identity import CODE, Identities
from dialogs.effects import Whisper
from dialogs.events import PageTold, Profile
from dialogs.told import SIGNED, Told
from dialogs.values import Value
from storage import identities

NAMES_MOST = 50
"""Fields, or names of data, that are told at once."""
TEXT_MOST = 1000
"""Longest text of one of them, in characters."""
_NAME_MOST = 64
_ITEMS_MOST = 50
_FAR = 10**15


class Telling:
    """Reads what pages tell, and tells it."""

    def __init__(self, manager: Manager, identities: Identities, clock: Clock) -> None:
        self._manager = manager
        self._identities = identities
        self._clock = clock

    def read(self, data: Mapping[str, Any], script: str) -> Told | None:
        """What a hello or a tell carries; None for nothing. Raises ``FrameError``."""
        if not any(data.get(key) for key in ("fields", "data", "identity", "start")):
            return None
        start = data.get("start")
        if start is not None and not (isinstance(start, str) and 0 < len(start) <= _NAME_MOST):
            raise FrameError("bad_frame", '"start" must be the name of a door.')
        token = data.get("identity")
        return Told(
            fields=_values(data, "fields"),
            data=_values(data, "data"),
            identity=None if token is None else self._identities.read(token, script),
            start=start,
        )

    def read_kindly(self, data: Mapping[str, Any], script: str) -> tuple[Told | None, tuple[Whisper, ...]]:
        """The same of a hello: what is wrong with it keeps nobody from talking. Also returns what was not taken."""
        try:
            return self.read(data, script), ()
        except FrameError as error:
            about = "identity" if error.code == CODE else "page"
            return None, (Whisper(text=error.message, code=error.code, about=about),)

    async def check_person(self, person: str, told: Told | None) -> None:
        """Raise ``FrameError`` where the visitor's browser is somebody else's by what the site has signed before."""
        if told is None or told.identity is None:
            return
        signed = await self._manager.database.read(lambda tx: identities.signed_as(tx, person))
        if signed and told.identity.subject not in signed:
            raise FrameError("other_person", "Somebody else was signed in here; reset the chat and begin anew.")

    async def tell(self, conversation_id: int, person: str, told: Told, client_id: str | None = None) -> Handled | None:
        """Bring it to the conversation; None where it is no news, and was not told by a name of its own."""
        profile = Profile()
        if told.identity is not None:
            known = await self._manager.profile_of(person, ((SIGNED, told.identity.subject),))
            profile = Profile(answers=known.answers, magnets=known.magnets) if known is not None else profile
        event = PageTold(at=self._clock(), told=told, profile=profile)
        if client_id is None:
            turn = await self._manager.foresee(conversation_id, event)
            standing = await self._manager.state_of(conversation_id)
            if turn.state == standing and all(type(effect) is Whisper for effect in turn.effects):
                return None
        return await self._manager.handle(conversation_id, event, client_id)


def problems_of(notes: Iterable[Whisper]) -> list[dict[str, str]]:
    """What was not taken, for the page."""
    return [{"code": one.code, "about": one.about, "message": one.text} for one in notes]


def _values(data: Mapping[str, Any], key: str) -> dict[str, Value]:
    told = data.get(key)
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise FrameError("bad_frame", f'"{key}" must be an object of names and values.')
    if len(told) > NAMES_MOST:
        raise FrameError("too_long", f'"{key}" may have {NAMES_MOST} names at most, not {len(told):,}.')
    return {_name(name, key): _value(value, key) for name, value in told.items()}


def _name(name: str, key: str) -> str:
    if not 0 < len(name) <= _NAME_MOST:
        raise FrameError("too_long", f'The names of "{key}" have 1 to {_NAME_MOST} characters.')
    return clean(name)


def _value(value: Any, key: str) -> Value:
    """A plain value within bounds."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if -_FAR <= value <= _FAR:
            return value
        raise FrameError("bad_frame", f'A number of "{key}" is too large.')
    if isinstance(value, str):
        if len(value) > TEXT_MOST:
            raise FrameError("too_long", f'A text of "{key}" may have {TEXT_MOST:,} characters at most.')
        return clean(value)
    if isinstance(value, list) and len(value) <= _ITEMS_MOST and all(isinstance(one, str) for one in value):
        return [str(_value(one, key)) for one in value]
    if isinstance(value, dict) and len(value) <= 4:
        plain = {_name(str(name), key): _value(one, key) for name, one in value.items()}
        if not any(isinstance(one, list | dict) for one in plain.values()):
            return plain  # type: ignore[return-value]  # Looked at just now.
    raise FrameError("bad_frame", f'A value of "{key}" must be a text, a number, true, false, null or a list of texts.')
