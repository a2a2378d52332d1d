"""Run as a process of its own: saves turns as fast as it can, and says each one's name once it was acknowledged."""

import asyncio
import sys

from dialogs.effects import SetTimer
from storage.conversations import NewEffect, StoredConversation
from storage.database import Database, open_database
from tests.storage.samples import answering, begun, bot, later, new_turn, said, saved, visitor

CONVERSATIONS = 12


def acknowledged(text: str) -> None:
    """Tell the parent, at once and in one piece."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def talk(database: Database, name: str) -> None:
    """One visitor who never stops talking."""
    stored: StoredConversation = await begun(database, address=name, person=name)
    number = 0
    while True:
        number += 1
        text = f"{name} {number}"
        new = new_turn(
            said(text, later(number)),
            stored.state,
            [visitor(text), bot(f"re {text}")],
            lead=answering({"number": number}),
            effects=(SetTimer(name="left", due=later(number + 60)),),
            external_id=text,
            queue=(NewEffect(kind="deliver", payload={"text": text}),),
        )
        stored = (await saved(database, stored, new)).conversation
        acknowledged(text)


async def main(url: str, run: str) -> None:
    """Talk in many conversations until killed."""
    async with await open_database(url) as database:
        await asyncio.gather(*(talk(database, f"run-{run}-{number}") for number in range(CONVERSATIONS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
