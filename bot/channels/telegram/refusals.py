"""What the Bot API's refusals mean, and what is to be done about each. Pure.

https://core.telegram.org/bots/api#making-requests; texts as the server writes them (tdlib/telegram-bot-api).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.contract import Unreachable
from bot.desk.contract import TryLater, Undeliverable

LONGEST_REST = 86_400.0
"""Seconds; more is not believed."""
_GONE = (
    "chat not found",
    "user not found",
    "user_is_blocked",
    "user_is_deactivated",
    "input_user_deactivated",
    "peer_id_invalid",
    "have no rights to send a message",
    "not enough rights to send",
    "chat_write_forbidden",
    "group chat was deactivated",
    "topic_closed",
)
"""Of 400: this person or group can not be written to. So it is with every 403 of the server's own."""
_MARKUP = (
    "can't parse",
    "can't find end of",
    "strings must be encoded in utf-8",
    "button",
    "keyboard",
    "markup",
    "entit",
)
"""Of 400: what stands in and under the text cannot be read."""
_NO_CHANGE = ("message is not modified",)
_NOT_CHANGEABLE = ("message can't be edited", "message to edit not found", "message_id_invalid")
_NOT_DELETABLE = ("message can't be deleted", "message to delete not found")
_NO_FILE = (
    "failed to get http url content",
    "wrong file identifier",
    "wrong type of the web page content",
    "wrong remote file identifier",
    "webpage_curl_failed",
    "webpage_media_empty",
    "image_process_failed",
    "photo_invalid_dimensions",
    "photo_save_file_invalid",
    "file must be non-empty",
    "file is too big",
    "request entity too large",
    "type of file mismatch",
    "wrong padding",
    "invalid file http url",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the Bot API answered instead of doing it."""

    status: int
    description: str = ""
    parameters: Mapping[str, Any] | None = None

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait, as the server says."""
        return _positive((self.parameters or {}).get("retry_after"))

    @property
    def moved_to(self) -> int | None:
        """The id of the supergroup that this group has become."""
        moved = (self.parameters or {}).get("migrate_to_chat_id")
        return moved if isinstance(moved, int) and not isinstance(moved, bool) and moved else None

    def says(self, *texts: str) -> bool:
        """Whether the description holds one of these, in lower case."""
        described = self.description.lower()
        return any(text in described for text in texts)


class NotChanged(Exception):
    """The message reads so already."""


class NotChangeable(Exception):
    """The message is too old to be changed or taken back, or is gone."""


class NoSuchFile(Undeliverable):
    """Telegram does not take this file or picture."""


class BadMarkup(Undeliverable):
    """Telegram cannot read the formatting of what we sent: our mistake."""


class TooLate(Exception):
    """The pressed button has waited too long for an answer; nobody waits any more."""


class Conflict(Exception):
    """Somebody else fetches updates, or a webhook is set."""


def judge(method: str, answer: Answer) -> Exception:
    """What to raise: ``TryLater``, ``Undeliverable``, ``Unreachable``, or one of this room's."""
    told = answer.description or f"status {answer.status}"
    if answer.status == 429 or answer.retry_after is not None:
        seconds = answer.retry_after
        rest = f" for {seconds:.0f} seconds" if seconds is not None else ""
        return TryLater(f"Telegram takes no more calls of {method}{rest}", seconds=seconds)
    if answer.status >= 500:
        return TryLater(f"Telegram has trouble of its own ({method}, status {answer.status}); it may have been done")
    if answer.status in (401, 404) and answer.description:
        return Undeliverable(
            f"Telegram does not know [telegram] token ({method}: {told}); copy it again from @BotFather, or make a new "
            "one there with /token"
        )
    if answer.status == 409:
        return Conflict(told)
    if answer.says("forbidden: ") if answer.status == 403 else answer.status == 400 and answer.says(*_GONE):
        return Unreachable(told)
    if answer.status in (400, 413):
        return _bad_request(method, answer, told)
    return TryLater(f"what answered {method} is not Telegram (status {answer.status}); is a proxy in between?")


def _bad_request(method: str, answer: Answer, told: str) -> Exception:
    if answer.says(*_NO_CHANGE):
        return NotChanged(told)
    if answer.says(*_NOT_CHANGEABLE, *_NOT_DELETABLE):
        return NotChangeable(told)
    if answer.says("query is too old", "query id is invalid"):
        return TooLate(told)
    if answer.status == 413 or answer.says(*_NO_FILE):
        return NoSuchFile(f"Telegram does not take the file: {told}")
    if answer.says(*_MARKUP):
        return BadMarkup(f"Telegram cannot read what {method} was to show: {told}")
    return Undeliverable(f"Telegram refuses {method}: {told}")


def _positive(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < float("inf"):
        return None
    return min(float(given), LONGEST_REST)
