"""What goes out: every message, in order, whatever the platform does; at most one part twice."""

import asyncio
from dataclasses import replace

from bot.app import Application
from bot.channels.contract import Outgoing, OutsideWindow
from bot.desk.contract import TryLater, Undeliverable
from storage import chats, deliveries, outbox
from storage.erasing import erase_talk
from storage.outbox import DELIVER, HAND_OFF
from tests.application import HeardTarget
from tests.bot.messengers.conftest import Run
from tests.bot.messengers.looking import stored, transcript
from tests.bot.messengers.test_hearing import at_email
from tests.clock import StoppedClock
from tests.messenger import CAPABILITIES, NAME, Carrier

SHORT = replace(CAPABILITIES, text_characters=20)


async def delivered(application: Application, number: int) -> None:
    """Wait until everything that was said to somebody is known to be out."""
    one = await stored(application, number)
    async with asyncio.timeout(60):
        while await application.database.read(lambda tx: deliveries.watermark(tx, one.id)) < one.last_seq:
            await asyncio.sleep(0.01)


async def test_a_platform_that_wants_to_be_left_alone_gets_everything_later_in_order(
    application: Application, carrier: Carrier, clock: StoppedClock
) -> None:
    ada = await at_email(carrier, 1)
    carrier.trouble = lambda _: TryLater("too many", seconds=30)
    calls = carrier.calls
    await ada.says("ada@example.com")
    while carrier.calls == calls:
        await asyncio.sleep(0.01)
    await ada.says("20")
    carrier.trouble = lambda _: None
    shown = len(ada.screen)
    clock.pass_(seconds=31)
    application.outbox.hint()
    await ada.sees("When?")
    said = [text for who, text in await transcript(application, 1) if who == "bot"]
    # The guide and the code came with a line more: their titles and the code.
    assert [text.partition("\n")[0] for text in ada.texts] == [text.partition("\n")[0] for text in said]
    assert len(ada.screen) > shown


async def test_a_message_that_is_out_when_the_process_ends_is_the_only_one_that_comes_twice(
    run: Run, carrier: Carrier, clock: StoppedClock
) -> None:
    async with run() as application:
        ada = await at_email(carrier, 2)
        out: list[str] = []

        def dies(outgoing: Outgoing) -> Exception | None:
            out.append(outgoing.id)
            return ConnectionError("gone") if len(out) == 2 else None

        carrier.trouble_after = dies
        await ada.says("ada@example.com")
        await ada.waits(lambda: len(out) == 2)
    carrier.trouble_after = lambda _: None
    clock.pass_(minutes=10)
    async with run() as application:
        await ada.sees("How many people?")
        await ada.waits(lambda: len([one for one in ada.screen if one.id == out[1]]) == 2)
        ids = [one.id for one in ada.screen]
        assert sorted(ids) == sorted([*set(ids), out[1]])
        await delivered(application, 2)


async def test_a_long_message_goes_on_at_the_part_that_was_not_out(
    run: Run, carrier: Carrier, clock: StoppedClock
) -> None:
    async with run(SHORT) as application:
        ada = carrier.person(3)
        await ada.starts()
        await ada.sees("What may I call you?")
        failed: list[str] = []

        def fails(outgoing: Outgoing) -> Exception | None:
            if "Ada?" in outgoing.shown.text and not failed:
                failed.append(outgoing.id)
                return TryLater("flood", seconds=5)
            return None

        carrier.trouble = fails
        await ada.says("Ada")
        await ada.waits(lambda: len(ada.screen) == 2)
        while not failed:
            await asyncio.sleep(0.01)
        clock.pass_(seconds=6)
        application.outbox.hint()
        await ada.waits(lambda: len(ada.screen) == 3)
        assert ada.texts == ["What may I call you?", "Where shall it go,", "Ada?"]


async def test_a_message_that_nobody_can_deliver_is_a_dead_letter_and_holds_nobody_up(
    application: Application, carrier: Carrier
) -> None:
    ada = await at_email(carrier, 4)
    carrier.trouble = lambda outgoing: Undeliverable("files are off") if outgoing.shown.file else None
    await ada.says("ada@example.com")
    await ada.sees("How many people?")
    assert all(one.shown.file is None for one in ada.screen)
    letters = await application.database.read(outbox.dead_letters)
    assert [(one.kind, one.error) for one in letters] == [(DELIVER, "Undeliverable: files are off")]
    carrier.trouble = lambda _: None
    await application.database.write(lambda tx: outbox.resend(tx, letters[0].id, application.clock()))
    application.outbox.hint()
    await ada.waits(lambda: ada.screen[-1].shown.file is not None)
    assert ada.texts.count("How many people?") == 1


