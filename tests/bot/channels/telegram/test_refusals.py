"""What the Bot API's refusals mean to us."""

import pytest

from bot.channels.contract import Unreachable
from bot.channels.telegram.refusals import (
    Answer,
    BadMarkup,
    Conflict,
    NoSuchFile,
    NotChangeable,
    NotChanged,
    TooLate,
    judge,
)
from bot.desk.contract import TryLater, Undeliverable


@pytest.mark.parametrize(
    ("status", "description", "meant"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (403, "Forbidden: bot was kicked from the supergroup chat", Unreachable),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: not enough rights to send text messages to the chat", Unreachable),
        (401, "Unauthorized", Undeliverable),
        (404, "Not Found", Undeliverable),
        (409, "Conflict: terminated by other getUpdates request; make sure that …", Conflict),
        (400, "Bad Request: message is not modified: specified new message content …", NotChanged),
        (400, "Bad Request: message can't be edited", NotChangeable),
        (400, "Bad Request: message to edit not found", NotChangeable),
        (400, "Bad Request: message to delete not found", NotChangeable),
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", TooLate),
        (400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0", BadMarkup),
        (400, "Bad Request: BUTTON_DATA_INVALID", BadMarkup),
        (400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL", BadMarkup),
        (400, "Bad Request: wrong file identifier/HTTP URL specified", NoSuchFile),
        (400, "Bad Request: failed to get HTTP URL content", NoSuchFile),
        (413, "Request Entity Too Large", NoSuchFile),
        (400, "Bad Request: message text is empty", Undeliverable),
        (500, "Internal Server Error: restart", TryLater),
        (502, "", TryLater),
        (403, "", TryLater),
        (404, "", TryLater),
        (200, "", TryLater),
        (302, "", TryLater),
    ],
)  # fmt: skip
def test_refusals_are_told_apart(status: int, description: str, meant: type[Exception]) -> None:
    assert type(judge("sendMessage", Answer(status, description))) is meant


@pytest.mark.parametrize(
    ("parameters", "seconds"),
    [
        ({"retry_after": 17}, 17.0),
        ({"retry_after": 0.5}, 0.5),
        ({"retry_after": 10**9}, 86_400.0),
        ({"retry_after": -1}, None),
        ({"retry_after": True}, None),
        ({"retry_after": "5"}, None),
        ({}, None),
        (None, None),
    ],
)
def test_too_many_calls_name_the_exact_rest(parameters: dict[str, object] | None, seconds: float | None) -> None:
    judged = judge("sendMessage", Answer(429, "Too Many Requests: retry after 17", parameters))
    assert isinstance(judged, TryLater) and judged.seconds == seconds


def test_a_token_that_is_refused_is_named_with_its_cure() -> None:
    judged = judge("getMe", Answer(401, "Unauthorized"))
    assert "Telegram does not know [telegram] token" in str(judged) and "@BotFather" in str(judged)


def test_where_a_group_went() -> None:
    assert Answer(400, "…", {"migrate_to_chat_id": -1005}).moved_to == -1005
    assert Answer(400, "…", {"migrate_to_chat_id": "x"}).moved_to is None
    assert Answer(400).moved_to is None
