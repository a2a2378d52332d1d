"""Every kind of human check: its challenge, what it lets through, and what it does when nobody can be asked."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest
import pytest_asyncio

from bot.human_checks import ELSEWHERE, HUMAN_CHECKS
from bot.human_checks.contract import Means
from bot.human_checks.elsewhere import Elsewhere
from bot.human_checks.puzzle import LASTS, MOST, Puzzle
from bot.outbound.door import Outbound
from tests.receiver import LOOPBACK, Receiver, receiver

NOW = datetime(2027, 1, 5, 10, tzinfo=UTC)
ADDRESS = "93.184.216.34"


class Record:
    """What was used, as the database of an installation remembers it."""

    def __init__(self) -> None:
        self.until: dict[str, datetime] = {}
        self.asked = 0

    async def spend(self, name: str, until: datetime) -> bool:
        self.asked += 1
        return self.until.setdefault(name, until) is until


def means(url: str | None = None, key: str = "key", record: Record | None = None) -> Means:
    door, spend = Outbound(allowed=LOOPBACK), (record or Record()).spend
    return Means(key=key, door=door, spend=spend, site_key="site", secret="secret", url=url)


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


async def test_a_solved_puzzle_counts_once_on_all_nodes_together() -> None:
    record = Record()
    one, other = (Puzzle(means(record=record)) for _ in range(2))
    proof = solved(one.challenge(NOW))
    assert await other.verify(proof, "192.0.2.1", NOW)
    assert not await one.verify(proof, "192.0.2.1", NOW)
    assert not await other.verify(proof, "192.0.2.1", NOW)
    (until,) = record.until.values()
    assert until == NOW + timedelta(seconds=LASTS)


async def test_a_flood_of_answers_that_are_none_or_were_used_never_reaches_the_database() -> None:
    record = Record()
    puzzle = Puzzle(means(record=record))
    proof = solved(puzzle.challenge(NOW))
    assert await puzzle.verify(proof, "192.0.2.1", NOW)
    for _ in range(100):
        assert not await puzzle.verify(proof, "192.0.2.1", NOW)
        assert not await puzzle.verify(f"{proof[:-1]}{'0' if proof[-1] != '0' else '1'}", "192.0.2.1", NOW)
    assert record.asked == 1


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


def test_puzzles_cannot_be_foreseen() -> None:
    puzzle = Puzzle(means())
    assert len({puzzle.challenge(NOW)["hash"] for _ in range(50)}) == 50
    assert MOST >= 10_000


@pytest_asyncio.fixture
async def house() -> AsyncIterator[Receiver]:
    async with receiver() as there:
        yield there


def says(house: Receiver, said: object, status: int = 200) -> None:
    house.body = said if isinstance(said, bytes) else json.dumps(said).encode()
    house.answers.append((status, {"Content-Type": "application/json"}))


@pytest.mark.parametrize("kind", ELSEWHERE)
async def test_another_houses_word_decides(kind: str, house: Receiver) -> None:
    check = HUMAN_CHECKS[kind](means(house.url))
    says(house, {"success": True, "hostname": "www.example.com", "error-codes": []})
    assert await check.verify("a.token&more", ADDRESS, NOW)
    asked = {name: one for name, (one,) in parse_qs(house.deliveries[-1].body.decode()).items()}
    if kind == "turnstile":
        assert UUID(asked.pop("idempotency_key")).version == 4
    else:
        assert asked.pop("sitekey") == "site"
    assert asked == {"secret": "secret", "response": "a.token&more", "remoteip": ADDRESS}


REFUSALS: tuple[object, ...] = (
    ["timeout-or-duplicate"], ["invalid-input-response"], ["missing-input-response"], ["expired-input-response"],
    ["already-seen-response"], ["invalid-or-already-seen-response"], [], ["something-new"], "no list",
    # These could be mistakes in our settings, but a token that somebody made up can cause them, too.
    ["sitekey-secret-mismatch"], ["bad-request"], ["not-using-dummy-passcode"],
)  # fmt: skip


@pytest.mark.parametrize("kind", ELSEWHERE)
@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("codes", REFUSALS, ids=str)
async def test_no_refusal_that_a_visitor_can_cause_lets_them_in(
    kind: str, status: int, codes: object, house: Receiver
) -> None:
    says(house, {"success": False, "error-codes": codes}, status)
    assert not await HUMAN_CHECKS[kind](means(house.url)).verify("token", ADDRESS, NOW)
    assert len(house.deliveries) == 1


@pytest.mark.parametrize("kind", ELSEWHERE)
async def test_what_can_be_no_token_of_theirs_is_not_even_asked_about(kind: str, house: Receiver) -> None:
    check = HUMAN_CHECKS[kind](means(house.url))
    assert isinstance(check, Elsewhere)
    for wrong in ("", "a token", "t\u00f6ken", "a\nb", "x" * (check.longest + 1)):
        assert not await check.verify(wrong, ADDRESS, NOW)
    assert house.deliveries == []


@pytest.mark.parametrize("kind", ELSEWHERE)
@pytest.mark.parametrize("address", ["2001:db8::/64", "unknown", "10.0.0.7", "127.0.0.1", "::1", ""])
async def test_only_an_address_that_is_one_is_told(kind: str, address: str, house: Receiver) -> None:
    says(house, {"success": True})
    assert await HUMAN_CHECKS[kind](means(house.url)).verify("token", address, NOW)
    assert "remoteip" not in house.deliveries[-1].body.decode()


@pytest.mark.parametrize("kind", ELSEWHERE)
async def test_where_nobody_can_be_asked_people_are_let_through(kind: str, house: Receiver) -> None:
    assert await HUMAN_CHECKS[kind](means("http://127.0.0.1:9/")).verify("token", ADDRESS, NOW)
    for status, body in (
        (500, b"{}"), (200, b"<html>"), (200, b"[]"), (200, b'{"success": "yes"}'), (200, b"x" * 100_000),
        (429, b"slow down"), (200, b"[" * 10_000),
        (200, b'{"success": false, "error-codes": ["internal-error"]}'),
        (200, b'{"success": false, "error-codes": ["invalid-input-secret"]}'),
    ):  # fmt: skip
        house.answers.clear()
        for _ in range(2):
            says(house, body, status)
        assert await HUMAN_CHECKS[kind](means(house.url)).verify("token", ADDRESS, NOW), body[:60]


async def test_turnstile_is_asked_again_by_the_same_key_after_an_error_of_its_own(house: Receiver) -> None:
    bodies = [b'{"success": false, "error-codes": ["internal-error"]}', b'{"success": false, "error-codes": ["x"]}']
    house.bodies = [*bodies]
    house.answers += [(200, {}), (200, {})]
    assert not await HUMAN_CHECKS["turnstile"](means(house.url)).verify("token", ADDRESS, NOW)
    one, two = house.deliveries
    assert one.body == two.body


async def test_hcaptcha_whose_tokens_cannot_be_asked_about_twice_is_asked_once(house: Receiver) -> None:
    says(house, b"<html>", 502)
    assert await HUMAN_CHECKS["hcaptcha"](means(house.url)).verify("token", ADDRESS, NOW)
    assert len(house.deliveries) == 1
