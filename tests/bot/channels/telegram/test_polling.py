"""Fetching updates: what is on disk is confirmed, and nothing else; duplicates, poison, two pollers, a kill between."""

import asyncio
import json
import os
import random
from pathlib import Path

import pytest

from bot.channels.contract import Began, Edited, Left, Said, SharedContact, Wished
from bot.channels.telegram.messenger import TelegramMessenger
from tests.bot.channels.telegram.conftest import Begin, buttons, outgoing
from tests.bot.channels.telegram.house import Disk, DiskFull, PaperHouse
from tests.stand_ins.faults import Refused, Status
from tests.telegram.people import Person
from tests.telegram.server import Telegram


def words(house: PaperHouse) -> list[str]:
    return [one.text for one in house.heard if isinstance(one, Said)]


async def test_what_people_do_is_heard_in_order(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    messenger = await begin(house)
    await ada.starts("aB3_-x")
    said = await ada.says("Hello")
    await ada.edits(said, "Hello you")
    await ada.shares_contact()
    await ada.says("/stop")
    await ada.blocks_the_bot()
    await house.until(lambda: len(house.heard) == 6)
    assert house.heard == [
        Began(code="aB3_-x"),
        Said(text="Hello"),
        Edited(reference=str(said.id), text="Hello you"),
        SharedContact(phone="+442079460000", own=True),
        Wished(command="stop"),
        Left(),
    ]
    await telegram.heard()
    assert house.disk.waiting == {}
    assert messenger.polling is not None


async def test_pressed_buttons_are_heard_and_stop_glowing(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    messenger = await begin(house)
    await messenger.deliver(outgoing(ada.id, "When?", buttons=buttons("Now", "Later")))
    press = await ada.presses(ada.sees[0], "Later")
    await house.until(lambda: house.heard)
    assert house.heard == [Said(text="Later", button="b:17:5:1")]
    await telegram.until(lambda: press.answered)


async def test_nothing_is_confirmed_before_it_is_on_disk(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    house.broken = DiskFull("no room")
    await begin(house)
    await ada.says("Hello")
    await telegram.until(lambda: len(telegram.calls_of("getUpdates")) >= 4)
    assert len(telegram.waiting) == 1
    house.broken = None
    await telegram.heard()
    await house.until(lambda: house.heard)
    assert words(house) == ["Hello"]


async def test_repeats_and_disorder_are_harmless(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    common = {"date": 5, "from": ada.payload(), "chat": ada.chat.payload()}
    updates = [
        {"update_id": 500 + number, "message": {"message_id": 10 + number, "text": str(number), **common}}
        for number in range(10)
    ]
    shuffled = updates * 3
    random.Random(7).shuffle(shuffled)
    messenger: TelegramMessenger = await begin(house)
    for one in shuffled:
        await messenger.intake.take([one])
    await messenger.intake.take(shuffled)
    await house.until(lambda: len(house.heard) == 10)
    await messenger.intake.settled()
    assert sorted(words(house)) == sorted(map(str, range(10)))
    assert sorted(one.order for one in house.disk.heard) == list(range(10, 20))


async def test_a_lost_confirmation_does_no_harm(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    await begin(house)
    said = await ada.says("Hello")
    await telegram.heard()
    assert said.update_id is not None
    telegram.redelivers(said.update_id)
    await ada.says("Again")
    await telegram.heard()
    await house.until(lambda: len(house.heard) == 2)
    assert words(house) == ["Hello", "Again"]


async def test_poison_in_the_middle_blocks_nobody(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    async def stumble(incoming: object) -> None:
        if "poison" in repr(incoming):
            raise ValueError("it is poisonous")

    house.before_receiving = stumble
    await begin(house)
    await ada.says("before")
    telegram.sends_update({"message": {"chat": {"id": ada.id}, "text": 17}})
    telegram.sends_update({"a_kind_to_come": 17})
    await ada.says("poison")
    await ada.says("x" * 4096)
    await ada.says("after")
    await house.until(lambda: len(house.heard) == 3 and len(house.disk.aside) == 3)
    assert [one[:6] for one in words(house)] == ["before", "xxxxxx", "after"]
    assert sorted(house.disk.aside.values()) == ["", "", "ValueError: it is poisonous"]


@pytest.mark.skipif("HANDRAISER_CORPORA" not in os.environ, reason="name other people's updates in HANDRAISER_CORPORA")
@pytest.mark.parametrize("name", ["updates", "messages"])
async def test_other_peoples_updates_block_nobody(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person, name: str
) -> None:
    cases = json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "telegram" / f"{name}.json").read_text())["cases"]
    await begin(house)
    for case in cases:
        telegram.sends_update(case["body"] if name == "updates" else {"message": case["body"]})
    await ada.says("after all of them")
    await telegram.heard()
    await house.until(lambda: house.disk.waiting == {})
    assert "after all of them" in words(house)
    assert len(house.heard) + len(house.disk.aside) == len(cases) + 1
    assert set(house.disk.aside.values()) == {""}
    telegram.violations.clear()  # Presses that the stand-in knows nothing of are answered all the same.


async def test_of_two_processes_one_fetches(
    telegram: Telegram, begin: Begin, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk()
    first, second = PaperHouse(disk), PaperHouse(disk)
    leading = await begin(first)
    await telegram.until(lambda: telegram.poll.is_waiting)
    await begin(second)
    await ada.says("one")
    await first.until(lambda: first.heard)
    assert disk.leader is first
    assert caplog.text.count("this one stands by") <= 1
    await leading.stop()
    await ada.says("two")
    await second.until(lambda: len(disk.heard) == 2)
    assert disk.leader is second
    assert words(second) == ["one", "two"]
    assert "another program" not in caplog.text


async def test_another_program_with_our_token_is_told_of_once(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    described = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    telegram.fails("getUpdates", Refused(409, {"ok": False, "error_code": 409, "description": described}), times=5)
    await begin(house)
    await ada.says("Hello")
    await house.until(lambda: house.heard)
    assert caplog.text.count("another program uses this bot") == 1


async def test_a_webhook_from_before_is_taken_away(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person
) -> None:
    telegram.reaches("https://old.example", "http://127.0.0.1:9")
    telegram.webhook.url = "https://old.example/x"
    await begin(house)
    await telegram.until(lambda: telegram.webhook.url == "")
    await ada.says("Hello")
    await house.until(lambda: house.heard)


async def test_trouble_is_told_once_and_passes(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails("getUpdates", Status(502), times=4)
    await begin(house)
    await ada.says("Hello")
    await house.until(lambda: house.heard)
    assert caplog.text.count("no updates come in") == 1
    await telegram.heard()
    assert "updates come in" in caplog.text


async def test_a_kill_between_saving_and_dealing_loses_nothing(telegram: Telegram, begin: Begin, ada: Person) -> None:
    disk = Disk()
    killed, reached = PaperHouse(disk), asyncio.Event()

    async def hang(_: object) -> None:
        reached.set()
        await asyncio.Event().wait()

    killed.before_receiving = hang
    messenger: TelegramMessenger = await begin(killed)
    await ada.says("one")
    await ada.says("two")
    await telegram.heard()
    await reached.wait()
    kill(messenger)
    house = PaperHouse(disk)
    disk.leads_until = 0.0
    await begin(house)
    await ada.says("three")
    await house.until(lambda: len(disk.heard) == 3)
    assert words(house) == ["one", "two", "three"]


async def test_a_kill_before_saving_leaves_it_with_telegram(telegram: Telegram, begin: Begin, ada: Person) -> None:
    disk = Disk()
    killed, reached = PaperHouse(disk), asyncio.Event()

    async def hang() -> None:
        reached.set()
        await asyncio.Event().wait()

    killed.before_saving = hang
    messenger = await begin(killed)
    await ada.says("one")
    await reached.wait()
    kill(messenger)
    assert len(telegram.waiting) == 1
    disk.leads_until = 0.0
    house = PaperHouse(disk)
    await begin(house)
    await house.until(lambda: house.heard)
    assert words(house) == ["one"]


async def test_in_groups_that_are_not_ours_the_group_is_one(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person, max_: Person
) -> None:
    group = telegram.group("Friends", ada, max_)
    await begin(house)
    await telegram.adds_the_bot(group, ada)
    for person in (ada, max_):
        await person.says("/help", group)
    await house.until(lambda: len(house.heard) == 2)
    assert {(one.sender.address, one.sender.is_group) for one in house.disk.heard} == {(str(group.id), True)}


async def test_in_groups_that_are_ours_everybody_is_for_themselves(
    telegram: Telegram, house: PaperHouse, begin: Begin, ada: Person, max_: Person
) -> None:
    group = telegram.group("Friends", ada, max_)
    messenger = await begin(house, groups=True)
    await telegram.adds_the_bot(group, ada)
    for person in (ada, max_):
        await person.says("@ava_acme_bot hello", group)
    await house.until(lambda: len(house.heard) == 2)
    addresses = {one.sender.address for one in house.disk.heard}
    assert addresses == {f"{group.id}:{ada.id}", f"{group.id}:{max_.id}"}
    assert not any(one.sender.is_group for one in house.disk.heard)

    await messenger.deliver(outgoing(f"{group.id}:{ada.id}", "When?", buttons=buttons("Now")))
    asked = telegram.messages(group)[-1]
    await max_.presses(asked, "Now")
    await telegram.until(lambda: max_.alerts == ["Diese Knöpfe sind für jemand anderen."])
    await ada.presses(asked, "Now")
    await house.until(lambda: len(house.heard) == 3)
    assert house.heard[-1] == Said(text="Now", button="b:17:5:0")

    new = await telegram.upgrades(group, ada)
    await ada.says("@ava_acme_bot still here", new)
    await house.until(lambda: len(house.heard) == 4)
    assert house.disk.heard[-1].sender.address == f"{group.id}:{ada.id}"
    await messenger.deliver(outgoing(f"{group.id}:{ada.id}", "Good"))
    assert telegram.messages(new)[-1].text == "Good"


def kill(messenger: TelegramMessenger) -> None:
    """End what a process does at once, without letting anything finish."""
    assert messenger.polling is not None
    others = (messenger.polling._task, messenger._introducing._task, messenger.intake._leavings._task)
    for task in (*others, *messenger.intake._tasks):
        assert task is not None
        task.cancel()
