"""A visitor who talks over plain HTTP: one request, one answer."""

import itertools
from typing import Any

import aiohttp

_ids = itertools.count(1)


class HttpVisitor:
    """One conversation."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, script: str) -> None:
        self.session = session
        self.conversations = f"{base_url}/api/v1/conversations"
        self.script = script
        self.token = ""
        self.conversation = ""
        self.cards: list[dict[str, Any]] = []
        """What was given so far."""

    async def arrives(self, **data: Any) -> list[dict[str, Any]]:
        """Begin; what is said first."""
        answer = await self._post(self.conversations, {"script": self.script, **data}, 201)
        self.token, self.conversation = answer["token"], answer["conversation"]
        return list(answer["messages"])

    async def says(self, text: str) -> list[str]:
        """Say something; the bot's words."""
        answer = await self._post(self.messages, {"id": f"{next(_ids)}", "text": text}, 200)
        self.cards += [one["card"] for one in answer["messages"] if "card" in one]
        return [one["text"] for one in answer["messages"] if one["from"] == "bot"]

    async def transcript(self) -> list[tuple[str, str]]:
        """Everything that was said, as (who, text)."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.get(self.messages, headers=headers) as answer:
            assert answer.status == 200
            return [(one["from"], one["text"]) for one in (await answer.json())["messages"]]

    @property
    def messages(self) -> str:
        """The address of what is said."""
        return f"{self.conversations}/{self.conversation}/messages"

    async def _post(self, address: str, data: dict[str, Any], status: int) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.session.post(address, json=data, headers=headers) as answer:
            said: dict[str, Any] = await answer.json()
            assert answer.status == status, (data, said)
            return said
