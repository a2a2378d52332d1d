"""Groups that became supergroups: their conversations keep the address they began with."""

from dataclasses import replace

from bot.channels.contract import House
from bot.channels.telegram.addresses import Address
from bot.channels.telegram.reading import NAME


class Moves:
    """Which group is which, kept by the house. Private chats never move."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def remember(self, old: str, new: str) -> None:
        """Remember that a group has a new id."""
        original = await self._house.recall(NAME, f"was:{old}") or old
        await self._house.remember(NAME, f"now:{original}", new)
        await self._house.remember(NAME, f"was:{new}", original)

    async def current(self, address: Address) -> Address:
        """Where to write."""
        return await self._moved(address, "now")

    async def original(self, address: Address) -> Address:
        """Under which address the conversation is known."""
        return await self._moved(address, "was")

    async def _moved(self, address: Address, age: str) -> Address:
        if address.chat > 0:
            return address
        chat = await self._house.recall(NAME, f"{age}:{address.chat}")
        return replace(address, chat=int(chat)) if chat else address
