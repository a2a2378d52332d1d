"""Our own program in this process: engine, manager and storage with the lead dialog published."""

import contextlib
import uuid
from collections.abc import AsyncIterator
from functools import partial

from sqlalchemy import func, select

from benchmarks.bare import person_of
from benchmarks.compiling import compiled
from benchmarks.lead_dialog import NAME, SCRIPT, TURNS, WrongAnswer
from bot.granting import MagnetGiver
from bot.magnets import MAGNET_OPTIONS, MAGNETS
from bot.manager import Manager, utc_now
from bot.scripts import Scripts
from dialogs.events import VisitorArrived, VisitorSaid
from dialogs.source import read_touch
from storage import scripts as stored
from storage.database import Database, open_database
from storage.tables import LEADS
from storage.tables import TURNS as SAVED_TURNS
from storage.transaction import Transaction

PAGE = "https://www.example.com/pricing?utm_source=newsletter&utm_medium=email&utm_campaign=spring"
"""Where the visitors come from."""
_ADDRESS = "http://127.0.0.1:8080"


class OurProgram:
    """The manager, as a channel uses it."""

    def __init__(self, manager: Manager) -> None:
        self._manager = manager
        self._conversations: dict[int, int] = {}

    @property
    def begun(self) -> int:
        """Conversations that have begun so far."""
        return len(self._conversations)

    async def begin(self, number: int) -> None:
        """Begin the conversation of this visitor."""
        now, person = utc_now(), person_of(number)
        arrived = VisitorArrived(
            at=now,
            person=person,
            channel="web",
            language="en",
            time_zone="Europe/Berlin",
            touch=read_touch(PAGE, None, now),
        )
        standing = await self._manager.begin("web", f"{person}/{NAME}", NAME, arrived)
        self._conversations[number] = standing.conversation_id

    async def say(self, number: int, text: str) -> str:
        """Say something in it; the answer, once everything is on disk."""
        said = VisitorSaid(at=utc_now(), text=text)
        handled = await self._manager.handle(self._conversations[number], said, str(uuid.uuid4()))
        return "\n".join(message["text"] for message in handled.messages if message["from"] == "bot")


@contextlib.asynccontextmanager
async def our_program(database: Database) -> AsyncIterator[OurProgram]:
    """Our program on an empty database, which is closed in the end."""
    async with database:
        script = compiled()
        publish = partial(stored.publish, name=NAME, version=script.version, text=SCRIPT, at=utc_now())
        await database.write(publish)
        scripts = Scripts(database, MAGNET_OPTIONS)
        await scripts.refresh()
        giver = MagnetGiver(MAGNETS, _ADDRESS)
        yield OurProgram(Manager(database, scripts, giver, utc_now, f"{_ADDRESS}/pictures"))


async def check_saved(url: str, conversations: int) -> None:
    """Raise ``WrongAnswer`` unless so many conversations are saved, each with its lead and every turn."""

    def saved(tx: Transaction) -> tuple[int, int]:
        complete = [
            fields
            for (fields,) in tx.connection.execute(select(LEADS.c.fields))
            if {"first_name", "email", "company", "team_size", "budget"} <= fields.keys() and fields["budget"] == 25000
        ]
        turns = tx.connection.execute(select(func.count()).select_from(SAVED_TURNS)).scalar_one()
        return len(complete), turns

    async with await open_database(url) as database:
        leads, turns = await database.read(saved)
    if (leads, turns) != (conversations, conversations * (TURNS + 1)):
        raise WrongAnswer(f"after {conversations} conversations there are {leads} complete leads and {turns} turns")
