"""What is passed on to people holds no card numbers and no keys; everything else arrives as it was typed."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.masking import MASK, masked
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.web.conftest import SCRIPT

CARDS = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "5555.5555.5555.4444",
    "3782 822463 10005",
    "30569309025904",
    "6011\u00a01111\u00a01111\u00a01117",
    "3530111333300000",
    "2223 0031 2200 3222",
    "٤١١١١١١١١١١١١١١١",
]


@pytest.mark.parametrize("number", CARDS)
@pytest.mark.parametrize("around", ["{}", "my card is {}, thanks", "{} 12/29 123", "Visa:{}.", "two: {} {}"])
def test_of_a_card_number_the_last_four_digits_stay(number: str, around: str) -> None:
    shown = masked(around.replace("{}", number))
    assert number not in shown
    assert f"{MASK} {number[-4:]}" in shown
    assert sum(one.isdigit() for one in shown) <= 4 * around.count("{}") + sum(one.isdigit() for one in around)


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",  # The check digit is wrong.
        "+49 151 2345 6789 012",
        "+4915123456789",
        "0049 30 901820",
        "We are 1,200 people in 14 offices",
        "order 12345678",
        "2027-01-05 10:00:00, 2027-01-06 11:00:00",
        "1e4111111111111111",
        "a41111111111111111b",
        "1234567890123",  # No card begins so.
        "41111111111111111111111111111111",
        "192.168.100.200",
        "",
        "https://example.com/4111/1111",
        "sk-short",
        "eyJust a word",
    ],
)
def test_what_is_neither_arrives_as_it_was_typed(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "key",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc",
        "sk-" + "proj-abcdefghijklmnopqrstuvwx",
        "ghp_" + "a1B2" * 9,
        "github" + "_pat_11ABCDEFG0123456789_abcdefghijkl",
        "glpat-" + "abcdefghij0123456789",
        "xoxb" + "-123456789012-abcdefGHIJKL",
        "AIza" + "Sy" + "a1B2c3" * 5 + "xyz",
        "SG." + "a" * 22 + "." + "b" * 43,
        "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".dozjgNryP4J3jVmNHl0w5N",
        "110201543:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK=\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIEow",
    ],
)
def test_a_secret_key_does_not_arrive(key: str) -> None:
    assert masked(f"it says {key}") == f"it says {MASK}"


def test_long_texts_take_no_longer_than_they_are_long() -> None:
    """Every one of these is as long as a message may be; a quadratic reader would take minutes."""
    for text in ("4 " * 8000, "1" * 16_000, "4111-" * 3000, "eyJ" * 5000, "-----BEGIN PRIVATE KEY-----" * 600):
        assert len(masked(text)) <= len(text) + 8


@pytest_asyncio.fixture
async def visitor(sqlite_url: str, tmp_path: Path, target: HeardTarget) -> AsyncIterator[WireVisitor]:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4")
    (folder / "files" / "codes.txt").write_text("ALPHA\nBETA\n", "utf-8")
    config = config_for(sqlite_url, folder)
    async with running(config, targets={"terminal": target}) as app, aiohttp.ClientSession() as session:
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        yield visitor
        await visitor.close()


@pytest.fixture
def target() -> HeardTarget:
    return HeardTarget()


async def test_people_are_not_shown_what_the_visitor_still_sees(visitor: WireVisitor, target: HeardTarget) -> None:
    card = "4111 1111 1111 1111"
    await visitor.says("Ada")
    await visitor.says("ada@example.com")
    await visitor.says("80")
    await visitor.says(f"bill me at once, {card}")
    await visitor.presses("This month")
    view = await target.wait()
    assert card not in repr(view)
    assert ("visitor", f"bill me at once, {MASK} 1111") in view.lead.last_lines
    await visitor.says(f"and again {card}")
    view = await target.sees(lambda one: f"and again {MASK} 1111" in [said["text"] for said in one.messages])
    assert card not in repr(view)
    assert [text for who, text in visitor.transcript if who == "visitor" and card in text] != []
