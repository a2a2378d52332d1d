"""Logs: one line an event, nothing secret in it, nothing that a stranger could forge."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from bot import logs
from bot.redaction import HIDDEN, Redaction
from bot.visible import visible, visible_lines

FORGED = "hi\n2027-01-01T00:00:00.000Z INFO bot.admin: admin logged in\r\x1b[2K\u2028\u202e\x9b31m"
DSN_PASSWORD = "s3same/street"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, in place of standard error; everything is as before afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, {name: logging.getLogger(name).level for name in logs.OURS})
    stream = io.StringIO()
    yield stream
    root.handlers[:], level, levels = before
    root.setLevel(level)
    for name, its_level in levels.items():
        logging.getLogger(name).setLevel(its_level)
    logging.captureWarnings(False)
    logging.raiseExceptions = True


def lines(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("style", ["text", "json"])
def test_what_a_stranger_wrote_cannot_begin_a_line_of_its_own(log: io.StringIO, style: str) -> None:
    logs.set_up(style=style, stream=log)
    logging.getLogger("bot.web").warning("refused %s", FORGED, extra={"page": FORGED})
    assert stream_lines(log) == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", log.getvalue())


def stream_lines(stream: io.StringIO) -> int:
    return stream.getvalue().count("\n")


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_huge_text_makes_a_short_line(log: io.StringIO, style: str) -> None:
    logs.set_up(style=style, stream=log)
    logging.getLogger("bot.web").warning("refused %s", "\x00" * 1_000_000)
    assert stream_lines(log) == 1
    assert len(log.getvalue()) < 3 * logs.LONGEST
    assert "characters" in log.getvalue()


@pytest.mark.parametrize("style", ["text", "json"])
def test_an_error_is_one_line_with_its_cause_and_places_and_without_secrets(log: io.StringIO, style: str) -> None:
    logs.set_up(style=style, secrets=[DSN_PASSWORD], stream=log)
    try:
        try:
            raise ValueError(f"no such\nuser: {DSN_PASSWORD}")
        except ValueError as cause:
            raise RuntimeError("postgresql://me:another-pass@db/x is away") from cause
    except RuntimeError:
        logging.getLogger("storage").exception("could not open %s", "s3same%2Fstreet")
    written = log.getvalue()
    assert stream_lines(log) == 1
    assert "RuntimeError" in written
    assert "caused by ValueError" in written
    assert "test_logs.py" in written
    assert not re.search("s3same|another-pass", written)


def test_json_lines_say_when_where_what_and_of_which_request(log: io.StringIO) -> None:
    logs.set_up(style="json", stream=log)
    with logs.request("7f3a"):
        logging.getLogger("bot.web").info("came in", extra={"script": "demo", "took": 0.25})
    logging.getLogger("bot.web").info("went")
    inside, after = (json.loads(line) for line in lines(log))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", inside.pop("at"))
    assert inside == {
        "level": "info",
        "logger": "bot.web",
        "message": "came in",
        "request": "7f3a",
        "script": "demo",
        "took": 0.25,
    }
    assert "request" not in after


def test_text_lines_say_the_same(log: io.StringIO) -> None:
    logs.set_up(stream=log)
    with logs.request("7f3a"):
        logging.getLogger("bot.web").info("came in", extra={"script": "demo"})
    assert lines(log)[0].endswith(" INFO bot.web: came in script=demo [request 7f3a]")


def test_libraries_are_only_heard_when_something_is_wrong(log: io.StringIO) -> None:
    logs.set_up(level="debug", stream=log)
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot123/sendMessage")
    logging.getLogger("bot.web").debug("ours")
    logging.getLogger("aiohttp.server").error("theirs")
    assert [line.rpartition(" ")[2] for line in lines(log)] == ["ours", "theirs"]


def test_a_level_is_obeyed_and_setting_up_twice_writes_once(log: io.StringIO) -> None:
    logs.set_up(level="error", stream=log)
    logs.set_up(level="warning", stream=log)
    logging.getLogger("bot").info("quiet")
    logging.getLogger("bot").warning("loud")
    assert [line.rpartition(" ")[2] for line in lines(log)] == ["loud"]


def test_values_that_do_not_fit_their_message_lose_nothing(log: io.StringIO) -> None:
    logs.set_up(stream=log)
    logging.getLogger("bot").warning("%d visitors", "many")
    assert "%d visitors" in log.getvalue()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("connecting to postgresql://me:hunter22@db:5432/x", "hunter22"),
        ("POST https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe", "AAHdqTcvCH1vGW"),
        ("token 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "AAHdqTcvCH1vGW"),
        ("slack said no to xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy", "pdFZKVeTuE8"),
        ("Authorization: Bearer abc.def.ghi", "abc.def.ghi"),
        ("{'Authorization': 'Bearer abc.def.ghi'}", "abc.def.ghi"),
        ("{'Cookie': 'session=abcdef'}", "abcdef"),
        ("X-Slack-Signature: v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", "a2114d57"),
        ("X-Telegram-Bot-Api-Secret-Token: hushhush", "hushhush"),
        ("GET /ws?after=3&token=abcdef123 HTTP/1.1", "abcdef123"),
        ("GET /callback?code=abcdef123&state=xyz789", "xyz789"),
        ("GET /unsubscribe/uT7x_kLm09-AbCdEfGhIjKlMn HTTP/1.1", "uT7x_kLm09"),
        ("GET /m/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b HTTP/1.1", "9f86d081884c"),
    ],
)
def test_what_looks_like_a_secret_is_left_out(text: str, secret: str) -> None:
    shown = Redaction()(text)
    assert secret not in shown
    assert HIDDEN in shown


@pytest.mark.parametrize(
    "text",
    [
        "https://chat.example.com/chat/crm-guide?after=3&page=2",
        "dialogs/library/crm-guide.yaml:14:7: unknown step",
        "sqlite:////srv/handraiser/data/handraiser-production.db",
        "conversation 41 at step ask.team_size took 12:30 and 0.25 seconds",
    ],
)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert Redaction(["hunter22"])(text) == text


def test_a_known_secret_is_left_out_however_it_is_encoded() -> None:
    redaction = Redaction(["p@ss word/1"])
    assert redaction("a p@ss word/1 b p%40ss%20word%2F1 c p%40ss+word%2F1") == f"a {HIDDEN} b {HIDDEN} c {HIDDEN}"


@pytest.mark.parametrize("text", ["x-" * 20_000, "?a_" * 10_000, "/aA1" * 8000, "a://" * 8000, "cookie" * 5000])
def test_hostile_texts_are_read_over_quickly(text: str) -> None:
    # Would take minutes if the patterns went over the text again and again: the suite's own time limit catches that.
    assert Redaction(["secret"])(text)


def test_ordinary_text_of_any_language_stays_as_it_is() -> None:
    for text in ("Grüße aus Köln", "東京", "שלום", "👩‍👩‍👧 ok", "50 €"):
        assert visible(text) == text


def test_a_text_of_several_lines_keeps_its_lines_and_nothing_else() -> None:
    assert visible_lines("one\r\ntwo\x1b[31m\n") == ["one", "two\\x1b[31m", ""]
