"""Events of webhooks on their way to the house: in order for each chat, none in another's way, none lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from bot.channels import intake as room
from bot.channels.contract import Incoming, Said, Sender
from bot.channels.intake import Intake
from tests.house import HouseDouble


def read(raw: str) -> Incoming | None:
    """``ada: Hello``; nothing is of no concern, and what has no colon cannot be read."""
    if not raw.strip():
        return None
    name, colon, words = raw.partition(": ")
    if not colon:
        raise ValueError("it has no colon")
    sender = Sender(address=name, person=f"pigeon:{name}")
    return Incoming(channel="pigeon", event_id="", sender=sender, heard=Said(text=words))


class Desk:
    """Deals with events, as slowly as tests want."""

    def __init__(self, house: HouseDouble) -> None:
        self.house = house
        self.holds = {name: asyncio.Event() for name in ("ada", "bob")}
        for hold in self.holds.values():
            hold.set()

    async def receive(self, incoming: Incoming) -> None:
        await self.holds[incoming.sender.address].wait()
        await self.house.receive(incoming)


@pytest.fixture
def house() -> HouseDouble:
    return HouseDouble()


@pytest.fixture
def desk(house: HouseDouble) -> Desk:
    return Desk(house)


@pytest_asyncio.fixture(loop_scope="session")
async def intake(house: HouseDouble, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Intake]:
    monkeypatch.setattr(room, "STOP_SECONDS", 0.05)
    intake = Intake(house, "pigeon", read, desk.receive, pauses=(0.0, 0.0))
    yield intake
    await intake.stop()


def said(house: HouseDouble) -> list[str]:
    return [f"{one.sender.address}: {one.heard.text}" for one in house.received if isinstance(one.heard, Said)]


async def test_a_chat_is_dealt_with_in_order(house: HouseDouble, intake: Intake) -> None:
    house.busy = 2
    raws = [f"ada: {number}" for number in range(50)]
    await intake.take([(raw, raw) for raw in raws])
    await intake.settled()
    assert said(house) == raws


async def test_no_chat_waits_for_another(house: HouseDouble, desk: Desk, intake: Intake) -> None:
    desk.holds["ada"].clear()
    await intake.take([("1", "ada: one"), ("2", "bob: one"), ("3", "ada: two"), ("4", "bob: two")])
    await house.wait(2)
    assert said(house) == ["bob: one", "bob: two"]
    desk.holds["ada"].set()
    await house.wait(4)
    assert said(house)[2:] == ["ada: one", "ada: two"]


async def test_a_repeat_is_not_dealt_with_again(house: HouseDouble, intake: Intake) -> None:
    for _ in range(3):
        await intake.take([("1", "ada: one")])
        await intake.settled()
    assert said(house) == ["ada: one"]


async def test_what_cannot_be_read_or_dealt_with_is_put_aside(house: HouseDouble, intake: Intake) -> None:
    house.busy = 3
    await intake.take([("1", "ada: one"), ("2", "?"), ("3", " "), ("4", "ada: two")])
    await intake.settled()
    assert said(house) == ["ada: two"]
    assert house.aside == {
        ("pigeon", "1"): "OSError: the database is away",
        ("pigeon", "2"): "it has no colon",
        ("pigeon", "3"): "",
    }


async def test_putting_aside_takes_as_long_as_it_takes(
    house: HouseDouble, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LONGEST_PAUSE", 0.0)
    put_aside, failures = house.set_aside, iter(range(3))

    async def fails(channel: str, event_id: str, reason: str) -> None:
        if next(failures, None) is not None:
            raise OSError("the database is away")
        await put_aside(channel, event_id, reason)

    monkeypatch.setattr(house, "set_aside", fails)
    await intake.take([("1", "?")])
    await intake.settled()
    assert house.aside == {("pigeon", "1"): "it has no colon"}


async def test_what_is_not_on_disk_is_not_acknowledged_and_not_dealt_with(house: HouseDouble, intake: Intake) -> None:
    house.full = True
    with pytest.raises(OSError, match="no space"):
        await intake.take([("1", "ada: one")])
    house.full = False
    await intake.settled()
    assert said(house) == []
    await intake.take([("1", "ada: one")])
    await intake.settled()
    assert said(house) == ["ada: one"]


async def test_who_asks_may_go_away(house: HouseDouble, desk: Desk, intake: Intake) -> None:
    asking = asyncio.ensure_future(intake.take([("1", "ada: one")]))
    await asyncio.sleep(0.01)
    asking.cancel()
    await asyncio.wait({asking})
    await house.wait()


async def test_what_is_not_finished_stays_for_the_next_start(house: HouseDouble, desk: Desk, intake: Intake) -> None:
    desk.holds["ada"].clear()
    await intake.take([("1", "ada: one"), ("2", "ada: two")])
    await intake.stop()
    assert list(house.disk.values()) == ["ada: one", "ada: two"]
    desk.holds["ada"].set()
    later = Intake(house, "pigeon", read, desk.receive)
    await later.start()
    await later.settled()
    assert said(house) == ["ada: one", "ada: two"]
    assert house.disk == {}


async def test_what_another_process_died_with_is_taken_over_while_this_one_runs(
    house: HouseDouble, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.01)
    await intake.start()
    await house.take_in("pigeon", "left", "ada: one")
    await house.wait()
    assert said(house) == ["ada: one"]


async def test_looking_goes_on_when_it_fails(
    house: HouseDouble, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.01)
    left_over, failures = house.left_over, iter(range(2))
    await intake.start()

    async def fails(channel: str, seconds: float = 0.0) -> Sequence[tuple[str, str]]:
        if next(failures, None) is not None:
            raise OSError("the database is away")
        return await left_over(channel, seconds)

    monkeypatch.setattr(house, "left_over", fails)
    await house.take_in("pigeon", "left", "ada: one")
    await house.wait()


async def test_what_is_in_our_own_hands_is_not_taken_over(house: HouseDouble, desk: Desk, intake: Intake) -> None:
    desk.holds["ada"].clear()
    await intake.take([("1", "ada: one")])
    await intake.take_over()
    desk.holds["ada"].set()
    await intake.settled()
    assert said(house) == ["ada: one"]
