"""Every kind of human check: its challenge, what it lets through, and what it does when nobody can be asked."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
import pytest_asyncio

from bot.human_checks import ELSEWHERE, HUMAN_CHECKS
from bot.human_checks.contract import Means
from bot.human_checks.puzzle import LASTS, MOST, Puzzle, mix
from bot.outbound.door import Outbound
from tests.receiver import LOOPBACK, Receiver, receiver

NOW = datetime(2027, 1, 5, 10, tzinfo=UTC)


def means(url: str | None = None, key: str = "key") -> Means:
    return Means(key=key, door=Outbound(allowed=LOOPBACK), site_key="site", secret="secret", url=url)


def solved(challenge: Mapping[str, Any]) -> str:
    """What an honest browser finds."""
    salt = challenge["salt"]
    for number in range(challenge["most"]):
        if hashlib.sha256(f"{salt}.{number}".encode()).hexdigest() == challenge["hash"]:
            return f"{salt}.{number}.{challenge['signature']}"
    raise AssertionError("the puzzle has no answer")


@pytest.mark.parametrize("kind", HUMAN_CHECKS)
def test_every_challenge_is_plain_json_and_tells_no_secret(kind: str) -> None:
    check = HUMAN_CHECKS[kind](means())
    challenge = check.challenge(NOW)
    assert challenge["kind"] == kind == check.kind
    assert "secret" not in json.dumps(challenge).replace('"site', "")


async def test_a_solved_puzzle_counts_once() -> None:
    puzzle = Puzzle(means())
    proof = solved(puzzle.challenge(NOW))
    assert await puzzle.verify(proof, "192.0.2.1", NOW)
    assert not await puzzle.verify(proof, "192.0.2.1", NOW)


async def test_another_node_of_the_same_installation_takes_it() -> None:
    assert await Puzzle(means()).verify(solved(Puzzle(means()).challenge(NOW)), "192.0.2.1", NOW)


async def test_what_is_not_a_solution_of_ours_in_time_is_refused() -> None:
    puzzle = Puzzle(means())
    proof = solved(puzzle.challenge(NOW))
    salt, expires, number, signature = proof.split(".")
    shifted = f"{salt}.{expires}{number[0]}.{number[1:] or 0}.{signature}"
    longer = f"{salt}.{int(expires) + 9}.{number}.{signature}"
    other = f"{salt}.{expires}.{int(number) + 1}.{signature}"
    for wrong in ("", "x", proof[:-1], proof + "0", shifted, longer, other, f"{salt}.{expires}.{number}.{'0' * 64}"):
        assert not await puzzle.verify(wrong, "192.0.2.1", NOW), wrong
    assert not await Puzzle(means(key="another")).verify(proof, "192.0.2.1", NOW)
    assert not await puzzle.verify(proof, "192.0.2.1", NOW + timedelta(seconds=LASTS + 1))
    assert await puzzle.verify(proof, "192.0.2.1", NOW)


def test_browsers_find_the_same_number_by_a_hash_of_their_own() -> None:
    challenge = Puzzle(means()).challenge(NOW)
    number = solved(challenge).split(".")[2]
    assert mix(f"{challenge['salt']}.{number}") == challenge["mixed"]
    assert len({mix(f"{challenge['salt']}.{other}") for other in range(1000)}) == 1000


def test_puzzles_cannot_be_foreseen() -> None:
    puzzle = Puzzle(means())
    assert len({puzzle.challenge(NOW)["hash"] for _ in range(50)}) == 50
    assert MOST >= 10_000


@pytest_asyncio.fixture
async def house() -> AsyncIterator[Receiver]:
    async with receiver() as there:
        yield there


@pytest.mark.parametrize("kind", ELSEWHERE)
async def test_another_houses_word_decides(kind: str, house: Receiver) -> None:
    check = HUMAN_CHECKS[kind](means(house.url))
    for said, verdict in (
        ({"success": True}, True),
        ({"success": False, "error-codes": ["timeout-or-duplicate"]}, False),
    ):
        house.body = json.dumps(said).encode()
        house.answers.append((200, {"Content-Type": "application/json"}))
        assert await check.verify("a token & more", "192.0.2.1", NOW) is verdict
    asked = parse_qs(house.deliveries[-1].body.decode())
    assert asked == {
        "secret": ["secret"], "response": ["a token & more"], "remoteip": ["192.0.2.1"], "sitekey": ["site"],
    }  # fmt: skip


@pytest.mark.parametrize("kind", ELSEWHERE)
async def test_where_nobody_can_be_asked_people_are_let_through(kind: str, house: Receiver) -> None:
    assert await HUMAN_CHECKS[kind](means("http://127.0.0.1:9/")).verify("token", "2001:db8::/64", NOW)
    check = HUMAN_CHECKS[kind](means(house.url))
    for status, body in (
        (500, b"{}"), (200, b"<html>"), (200, b"[]"), (200, b'{"success": "yes"}'), (200, b"x" * 100_000),
        (200, b'{"success": false, "error-codes": ["invalid-input-secret"]}'),
    ):  # fmt: skip
        house.body = body
        house.answers.append((status, {}))
        assert await check.verify("token", "2001:db8::/64", NOW), body[:60]
    assert "remoteip" not in house.deliveries[-1].body.decode()
