"""The whole stand-in: one server that speaks as the Bot API does."""

from functools import partial
from typing import Any

from aiohttp import web

from tests.telegram import files
from tests.telegram.calling import Gateway
from tests.telegram.chats import Chat, Json, Message
from tests.telegram.groups import Groups
from tests.telegram.methods import handlers
from tests.telegram.people import Person
from tests.telegram.polling import Poll
from tests.telegram.text import part
from tests.telegram.updates import KINDS, Update
from tests.telegram.webhooks import Delivery, Webhook


class Telegram(Groups):
    """Telegram, as the bot and its people meet it. ``async with Telegram() as telegram:``."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.poll = Poll()
        self.webhook = Webhook(self, self._in_answer)
        self._gateway = Gateway(self, handlers(self.poll, self.webhook))

    def routes(self, app: web.Application) -> None:
        """Say who answers what."""
        app.router.add_route("*", "/bot{token}/{method}", self._gateway.serve)
        app.router.add_get("/file/bot{token}/{path:.+}", partial(files.serve, self))

    async def _in_answer(self, arguments: Json) -> None:
        await self._gateway.in_answer(arguments)

    async def stop(self) -> None:
        """End all, what hangs too."""
        self.webhook.url = ""
        await super().stop()

    def person(self, first_name: str = "Ada", **about: Any) -> Person:
        """Somebody with an account, who has not met the bot; ``met=True`` where they have."""
        person = Person(telegram=self, id=about.pop("id", 700_000_000 + self.number()), first_name=first_name, **about)
        self.users[person.id] = person
        self.private(person)
        return person

    def messages(self, chat: Chat) -> list[Message]:
        """What stands in a chat, oldest first."""
        return [one for one in chat.log if not one.deleted]

    def shown(self, message: Message) -> str:
        """What a reader reads, a file and each row of buttons on a line of its own."""
        lines = [f"[{message.file.name}]"] if message.file is not None else []
        lines += [message.text] if message.text else []
        return "\n".join(lines + [" ".join(f"[{label}]" for label in row) for row in message.buttons])

    def formats(self, message: Message) -> list[tuple[str, str]]:
        """What of it is formatted how, in the order of the text."""
        return [(one["type"], part(message.text, one["offset"], one["length"])) for one in message.entities]

    @property
    def deliveries(self) -> list[Delivery]:
        """All tries to call the webhook."""
        return self.webhook.deliveries

    @property
    def waiting(self) -> list[Update]:
        """The updates that the bot has not confirmed."""
        return list(self.updates.waiting)

    async def heard(self, seconds: float = 60.0) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: not self.updates.waiting, seconds)

    def calls_of(self, method: str) -> list[Json]:
        """What a method was called with, oldest first."""
        return [one.arguments for one in self.calls if one.method == method]

    def sends_update(self, body: Json, *, as_it_is: bool = False) -> Update:
        """Any update, also of no kind there is; under a fresh number unless ``as_it_is``."""
        content = {key: value for key, value in body.items() if key != "update_id"}
        return self.queue(content, _source(content), body.get("update_id") if as_it_is else None)

    def redelivers(self, update: Update | int) -> Update:
        """The same update once more, under the same number: its confirmation was lost."""
        number = update if isinstance(update, int) else update.id
        known = next(one for one in self.updates.sent if one.id == number)
        return self.sends_update(known.body, as_it_is=True)


def _source(content: Json) -> int:
    """The chat or user whose updates come in order."""
    kind = next((one for one in content if one in KINDS), None)
    inner = content.get(kind, {}) if kind is not None else {}
    for path in (("chat",), ("message", "chat"), ("from",), ("user",)):
        found: Any = inner
        for name in path:
            found = found.get(name, {}) if isinstance(found, dict) else {}
        if isinstance(found, dict) and isinstance(found.get("id"), int):
            return int(found["id"])
    return 0
