"""What a server took in and died with is dealt with by another one that runs, in order, by one at a time."""

from bot.channels.contract import Began, Said
from bot.channels.intake import LEFT_SECONDS
from tests.bot.messengers.conftest import Run
from tests.bot.messengers.looking import transcript
from tests.clock import StoppedClock
from tests.messenger import NAME, Carrier


async def test_another_server_takes_over_what_one_died_with(run: Run, carrier: Carrier, clock: StoppedClock) -> None:
    ada = carrier.person(1)
    async with run(), run() as there:
        dead, alive = carrier.messengers
        for event in (ada.event(Began()), ada.event(Said(text="Ada")), ada.event(Said(text="ada@example.com"))):
            await dead.take_in_only(event)
        assert await alive.take_over(LEFT_SECONDS) == 0  # Whoever took it in may be dealing with it.
        clock.pass_(seconds=LEFT_SECONDS)
        assert await alive.take_over(LEFT_SECONDS) == 3
        await ada.sees("How many people?")
        assert [text for who, text in await transcript(there, 1) if who == "visitor"] == ["Ada", "ada@example.com"]
        assert await alive.take_over(LEFT_SECONDS) == 0


async def test_one_server_at_a_time_is_told_of_it(run: Run, carrier: Carrier, clock: StoppedClock) -> None:
    ada = carrier.person(1)
    async with run(), run():
        one, other = (messenger.house for messenger in carrier.messengers)
        await carrier.messengers[0].take_in_only(ada.event(Began()))
        clock.pass_(seconds=LEFT_SECONDS)
        assert len(await one.left_over(NAME, LEFT_SECONDS)) == 1
        assert not await other.left_over(NAME, LEFT_SECONDS)
        clock.pass_(seconds=LEFT_SECONDS + 1)  # The first one has died, too.
        assert len(await other.left_over(NAME, LEFT_SECONDS)) == 1
        assert not await one.left_over(NAME, LEFT_SECONDS)


async def test_what_is_dealt_with_by_two_servers_is_answered_once(
    run: Run, carrier: Carrier, clock: StoppedClock
) -> None:
    """One that was only slow brings it while another has taken it over."""
    ada = carrier.person(1)
    async with run(), run() as there:
        slow, other = carrier.messengers
        began, named = ada.event(Began()), ada.event(Said(text="Ada"))
        for event in (began, named):
            await slow.take_in_only(event)
        clock.pass_(seconds=LEFT_SECONDS)
        await other.take_over(LEFT_SECONDS)
        await slow.house.receive(began)
        await slow.house.receive(named)
        await ada.sees("Where shall it go, Ada?")
        said = [("bot", "What may I call you?"), ("visitor", "Ada"), ("bot", "Where shall it go, Ada?")]
        assert await transcript(there, 1) == said