async def test_whoever_blocked_us_is_never_written_to_again_until_they_write(
    application: Application, carrier: Carrier
) -> None:
    ada = await at_email(carrier, 5)
    carrier.blocked.add("5")
    await ada.says("ada@example.com")
    while True:
        chat = await application.database.read(lambda tx: chats.find(tx, NAME, "5"))
        assert chat is not None
        if chat.unreachable is not None:
            break
        await asyncio.sleep(0.01)
    calls = carrier.calls
    one = await stored(application, 5)
    await application.database.write(
        lambda tx: outbox.queue(tx, one.id, outbox.NewEffect(kind=DELIVER, payload={}), application.clock())
    )
    application.outbox.hint()
    other = await at_email(carrier, 6)
    assert other.screen
    assert carrier.calls - calls == len(other.screen)
    carrier.blocked.clear()
    await ada.says("20")
    await ada.sees("When?")


async def test_outside_the_platforms_window_words_wait_until_the_person_writes(
    application: Application, carrier: Carrier, clock: StoppedClock
) -> None:
    ada = await at_email(carrier, 7)
    await ada.says("ada@example.com")
    await ada.says("20")
    await ada.sees("When?")
    await ada.presses("Later")
    carrier.trouble = lambda _: OutsideWindow("24 hours are over")
    calls = carrier.calls
    clock.pass_(days=3)
    application.outbox.hint()
    while carrier.calls == calls:
        await asyncio.sleep(0.01)
    carrier.trouble = lambda _: None
    await ada.says("hello?")
    await ada.sees("Thank you, Ada!")


async def test_people_are_told_of_a_lead_though_the_messenger_is_down(
    application: Application, carrier: Carrier, target: HeardTarget
) -> None:
    ada = await at_email(carrier, 8)
    await ada.says("ada@example.com")
    await ada.says("80")
    await ada.sees("When?")
    carrier.trouble = lambda _: ConnectionError("down")
    await ada.presses("This month")
    view = await target.wait()
    assert view.lead.name == "Ada"
    waiting = await application.database.read(lambda tx: outbox.backlog_by_kind(tx, application.clock()))
    assert HAND_OFF not in waiting


async def test_the_visitor_is_answered_though_sales_cannot_be_told(
    application: Application, carrier: Carrier, target: HeardTarget
) -> None:
    target.failures = 1000
    ada = await at_email(carrier, 9)
    await ada.says("ada@example.com")
    await ada.says("80")
    await ada.sees("When?")
    await ada.presses("This month")
    await ada.sees("Thank you, Ada!")


async def test_somebody_who_is_erased_in_the_middle_gets_no_more(application: Application, carrier: Carrier) -> None:
    ada = await at_email(carrier, 10)
    one = await stored(application, 10)
    gone = asyncio.Event()
    taken: list[Outgoing] = []

    def meanwhile(outgoing: Outgoing) -> Exception | None:
        taken.append(outgoing)
        return TryLater("wait", seconds=0) if not gone.is_set() else None

    carrier.trouble = meanwhile
    await ada.says("ada@example.com")
    while not taken:
        await asyncio.sleep(0.01)
    await application.database.write(lambda tx: erase_talk(tx, one.id, application.clock()))
    gone.set()
    shown = len(ada.screen)
    other = await at_email(carrier, 12)
    assert other.screen
    assert len(ada.screen) <= shown + 1  # What was under way at that very moment.
    assert not await application.database.write(lambda tx: deliveries.advance(tx, one.id, 9))


async def test_what_was_said_while_the_process_was_away_goes_out_at_the_next_start(
    run: Run, carrier: Carrier, clock: StoppedClock
) -> None:
    async with run():
        ada = await at_email(carrier, 11)
        await ada.says("ada@example.com")
        await ada.says("20")
        await ada.sees("When?")
        await ada.presses("Later")
    clock.pass_(days=3)
    async with run():
        await ada.sees("Thank you, Ada!")
