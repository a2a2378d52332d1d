"""How fast we write."""

import pytest

from bot.channels.telegram.pacing import Pacer
from bot.desk.contract import TryLater


class Time:
    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


def pacer(time: Time, **settings: float) -> Pacer:
    return Pacer(clock=time, sleep=time.sleep, **settings)  # type: ignore[arg-type]


async def test_a_chat_gets_a_few_at_once_then_one_a_second() -> None:
    time = Time()
    pace = pacer(time)
    for _ in range(6):
        await pace.turn("1")
    assert time.waits == [1.0, 1.0, 1.0]
    await pace.turn("2")
    assert len(time.waits) == 3


async def test_a_group_gets_twenty_a_minute() -> None:
    time = Time()
    pace = pacer(time)
    for _ in range(23):
        await pace.turn("-5")
    assert time.now - 100.0 == pytest.approx(60.0)


async def test_all_chats_get_thirty_a_second_together() -> None:
    time = Time()
    pace = pacer(time)
    for chat in range(90):
        await pace.turn(str(chat))
    assert time.now - 100.0 == pytest.approx(2.0)


async def test_who_would_wait_too_long_is_told_when() -> None:
    time = Time()
    pace = pacer(time, patience=0.5)
    for _ in range(3):
        await pace.turn("1")
    with pytest.raises(TryLater) as raised:
        await pace.turn("1")
    assert raised.value.seconds == pytest.approx(1.0)
    await pace.turn("2")


async def test_nobody_is_written_to_while_telegram_wants_a_rest() -> None:
    time = Time()
    pace = pacer(time)
    pace.rest(7.0)
    pace.rest(3.0)
    with pytest.raises(TryLater) as raised:
        await pace.turn("1")
    assert raised.value.seconds == pytest.approx(7.0)
    time.now += 7.0
    await pace.turn("1")
    assert time.waits == []


async def test_a_rest_that_is_asked_for_meanwhile_holds_those_who_wait() -> None:
    time = Time()
    pace = pacer(time)
    for _ in range(3):
        await pace.turn("1")

    async def sleep(seconds: float) -> None:
        pace.rest(30.0)

    pace._sleep = sleep
    with pytest.raises(TryLater):
        await pace.turn("1")


async def test_what_has_passed_is_forgotten() -> None:
    time = Time()
    pace = pacer(time)
    for chat in range(500):
        await pace.turn(str(chat))
        time.now += 10
    assert len(pace._due) <= 3
