"""A process of its own that claims leads through the desk as fast as it is told to: ``python -m tests.bot.desk.claimer
URL FOLDER PERSON NAME``. Numbers of handoffs come in by lines; what became of each claim goes out, a line for a line.
"""

import asyncio
import json
import sys
from pathlib import Path

from bot.desk.contract import Acted, Person
from dialogs.desk.acts import Claim
from tests.application import config_for, running


async def main(url: str, folder: str, person: str, name: str) -> None:
    async with running(config_for(url, Path(folder)), targets={}) as app:
        who = Person(target="slack", id=person, name=name)

        async def claim(handoff: int) -> Acted:
            return await app.desk.act(who, handoff, Claim(), f"claim-{person}-{handoff}")

        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            acted = await asyncio.gather(*map(claim, json.loads(line)))
            print(json.dumps([[owner(one), list(one.whispers)] for one in acted]), flush=True)


def owner(acted: Acted) -> str | None:
    """Who has the lead, as this process sees it after its claim."""
    rep = acted.view.desk.rep if acted.view is not None else None
    return rep.name if rep is not None else None


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
