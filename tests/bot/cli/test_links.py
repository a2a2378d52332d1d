"""``handraiser links``: short links and QR codes, and what they bring."""

import asyncio
import json
import struct
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import segno

from bot.campaigns import PLACEHOLDER, is_code, way_key
from bot.qr import code_of
from storage import settings, tallies
from storage.database import open_database
from tests.bot.cli.conftest import SCRIPT, Call

DOORS = SCRIPT.replace("language: en", "language: en\ndoors: [bye]")
URL = "sqlite:///data/handraiser.db"


@pytest.fixture(autouse=True)
def published(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "demo.yaml").write_text(DOORS)
    with (folder / "handraiser.toml").open("a") as file:
        file.write('[web]\npublic_url = "https://chat.example.com"\n[telegram]\ntoken = "1:abc"\n')
    assert call("scripts", "publish", "dialogs/demo.yaml").status == 0


def made(call: Call, *more: str) -> dict[str, Any]:
    done = call("links", "add", "Fair, booth", "--script", "demo", *more, "--json")
    assert done.status == 0, done.err
    link: dict[str, Any] = json.loads(done.out)
    return link


def test_a_link_says_where_people_come_from_and_where_they_begin(call: Call) -> None:
    link = made(call, "--step", "bye", "--utm-source", "fair", "--expires", "2999-12-31")
    code = link["code"]
    assert is_code(code)
    assert link["addresses"] == {"web": f"https://chat.example.com/l/{code}"}
    assert (link["step"], link["source"], link["valid"]) == ("bye", {"utm_source": "fair"}, True)
    assert link["expires"] == "3000-01-01T00:00:00+00:00"
    assert json.loads(call("links", "list", "--json").out) == [link]
    assert json.loads(call("links", "show", "fair, BOOTH", "--json").out) == link
    shown = call("links", "show", code).out
    assert f"https://chat.example.com/l/{code}" in shown
    assert "opened: 0, talks: 0, leads: 0" in shown


