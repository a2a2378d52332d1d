"""What visitors typed is shown to sales, in terminals and spreadsheets, and does nothing there."""

import asyncio
import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import aiohttp
import pytest

from bot.app import Application
from bot.cli import main
from bot.handoff.terminal import TerminalTarget
from tests.corpora.reading import Corpora
from tests.corpora.strings import OURS
from tests.corpora.test_texts import all_of_them, said
from tests.desk import MemoryPosts, view

Calls = Callable[..., Awaitable[str]]

FORMULA_BEGINNINGS = "=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20"
DIRECTIONS = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
"""Marks that turn the direction of what follows."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is read from either is shown alike."""
    return sqlite_url


@pytest.fixture
def calls(app: Application, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Calls:
    """Calls a command of the command line on the application's database; what it writes."""
    monkeypatch.setenv("HANDRAISER_STORAGE__URL", app.config.storage.url)

    async def call(*words: str) -> str:
        capsys.readouterr()
        assert await asyncio.to_thread(main, words) == 0
        return capsys.readouterr().out

    return call


def trouble_in(shown: str) -> list[str]:
    """The characters that a terminal would obey instead of showing them."""
    return [
        c
        for c in dict.fromkeys(shown)
        if (unicodedata.category(c) in ("Cc", "Zl", "Zp") and c != "\n") or unicodedata.bidirectional(c) in DIRECTIONS
    ]


def is_number(text: str) -> bool:
    """Whether nothing is to be calculated, though it begins like a formula: -5, +49 30 901820."""
    return re.fullmatch(r"[+-]?\d[\d ]*([.,]\d+)?", text) is not None


async def assert_lists_and_sheets_are_safe(calls: Calls, texts: Sequence[str]) -> None:
    """In ``leads list`` and ``leads show``, for people and for programs."""
    assert trouble_in(await calls("leads", "list", "--limit", "10000")) == []
    as_json = await calls("leads", "list", "--limit", "10000", "--json")
    assert trouble_in(as_json) == []
    listed = json.loads(as_json)
    notes = [one["answers"]["note"] for one in listed if one["script"] == "once"]
    assert sorted(notes) == sorted(text.strip() for text in texts)
    for one in listed:
        if one["script"] == "once":
            continue  # Their words all stand in the long talks, too.
        assert trouble_in(await calls("leads", "show", one["id"])) == []
        shown = await calls("leads", "show", one["id"], "--json")
        assert trouble_in(shown) == []
        assert json.loads(shown)["answers"] == one["answers"]


async def assert_exports_are_safe(calls: Calls, texts: Sequence[str], path: Path) -> None:
    """In ``leads export``: JSON as typed; CSV without formulas, and as typed but for the apostrophes against them."""
    wanted = sorted(text.strip() for text in texts)
    exported = await calls("leads", "export", "--script", "once", "--format", "json")
    assert trouble_in(exported) == []
    assert sorted(json.loads(line)["answer.note"] for line in exported.splitlines()) == wanted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.stdout, "isatty", lambda: True)
        assert trouble_in(await calls("leads", "export", "--script", "once")) in ([], ["\r"])  # CSV's own line ends.

    await calls("leads", "export", "--script", "once", "--output", str(path))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cells = [value for row in rows for value in row.values()]
    assert [one for one in cells if one and one[0] in FORMULA_BEGINNINGS and not is_number(one)] == []
    notes = [row["answer.note"] for row in rows]
    assert sorted(one.replace("'", "") for one in notes) == sorted(one.replace("'", "") for one in wanted)
    harmless = {one for one in wanted if not any(c in one for c in FORMULA_BEGINNINGS)}
    assert harmless <= set(notes)


async def assert_the_terminal_is_safe(texts: Sequence[str]) -> None:
    """In the block about a hot lead that the server writes."""
    stream = io.StringIO()
    target = TerminalTarget(stream, width=80)
    for number, text in enumerate(texts):
        touch = {"last": {"utm_source": text, "referrer": text}}
        lines = [("visitor", text)]
        about = view(number, name=text, contacts=lines, answers=lines, source=touch, last_lines=lines)
        await target.show(about, MemoryPosts())
    assert trouble_in(stream.getvalue()) == []


async def test_ours_do_nothing_to_sales(
    app: Application, session: aiohttp.ClientSession, calls: Calls, tmp_path: Path
) -> None:
    await all_of_them(app, session, OURS)
    await assert_lists_and_sheets_are_safe(calls, OURS)
    await assert_exports_are_safe(calls, OURS, tmp_path / "leads.csv")
    await assert_the_terminal_is_safe(OURS)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["strings", "scripting", "templates", "formulas"])
async def test_other_peoples_are_kept_and_do_nothing_to_sales(
    app: Application, session: aiohttp.ClientSession, calls: Calls, tmp_path: Path, corpora: Corpora, kind: str
) -> None:
    texts = said(getattr(corpora, kind)())
    await all_of_them(app, session, texts)
    await assert_lists_and_sheets_are_safe(calls, texts)
    await assert_exports_are_safe(calls, texts, tmp_path / "leads.csv")
    await assert_the_terminal_is_safe(texts)
