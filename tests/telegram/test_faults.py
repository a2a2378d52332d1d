"""What goes wrong on demand, and flood control, as the library meets them."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.stand_ins.faults import Cut, Garbage, Hang, Nonsense, Slow, Status, TooMany
from tests.telegram.faults import refused
from tests.telegram.people import Person
from tests.telegram.server import Telegram


def texts(person: Person) -> list[str]:
    return [one.text for one in person.sees]


async def test_a_refusal_of_any_kind_as_often_as_told(client: Bot, telegram: Telegram, ada: Person) -> None:
    telegram.fails("sendMessage", refused(400, "have no rights to send a message"), times=2)
    for _ in range(2):
        with pytest.raises(BadRequest):
            await client.send_message(ada.id, "x")
    await client.send_message(ada.id, "third")
    assert texts(ada) == ["third"]


async def test_a_fault_may_strike_one_chat_or_every_second_call(
    client: Bot, telegram: Telegram, ada: Person, max_: Person
) -> None:
    telegram.fails("sendMessage", Status(500), chat=ada.id, every=2)
    done = []
    for person in (ada, max_, ada, max_, ada, ada):
        try:
            await client.send_message(person.id, "x")
            done.append(True)
        except NetworkError:
            done.append(False)
    assert done == [True, True, False, True, True, False]


@pytest.mark.parametrize("fault", [Status(502), Garbage(), Nonsense()])
async def test_what_is_no_answer(client: Bot, telegram: Telegram, ada: Person, fault: Status) -> None:
    telegram.fails("*", fault)
    with pytest.raises(TelegramError):
        await client.send_message(ada.id, "x")
    telegram.recovers()
    await client.send_message(ada.id, "y")
    assert texts(ada) == ["y"]


async def test_cut_after_it_was_done(client: Bot, telegram: Telegram, ada: Person) -> None:
    telegram.fails("sendMessage", Cut(), times=1)
    telegram.fails("editMessageText", Cut(applied=False), times=1)
    with pytest.raises(NetworkError):
        await client.send_message(ada.id, "x")
    with pytest.raises(NetworkError):
        await client.edit_message_text("y", ada.id, ada.sees[0].id)
    assert texts(ada) == ["x"]


async def test_silence_and_slowness(client: Bot, telegram: Telegram, ada: Person) -> None:
    telegram.fails("sendMessage", Hang(), times=1)
    with pytest.raises(TimedOut):
        await client.send_message(ada.id, "x", read_timeout=0.2)
    telegram.fails("sendMessage", Slow(0.01), times=1)
    await client.send_message(ada.id, "slowly")
    assert texts(ada) == ["slowly"]


async def test_down_and_up_again(client: Bot, telegram: Telegram, ada: Person) -> None:
    poll = asyncio.create_task(client.get_updates(timeout=10))
    await telegram.until(lambda: telegram.poll.is_waiting)
    await telegram.goes_down()
    with pytest.raises(NetworkError):
        await poll
    with pytest.raises(NetworkError):
        await client.send_message(ada.id, "x")
    await ada.says("meanwhile")
    await telegram.comes_back()
    assert [one.message and one.message.text for one in await client.get_updates(timeout=0)] == ["meanwhile"]


async def test_flood_control_says_when_to_come_back(client: Bot, telegram: Telegram, ada: Person) -> None:
    telegram.fails("sendMessage", TooMany(7), times=1)
    with pytest.raises(RetryAfter):
        await client.send_message(ada.id, "x")
    assert telegram.calls[-1].answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await client.send_message(ada.id, "at once")
    assert [one.arguments["text"] for one in telegram.impatient] == ["at once"]


async def test_one_message_a_second_to_a_chat_when_switched_on(
    client: Bot, telegram: Telegram, ada: Person, max_: Person
) -> None:
    telegram.rate_limits = True
    await client.send_message(ada.id, "one")
    await client.send_message(max_.id, "one")
    with pytest.raises(RetryAfter):
        await client.send_message(ada.id, "two")
    telegram.pass_(2.5)
    await client.send_message(ada.id, "three")
    assert texts(ada) == ["one", "three"]


async def test_thirty_a_second_in_all_and_twenty_a_minute_to_a_group(
    client: Bot, telegram: Telegram, ada: Person
) -> None:
    telegram.rate_limits = True
    people = [telegram.person(f"P{number}", met=True) for number in range(40)]
    frozen = telegram.now()
    telegram.now = lambda: frozen  # type: ignore[method-assign]
    refused_ones = 0
    for person in people:
        try:
            await client.send_message(person.id, "x")
        except RetryAfter:
            refused_ones += 1
    assert refused_ones == 10
    group = telegram.group("Buyers", ada)
    await telegram.adds_the_bot(group, ada)
    refused_at = []
    for second in range(2, 46, 2):
        telegram.now = lambda second=second: frozen + second  # type: ignore[method-assign,misc]
        try:
            await client.send_message(group.id, "x")
        except RetryAfter:
            refused_at.append(second)
    assert refused_at == [42, 44]
