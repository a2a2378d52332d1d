"""Somebody with a browser in front of a chat: says, presses and sees, by what is on screen and in the ear."""

from typing import Any

from playwright.async_api import Locator, Page, TimeoutError, expect

FOCUSED = """(() => {
    const inside = document.activeElement.shadowRoot?.activeElement;
    if (!inside) return document.activeElement.tagName.toLowerCase();
    const label = inside.getAttribute("aria-label") || inside.labels?.[0]?.textContent;
    return (label || inside.textContent).trim();
})()"""


class Visitor:
    """Drives one chat of a page. Every wait ends as soon as what is waited for is there."""

    def __init__(self, page: Page, chat: str = "handraiser-chat") -> None:
        self.page = page
        self.chat = page.locator(chat)
        self.launcher = self.chat.locator("button.launcher")
        self.panel = self.chat.locator("#panel")
        self.log = self.chat.get_by_role("log")
        self.field = self.chat.locator("#field")
        self.bubbles = self.chat.locator("p.bubble")
        self.heading = self.chat.get_by_role("heading")
        self.typing = self.chat.locator(".typing")
        self.person = self.chat.locator(".person")
        self.notice = self.chat.locator(".notice")

    async def opens(self) -> None:
        """Press the bubble, and wait for the greeting and a connection."""
        await self.launcher.click()
        await expect(self.panel).to_be_visible()
        await self.greeted()
        await self.online()

    async def online(self) -> None:
        """Wait until the conversation is connected: its first message stands there before."""
        await expect(self.chat.locator(".banner")).to_have_attribute("data-state", "online")

    async def greeted(self) -> None:
        """Wait until the bot has said something."""
        await expect(self.bubbles.first).to_be_visible()

    async def connected(self) -> None:
        """Wait until the conversation is there, whether or not the chat is open."""
        await expect(self.bubbles.first).to_be_attached()

    async def closes(self) -> None:
        await self.launcher.click()
        await expect(self.panel).to_be_hidden()

    async def says(self, text: str) -> None:
        """Write and press Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def presses(self, label: str) -> None:
        """Press a button by its exact name."""
        await self.chat.get_by_role("button", name=label, exact=True).click()

    async def sees(self, text: str) -> None:
        """The newest message that holds this text is shown."""
        await expect(self.log.get_by_text(text).last).to_be_visible()

    async def sees_exactly(self, *texts: str) -> None:
        """These are the texts of all bubbles, in order."""
        await expect(self.bubbles).to_have_text(list(texts))

    async def sees_state(self, text: str, state: str) -> None:
        """How something the visitor said is doing: ``sending``, ``waiting``, ``sent`` or ``failed``."""
        said = self.chat.locator(".own").filter(has_text=text).last
        await expect(said.locator(".state")).to_have_attribute("data-state", state)

    def button(self, label: str) -> Locator:
        return self.chat.get_by_role("button", name=label, exact=True)

    async def focused(self) -> str:
        """The accessible name, or else the label, of what has the focus inside the chat."""
        name: str = await self.page.evaluate(f"() => {FOCUSED}")
        return name

    async def focuses(self, name: str) -> None:
        """Wait until what has this name has the focus: it may follow what is seen."""
        try:
            await self.page.wait_for_function(f"(name) => {FOCUSED} === name", arg=name)
        except TimeoutError:
            raise AssertionError(f"{await self.focused()!r} has the focus, not {name!r}") from None

    async def remembers(self, key: str) -> Any:
        """What this browser keeps of the chat under a key (docs/widget.md)."""
        return await self.page.evaluate(
            """(wanted) => {
                const found = Object.keys(localStorage).find((key) => key.endsWith(wanted));
                return found ? JSON.parse(localStorage[found]) : null;
            }""",
            f":{key}",
        )

    async def unsent(self) -> int:
        """How many messages wait in this browser."""
        unsent = "() => Object.keys(localStorage).filter((key) => key.includes(':unsent:')).length"
        return int(await self.page.evaluate(unsent))


def chat(page: Page, selector: str = "handraiser-chat") -> Visitor:
    """The driver of one chat of a page."""
    return Visitor(page, selector)
