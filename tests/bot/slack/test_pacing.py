"""A channel gets about a message a second, in order, and none while Slack wants a rest; others do not wait for it."""

import asyncio

import pytest

from bot.desk.contract import TryLater
from bot.slack.pacing import Pacer


class Moments:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


async def test_a_few_at_once_then_one_a_second() -> None:
    moments = Moments()
    pacer = Pacer(burst=3, clock=moments, sleep=moments.sleep)
    at = []
    for _ in range(6):
        await pacer.turn("C1")
        at.append(moments.now - 100)
    assert at == [0, 0, 0, 1, 2, 3]


async def test_channels_do_not_wait_for_each_other() -> None:
    moments = Moments()
    pacer = Pacer(burst=1, clock=moments, sleep=moments.sleep)
    for channel in ("C1", "C2", "C3"):
        await pacer.turn(channel)
    assert moments.now == 100


async def test_after_a_while_there_may_be_a_few_at_once_again() -> None:
    moments = Moments()
    pacer = Pacer(burst=2, clock=moments, sleep=moments.sleep)
    for _ in range(4):
        await pacer.turn("C1")
    moments.now += 60
    now = moments.now
    await pacer.turn("C1")
    await pacer.turn("C1")
    assert moments.now == now


async def test_those_who_wait_come_in_their_order() -> None:
    moments = Moments()
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    pacer = Pacer(burst=1, clock=moments, sleep=sleep)
    done: list[int] = []

    async def one(number: int) -> None:
        await pacer.turn("C1")
        done.append(number)

    await asyncio.gather(*(one(number) for number in range(4)))
    assert (waited, done) == ([1.0, 2.0, 3.0], [0, 1, 2, 3])


async def test_nobody_waits_for_ever() -> None:
    moments = Moments()
    pacer = Pacer(burst=1, patience=2.0, clock=moments, sleep=moments.sleep)
    pacer._due["C1"] = moments.now + 3.0
    with pytest.raises(TryLater) as raised:
        await pacer.turn("C1")
    assert raised.value.seconds == 1.0
    assert moments.now == 100


async def test_a_rest_is_kept_to_the_second_by_that_channel_alone() -> None:
    moments = Moments()
    pacer = Pacer(clock=moments, sleep=moments.sleep)
    pacer.rest("C1", 30.0)
    pacer.rest("C1", 5.0)  # A shorter one takes nothing away.
    with pytest.raises(TryLater) as raised:
        await pacer.turn("C1")
    assert raised.value.seconds == 30.0
    pacer.check("C2")
    moments.now += 29.5
    with pytest.raises(TryLater):
        pacer.check("C1")
    moments.now += 0.5
    await pacer.turn("C1")


async def test_who_waits_while_a_rest_begins_does_not_go_on() -> None:
    moments = Moments()
    pacer = Pacer(burst=1, clock=moments, sleep=moments.sleep)
    await pacer.turn("C1")
    waiting = asyncio.create_task(pacer.turn("C1"))
    await asyncio.sleep(0)
    pacer.rest("C1", 30.0)
    with pytest.raises(TryLater):
        await waiting


async def test_what_has_passed_is_forgotten() -> None:
    moments = Moments()
    pacer = Pacer(clock=moments, sleep=moments.sleep)
    for number in range(1000):
        await pacer.turn(f"C{number}")
        pacer.rest(f"C{number}", 1.0)
        moments.now += 2.0
    assert len(pacer._due) <= 2 and len(pacer._resting) <= 2