def test_what_a_link_has_brought_is_counted(call: Call) -> None:
    code = made(call)["code"]

    async def open_it() -> None:
        async with await open_database(URL) as database:
            at = datetime(2027, 1, 5, tzinfo=UTC)
            await database.write(lambda tx: tallies.add(tx, tallies.LINK_OPENED, code, at, 7))

    asyncio.run(open_it())
    assert json.loads(call("links", "show", code, "--json").out)["opened"] == 7
    row = call("links", "list").out.splitlines()[1]
    assert row.split() == [code, "Fair,", "booth", "demo", "7", "0", "0"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["Poster", "--script", "dmo"], 1, 'no script "dmo" is live, did you mean "demo"?'),
        (["Poster", "--script", "demo", "--step", "bey"], 1, 'demo has no step "bey", did you mean "bye"?'),
        (["Poster", "--script", "demo", "--step", "ask.team_size"], 1, 'add it to the script: "doors: [bye, ask.team_'),
        (["Poster", "--script", "demo", "--page", "example.com"], 2, "--page is the whole address of a page"),
        (["Poster", "--script", "demo", "--page", "javascript:alert(1)"], 2, "--page is the whole address of a page"),
        (["Poster", "--script", "demo", "--expires", "soon"], 2, '--expires must be a day such as 2027-12-31'),
        (["Poster", "--script", "demo", "--expires", "2020-01-01"], 2, "--expires is over already"),
        (["Poster", "--script", "demo", "--utm-source", "x" * 301], 2, "--utm-source has 1 to 300 letters"),
        ([" ", "--script", "demo"], 2, "a name has 1 to 100 characters"),
        (["Poster"], 2, "--script must be given"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_cure(call: Call, words: list[str], status: int, said: str) -> None:
    done = call("links", "add", *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


def test_a_link_is_found_by_code_or_name_and_removed(call: Call) -> None:
    code = made(call)["code"]
    assert f'did you mean "{code}"?' in call("links", "show", f"{code[:-1]}0").err
    made(call)
    done = call("links", "remove", "Fair, booth")
    assert done.status == 1
    assert "several links are called" in done.err
    assert call("links", "remove", code).status == 0
    assert call("links", "show", code).status == 1
    assert len(json.loads(call("links", "list", "--json").out)) == 1


def drawn(path: str, size: int) -> list[list[int]]:
    """The modules that path data of lines draws."""
    rows = [[0] * size for _ in range(size)]
    for line in path.split("M")[1:]:
        place, _, length = line.partition("h")
        column, row = place.split()
        for offset in range(int(length)):
            rows[int(float(row))][int(column) + offset] = 1
    return rows


def test_a_code_says_the_links_address(call: Call, folder: Path) -> None:
    link = made(call)
    address = link["addresses"]["web"]
    done = call("links", "qr", link["code"], "--out", "poster.svg", "--out", "poster.png", "--json")
    told = json.loads(done.out)
    assert (told["address"], told["files"]) == (address, ["poster.svg", "poster.png"])
    wanted = segno.make(address, error="M", micro=False)
    assert drawn(told["path"], told["size"]) == [list(map(int, row)) for row in wanted.matrix_iter(border=4)]
    print_code = segno.make(address, error="Q", micro=False)
    size = print_code.symbol_size(border=4)[0]
    svg = ET.parse(folder / "poster.svg").getroot()
    assert (svg.get("width"), svg.get("height")) == (str(size), str(size))
    assert struct.unpack(">II", (folder / "poster.png").read_bytes()[16:24]) == (size * 20, size * 20)
    seen = call("links", "qr", link["code"])
    assert address in seen.out
    assert "█" in seen.out


def test_nobody_prints_an_address_of_this_machine_unwarned(call: Call, folder: Path) -> None:
    settled = call("links", "add", "Poster", "--script", "demo")
    assert "public_url" not in settled.err
    (folder / "handraiser.toml").write_text('[telegram]\ntoken = "1:abc"\n')
    for words in (["add", "Fair", "--script", "demo"], ["qr", "Poster"], ["qr", "Poster", "--json"]):
        done = call("links", *words)
        assert done.status == 0
        assert "others may not reach http://127.0.0.1:8080; set [web] public_url" in done.err, words


def test_a_code_in_a_file_of_another_kind_is_refused(call: Call) -> None:
    code = made(call)["code"]
    assert "ends neither in .svg nor in .png" in call("links", "qr", code, "--out", "poster.gif").err
    assert "--margin is from 0 to 20" in call("links", "qr", code, "--margin", "21").err
    done = call("links", "qr", code, "--out", "nowhere/poster.svg")
    assert done.status == 1
    assert "nowhere/poster.svg" in done.err


def test_a_code_for_a_messenger_leads_there_once_it_is_known_how(call: Call) -> None:
    code = made(call)["code"]
    done = call("links", "qr", code, "--for", "telegram")
    assert done.status == 1
    assert "`handraiser run` remembers it as soon as it has reached Telegram" in done.err
    assert "there is no [whatsapp] in the configuration" in call("links", "qr", code, "--for", "whatsapp").err

    async def know_it() -> None:
        async with await open_database(URL) as database:
            way = f"https://t.me/DemoBot?start={PLACEHOLDER}"
            at = datetime(2027, 1, 5, tzinfo=UTC)
            await database.write(lambda tx: settings.put(tx, way_key("telegram"), way, at))

    asyncio.run(know_it())
    told = json.loads(call("links", "qr", code, "--for", "telegram", "--json").out)
    assert told["address"] == f"https://t.me/DemoBot?start={code}"


def test_the_doctor_finds_a_link_whose_step_is_no_door_any_more(call: Call, folder: Path) -> None:
    code = made(call, "--step", "bye")["code"]
    assert code not in call("doctor").out
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT)
    assert call("scripts", "publish", "dialogs/demo.yaml").status == 0
    assert f'Fair, booth ({code}): the step "bye" of demo is no door' in call("doctor").out


def test_a_drawing_has_its_margin() -> None:
    drawing = code_of("https://chat.example.com/l/k7m2p9qxwd")
    rows = drawn(drawing.path, drawing.size)
    assert all(not any(row) for row in (*rows[:4], *rows[-4:]))
    assert all(not any((*row[:4], *row[-4:])) for row in rows)


def test_what_became_of_teasers_is_reported(call: Call) -> None:
    async def show_them() -> None:
        async with await open_database(URL) as database:
            at = datetime.now(UTC)
            await database.write(lambda tx: tallies.add(tx, tallies.TEASER_SHOWN, "demo/prices", at, 40))
            await database.write(lambda tx: tallies.add(tx, tallies.TEASER_ENGAGED, "demo/prices", at, 10))

    assert "No teaser" in call("reports", "teasers", "demo").err
    asyncio.run(show_them())
    assert call("reports", "teasers", "demo").out.splitlines()[1].split() == [
        "prices",
        "40",
        "0",
        "(0%)",
        "10",
        "(25%)",
    ]
    told = json.loads(call("reports", "teasers", "demo", "--json").out)
    assert told == [{"teaser": "prices", "shown": 40, "closed": 0, "engaged": 10}]
