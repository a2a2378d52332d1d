"""Sales reads a lead in the terminal; whatever a visitor typed, the terminal stays as it was."""

import io
import unicodedata
from typing import Any

import pytest

from bot.handoff.frame import width_of
from bot.handoff.terminal import NARROWEST, TerminalTarget
from bot.redaction import Redaction
from tests.desk import MemoryPosts, view

HOSTILE = [
    "\x1b[2J\x1b[1;1Hroot@server:~# ",
    "\x1b]0;owned\x07",
    "\x9b31mred",
    "\x1bP+q544e\x1b\\",
    "line one\nfake: line two\r\nline three\rover",
    "tab\there\x0b\x0c\x85\u2028\u2029",
    "\x00\x08\x7f",
    "abc\u202edcba\u2066x\u2069\u200f",
    "zero\u200bwidth\ufeff",
    "z" + "\u0301" * 4000,
    "long " * 5000,
    "x" * 50_000,
    "你好世界" * 500,
    "👩‍👩‍👧‍👦🇩🇪" * 100,
    "\ud800 lone surrogate",
    "{name} %s %(x)s {{ secret }}",
    "",
    " ",
]


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


async def shown(stream: io.StringIO | None = None, *, width: int = 80, **changes: Any) -> str:
    stream = stream or io.StringIO()
    await TerminalTarget(stream, width=width).show(view(**changes), MemoryPosts())
    return stream.getvalue()


def everywhere(text: str) -> dict[str, Any]:
    return {
        "reason": text,
        "name": text,
        "contacts": [("email", text), (text, text)],
        "answers": [(text, text)],
        "source": {"last": {"utm_source": text, "referrer": text}},
        "variants": {text: text},
        "tags": [text],
        "magnets": [text],
        "consents": {text: True},
        "last_lines": [("visitor", text), (text, text)],
        "language": text,
    }


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [1, 48, 80, 500])
async def test_nothing_a_visitor_types_reaches_the_terminal_as_a_command(text: str, width: int) -> None:
    block = await shown(width=width, **everywhere(text))
    assert block.endswith("\n")
    assert all(character == "\n" or character.isprintable() for character in block)
    assert not any(unicodedata.bidirectional(character) in ("RLO", "LRO", "RLE", "LRE", "RLI") for character in block)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [NARROWEST, 80, 100])
async def test_every_row_of_the_frame_is_as_wide_as_the_others(text: str, width: int) -> None:
    *frame, command = (await shown(width=width, **everywhere(text))).splitlines()
    assert {width_of(row) for row in frame} == {width}
    assert command == "  handraiser leads show lead-7"


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_flood_of_words_takes_a_few_rows(text: str) -> None:
    assert (await shown(**everywhere(text))).count("\n") < 80


async def test_what_a_terminal_would_obey_is_written_out() -> None:
    block = await shown(answers=[("Pain", "\x1b[2Jspreadsheets"), ("Goal", "left\u202eright\nbelow")])
    assert r"\x1b[2Jspreadsheets" in block
    assert r"left\u202eright below" in block


async def test_secrets_are_left_out() -> None:
    stream = io.StringIO()
    target = TerminalTarget(stream, width=100, redaction=Redaction(["hunter22"]))
    source = {"last": {"referrer": "https://example.com/?reset_token=abcdef&page=2"}}
    await target.show(view(source=source, answers=[("Pain", "it says hunter22")]), MemoryPosts())
    assert "hunter22" not in stream.getvalue()
    assert "it says ***" in stream.getvalue()
    assert "reset_token=***&page=2" in stream.getvalue()


async def test_a_line_break_in_an_answer_does_not_fake_a_row() -> None:
    block = await shown(answers=[("Pain", "spreadsheets\n│ Stage  customer")])
    assert not [row for row in block.splitlines() if row.startswith("│ Stage") and "customer" in row]


async def test_colour_is_for_people_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in await shown(Terminal())
    assert "\x1b[" not in await shown(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in await shown(Terminal())


async def test_colour_ends_where_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for row in (await shown(Terminal(), name="Ada\x1b[31m")).splitlines():
        assert row.count("\x1b[0m") * 2 == row.count("\x1b[")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-8"])
async def test_a_terminal_with_few_characters_still_learns_of_the_lead(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    await TerminalTarget(stream, width=80).show(view(name="Zoë 李", answers=[("Mood", "😀 fine")]), MemoryPosts())
    block = raw.getvalue().decode(encoding)
    assert "fine" in block
    assert "handraiser leads show lead-7" in block
    assert ("╭" in block) == (encoding == "utf-8")


async def test_a_closed_terminal_is_a_failure_that_is_tried_again() -> None:
    stream = io.StringIO()
    target = TerminalTarget(stream)
    stream.close()
    with pytest.raises(ValueError, match="closed"):
        await target.show(view(), MemoryPosts())


async def test_what_failed_is_told_when_it_is_tried_again() -> None:
    class Once(io.StringIO):
        broken = True

        def write(self, text: str) -> int:
            if self.broken:
                raise OSError("the terminal is gone")
            return super().write(text)

    stream = Once()
    target = TerminalTarget(stream)
    with pytest.raises(OSError, match="gone"):
        await target.show(view(), MemoryPosts())
    stream.broken = False
    await target.show(view(), MemoryPosts())
    assert "Ada Lovelace" in stream.getvalue()


async def test_contacts_are_not_repeated_among_the_answers() -> None:
    assert (await shown()).count("ada@example.com") == 1


async def test_a_lead_without_contacts_is_answered_in_the_chat() -> None:
    assert "answer in the chat" in await shown(contacts=[])


async def test_the_last_lines_of_the_talk_are_shown() -> None:
    block = await shown(last_lines=[("visitor", f"line number {n}.") for n in range(50)])
    assert "line number 49." in block
    assert "line number 3." not in block
