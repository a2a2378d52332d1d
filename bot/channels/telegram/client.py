"""Calls of the Bot API, at our own pace; every failure is "try later", "gone", or "put this right"."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

import aiohttp

from bot.channels.telegram.addresses import Address
from bot.channels.telegram.outgoing import (
    Change,
    Document,
    InlineKeyboard,
    Keyboard,
    NoKeyboard,
    Picture,
    ReplyKeyboard,
    Step,
    TakeBack,
    Text,
)
from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.reading import UPDATES
from bot.channels.telegram.refusals import judge
from bot.channels.telegram.settings import TelegramSettings
from bot.desk.contract import TryLater, Undeliverable

if TYPE_CHECKING:
    import telegram

    from bot.channels.telegram.library import AiohttpRequest, RawBot

log = logging.getLogger(__name__)

SECONDS = 10.0
"""How long a call may take, all in all."""
UPLOAD_SECONDS = 60.0
"""How long sending or fetching a file may take."""
UPDATES_MOST = 100
CONNECTIONS_MOST = 40
"""How many updates Telegram brings to a webhook at once."""
_UNKNOWN = "it is not known whether it was done"

Result = TypeVar("Result")


class Moved(Exception):
    """The group is another chat now; nothing was sent."""

    def __init__(self, chat: int) -> None:
        super().__init__(f"the group is chat {chat} now")
        self.chat = chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who Telegram says we are."""

    username: str
    name: str
    joins_groups: bool
    reads_groups: bool
    """Whether every message of a group is shown to us, not only those that speak to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """How Telegram calls us."""

    url: str
    """"" where none is set."""
    waiting: int
    """Updates that were not taken."""
    error: str = ""
    """What went wrong last."""
    kinds: Sequence[str] = ()


class TelegramClient:
    """The Bot API. ``async with``: the session is open within. ``seconds``: how long a call may take."""

    def __init__(self, settings: TelegramSettings, *, pacer: Pacer | None = None, seconds: float = SECONDS) -> None:
        self.settings = settings
        self._pacer = pacer or Pacer()
        self._seconds = seconds
        self._bot: RawBot | None = None
        self._request: AiohttpRequest | None = None

    async def open(self) -> None:
        """Open the session. Asks nothing of Telegram."""
        from bot.channels.telegram.library import make_bot

        self._bot, self._request = make_bot(self.settings.token, self.settings.api_url, self._seconds)
        await self._request.initialize()

    async def close(self) -> None:
        """Close the session."""
        if self._request is not None:
            await self._request.shutdown()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def bot(self) -> "RawBot":
        """The library's client."""
        if self._bot is None:
            raise RuntimeError("the client is not open")
        return self._bot

    @property
    def request(self) -> "AiohttpRequest":
        """What the library's client sends with."""
        if self._request is None:
            raise RuntimeError("the client is not open")
        return self._request

    async def identify(self) -> Identity:
        """Ask who we are. Raises ``TryLater`` and ``Undeliverable``."""
        user = await self._call("getMe", self.bot.get_me)
        return Identity(
            username=user.username or "",
            name=user.first_name,
            joins_groups=bool(user.can_join_groups),
            reads_groups=bool(user.can_read_all_group_messages),
        )

    async def perform(self, step: Step, address: Address, content: bytes | None = None) -> int | None:
        """Do one thing in a chat; the id of the message, where there is one. ``content``: of a picture of our own.

        Raises ``TryLater``, ``Undeliverable``, ``Unreachable``, ``Moved``, and what ``refusals`` tells apart.
        """
        await self._pacer.turn(str(address.chat))
        match step:
            case Text():
                return await self._say(step, address)
            case Picture():
                return await self._show(step, address, content)
            case Document():
                return await self._send(step, address)
            case Change():
                await self._call("editMessageText", lambda: self._change(step, address))
                return step.message
            case TakeBack():
                await self._call("deleteMessage", lambda: self.bot.delete_message(address.chat, step.message))
                return None

    async def show_typing(self, address: Address) -> None:
        """Show that somebody writes, for some seconds. Raises as ``perform`` does."""
        await self._call(
            "sendChatAction",
            lambda: self.bot.send_chat_action(address.chat, "typing", message_thread_id=address.thread),
        )

    async def answer_button(self, query: str, text: str = "") -> None:
        """Let a pressed button rest, with a note where there is one. Raises as ``perform`` does."""
        await self._call("answerCallbackQuery", lambda: self.bot.answer_callback_query(query, text or None))

    async def updates(self, offset: int | None, seconds: float) -> Sequence[object]:
        """Updates from ``offset`` on, which confirms those before it. Waits up to ``seconds`` for one.

        Raises ``TryLater``, ``Undeliverable`` and ``Conflict``.
        """
        return await self._call(
            "getUpdates",
            lambda: self.bot.get_raw_updates(
                offset=offset, seconds=seconds, most=UPDATES_MOST, kinds=UPDATES, patience=seconds + self._seconds
            ),
            rests=False,
        )

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates brought to ``url``. Raises ``TryLater`` and ``Undeliverable``."""
        await self._call(
            "setWebhook",
            lambda: self.bot.set_webhook(
                url, max_connections=CONNECTIONS_MOST, allowed_updates=list(UPDATES), secret_token=secret
            ),
        )

    async def delete_webhook(self) -> None:
        """Have updates fetched by us again; none is dropped. Raises ``TryLater`` and ``Undeliverable``."""
        await self._call("deleteWebhook", self.bot.delete_webhook)

    async def webhook(self) -> Webhook:
        """How Telegram calls us. Raises ``TryLater`` and ``Undeliverable``."""
        info = await self._call("getWebhookInfo", self.bot.get_webhook_info)
        return Webhook(
            url=info.url,
            waiting=info.pending_update_count,
            error=info.last_error_message or "",
            kinds=tuple(info.allowed_updates or ()),
        )

    async def set_commands(self, commands: Mapping[str, str], language: str, *, everywhere: bool) -> None:
        """Set the menu of a language, "" for all others. Raises ``TryLater`` and ``Undeliverable``.

        ``everywhere``: in groups, too.
        """
        from telegram import BotCommandScopeAllPrivateChats

        scope = None if everywhere else BotCommandScopeAllPrivateChats()
        pairs = list(commands.items())
        await self._call(
            "setMyCommands",
            lambda: self.bot.set_my_commands(pairs, scope=scope, language_code=language or None),
        )

    async def commands(self, *, everywhere: bool) -> Mapping[str, str]:
        """The menu of all languages that have none of their own. Raises ``TryLater`` and ``Undeliverable``."""
        from telegram import BotCommandScopeAllPrivateChats

        scope = None if everywhere else BotCommandScopeAllPrivateChats()
        found = await self._call("getMyCommands", lambda: self.bot.get_my_commands(scope=scope))
        return {one.command: one.description for one in found}

    async def fetch(self, file_id: str, most_bytes: int) -> bytes:
        """A file that somebody sent. Raises ``ValueError`` when it is larger, else as ``perform`` does."""
        try:
            file = await self._call("getFile", lambda: self.bot.get_file(file_id))
        except Undeliverable as error:
            if "file is too big" in str(error).lower():  # Telegram's own limit is 20 MB.
                raise ValueError("the file is larger than Telegram hands over") from None
            raise
        if (file.file_size or 0) > most_bytes:
            raise ValueError(f"the file has {file.file_size:,} bytes")
        if not (file.file_path or "").startswith(("http://", "https://")):
            raise Undeliverable(
                "Telegram gives no address for the file; a Bot API server of your own must not run --local"
            )
        assert file.file_path is not None
        return await self.download(file.file_path, most_bytes, proxy=self.request.proxy)

    async def download(self, url: str, most_bytes: int, *, proxy: str | None = None) -> bytes:
        """What stands at an address. Raises ``ValueError`` when it is larger, ``TryLater`` when it cannot be had."""
        parts = bytearray()
        try:
            timeout = aiohttp.ClientTimeout(total=UPLOAD_SECONDS)
            async with self.request.session.get(url, timeout=timeout, allow_redirects=False, proxy=proxy) as response:
                if response.status != 200:
                    raise TryLater(f"the file cannot be had (status {response.status})")
                async for part in response.content.iter_any():
                    parts += part
                    if len(parts) > most_bytes:
                        raise ValueError(f"the file has more than {most_bytes:,} bytes")
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise TryLater(f"the file cannot be had ({type(error).__name__})") from None
        return bytes(parts)

    async def _say(self, step: Text, address: Address) -> int:
        from telegram import LinkPreviewOptions

        message = await self._call(
            "sendMessage",
            lambda: self.bot.send_message(
                address.chat,
                step.text,
                entities=_entities(step.code),
                message_thread_id=address.thread,
                reply_markup=_markup(step.keyboard),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
        )
        return message.message_id

    async def _show(self, step: Picture, address: Address, content: bytes | None) -> int:
        message = await self._call(
            "sendPhoto",
            lambda: self.bot.send_photo(
                address.chat,
                step.url if content is None else content,
                caption=step.caption or None,
                message_thread_id=address.thread,
                reply_markup=_markup(step.keyboard),
                read_timeout=UPLOAD_SECONDS,
            ),
        )
        return message.message_id

    async def _send(self, step: Document, address: Address) -> int:
        content = await asyncio.to_thread(step.path.read_bytes)
        message = await self._call(
            "sendDocument",
            lambda: self.bot.send_document(
                address.chat,
                content,
                filename=step.name,
                caption=step.caption or None,
                message_thread_id=address.thread,
                reply_markup=_markup(step.keyboard),
                read_timeout=UPLOAD_SECONDS,
            ),
        )
        return message.message_id

    async def _change(self, step: Change, address: Address) -> object:
        from telegram import LinkPreviewOptions

        markup: Any = _markup(step.keyboard)
        return await self.bot.edit_message_text(
            step.text,
            address.chat,
            step.message,
            reply_markup=markup,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def _call(self, method: str, call: Callable[[], Awaitable[Result]], *, rests: bool = True) -> Result:
        """``rests``: whether it waits while Telegram has asked for a rest."""
        from telegram.error import TelegramError

        if rests:
            self._pacer.check()
        try:
            return await call()
        except TelegramError as error:
            raise self._judged(method, error) from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:  # The library stumbled over the answer.
            what = type(error).__name__
            raise TryLater(f"Telegram answered {method} with something unreadable ({what}); {_UNKNOWN}") from None

    def _judged(self, method: str, error: "telegram.error.TelegramError") -> Exception:
        from telegram.error import TimedOut

        from bot.channels.telegram.library import Refused, Unreadable

        if isinstance(error, Refused):
            if (chat := error.answer.moved_to) is not None:
                return Moved(chat)
            judged = judge(method, error.answer)
            if error.answer.status == 429 and isinstance(judged, TryLater) and judged.seconds is not None:
                self._pacer.rest(judged.seconds)
            return judged
        if isinstance(error, TimedOut):
            return TryLater(f"Telegram did not answer {method} in time; {_UNKNOWN}")
        if isinstance(error, Unreadable):
            return TryLater(f"Telegram answered {method} with something unreadable; {_UNKNOWN}")
        return TryLater(f"Telegram: {error} ({method})")


def _markup(
    keyboard: Keyboard | None,
) -> "telegram.InlineKeyboardMarkup | telegram.ReplyKeyboardMarkup | telegram.ReplyKeyboardRemove | None":
    from telegram import (
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        KeyboardButton,
        ReplyKeyboardMarkup,
        ReplyKeyboardRemove,
    )

    match keyboard:
        case None:
            return None
        case NoKeyboard():
            return ReplyKeyboardRemove()
        case InlineKeyboard():
            return InlineKeyboardMarkup(
                [
                    [
                        InlineKeyboardButton(
                            one.label,
                            url=one.url or None,
                            callback_data=one.data or None,
                        )
                        for one in row
                    ]
                    for row in keyboard.rows
                ]
            )
        case ReplyKeyboard():
            buttons = [KeyboardButton(keyboard.contact, request_contact=True)] if keyboard.contact else []
            buttons += [KeyboardButton(keyboard.location, request_location=True)] if keyboard.location else []
            buttons += map(KeyboardButton, keyboard.labels)
            return ReplyKeyboardMarkup([[button] for button in buttons], resize_keyboard=True, one_time_keyboard=True)


def _entities(code: tuple[int, int] | None) -> "list[telegram.MessageEntity] | None":
    from telegram import MessageEntity

    return [MessageEntity(MessageEntity.CODE, *code)] if code is not None else None
