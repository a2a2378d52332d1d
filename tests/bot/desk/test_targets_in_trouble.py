"""One target in trouble holds up no other, and is told everything when it is well again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp
import pytest_asyncio

from bot.app import Application
from bot.desk.contract import DeskView, Person, Posts, TryLater, Undeliverable
from dialogs.desk.acts import Claim
from storage import outbox
from tests.application import HeardTarget, WireVisitor, config_for, running
from tests.bot.web.conftest import SCRIPT
from tests.clock import StoppedClock

ANNA = Person(target="slack", id="U0ANNA", name="Anna Berg")


class Troubled(HeardTarget):
    """A target with a trouble of its own."""

    name = "webhook"

    def __init__(self, trouble: Exception) -> None:
        super().__init__()
        self.trouble: Exception | None = trouble
        self.tried = asyncio.Event()

    async def show(self, view: DeskView, posts: Posts) -> None:
        self.tried.set()
        if self.trouble is not None:
            raise self.trouble
        await super().show(view, posts)


class House:
    """The application with a target that is well and one that is in trouble."""

    def __init__(self, app: Application, well: HeardTarget, ill: Troubled, visitor: WireVisitor) -> None:
        self.app, self.well, self.ill, self.visitor = app, well, ill, visitor

    async def becomes_hot(self) -> DeskView:
        for text in ("Ada Lovelace", "ada@example.com", "80"):
            await self.visitor.says(text)
        await self.visitor.presses("This month")
        return await self.well.wait()


@pytest_asyncio.fixture(loop_scope="session")
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    folder = tmp_path / "dialogs"
    (folder / "files").mkdir(parents=True)
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    (folder / "files" / "guide.pdf").write_bytes(b"%PDF-1.4 the guide")
    (folder / "files" / "codes.txt").write_text("ALPHA\nBETA\n", "utf-8")
    well, ill = HeardTarget(), Troubled(Undeliverable("webhook: example.com answers 410; correct [webhook] url"))
    clock = StoppedClock()
    config = config_for(database_url, folder)
    async with (
        running(config, targets={"terminal": well, "webhook": ill}, clock=clock) as app,
        aiohttp.ClientSession() as session,
    ):
        visitor = WireVisitor(session, app.base_url, "welcome")
        await visitor.connect()
        try:
            yield House(app, well, ill, visitor)
        finally:
            await visitor.close()


async def failing(app: Application) -> Sequence[outbox.FailingEffect]:
    """What fails, once something does."""
    async with asyncio.timeout(30):
        while not (found := await app.database.read(outbox.failing)):
            await asyncio.sleep(0.01)
    return found


async def test_what_happens_next_reaches_the_others_at_once(house: House) -> None:
    view = await house.becomes_hot()
    (effect,) = await failing(house.app)
    assert (effect.payload["target"], effect.error.partition(":")[0]) == ("webhook", "Undeliverable")
    assert "correct [webhook] url" in effect.error
    await house.app.desk.act(ANNA, view.handoff, Claim(), "claim")
    await house.well.sees(lambda shown: shown.desk.rep is not None)
    assert len(await house.app.database.read(outbox.failing)) == 1


async def test_a_target_that_is_well_again_is_shown_how_things_stand_by_then(house: House) -> None:
    house.ill.trouble = TryLater("webhook: no answer", seconds=60)
    view = await house.becomes_hot()
    await failing(house.app)
    await house.app.desk.act(ANNA, view.handoff, Claim(), "claim")
    await house.well.sees(lambda shown: shown.desk.rep is not None)
    house.ill.trouble = None
    clock = house.app.clock
    assert isinstance(clock, StoppedClock)
    clock.pass_(minutes=2)
    house.app.outbox.hint()
    told = await house.ill.wait()
    assert told.desk.rep is not None and told.desk.rep.name == "Anna Berg"
    assert len(house.ill.shown) == 1
    async with asyncio.timeout(30):
        while await house.app.database.read(outbox.failing):
            await asyncio.sleep(0.01)


async def test_what_was_given_up_after_three_days_comes_with_the_next_thing_that_happens(house: House) -> None:
    view = await house.becomes_hot()
    await failing(house.app)
    clock = house.app.clock
    assert isinstance(clock, StoppedClock)
    house.ill.tried.clear()
    clock.pass_(days=3, minutes=10)
    house.app.outbox.hint()
    await house.ill.tried.wait()
    house.ill.trouble = None
    await house.app.desk.act(ANNA, view.handoff, Claim(), "claim")
    assert (await house.ill.wait()).desk.rep is not None
