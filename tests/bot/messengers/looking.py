"""What the database says of talks on the tests' messenger."""

from typing import Any

from bot.app import Application
from storage import conversations, leads
from storage.conversations import StoredConversation
from storage.leads import LeadSheet
from tests.messenger import NAME


async def stored(application: Application, number: int | str, script: str = "welcome") -> StoredConversation:
    """The conversation of a person on the messenger."""
    found = await application.database.read(lambda tx: conversations.find(tx, NAME, f"{number}/{script}"))
    assert found is not None
    return found


async def transcript(application: Application, number: int | str, script: str = "welcome") -> list[tuple[str, str]]:
    """Everything that was said, as (who, text)."""
    one = await stored(application, number, script)
    messages = await application.manager.messages_after(one.id, 0)
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    return [(message["from"], message["text"]) for message in messages]


async def sheet(application: Application, number: int | str, script: str = "welcome") -> LeadSheet:
    """Everything about the lead of a person."""
    one = await stored(application, number, script)

    def read(tx: Any) -> LeadSheet | None:
        (line,) = [line for line in leads.list_leads(tx, leads.LeadFilter()).leads if line.id == one.lead_id]
        return leads.show_lead(tx, line.public_id)

    found = await application.database.read(read)
    assert found is not None
    return found
