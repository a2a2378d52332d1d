"""The whole stand-in: one server that speaks as the Cloud API does."""

from typing import Any

from aiohttp import web

from tests.whatsapp.calling import Gateway
from tests.whatsapp.core import Core
from tests.whatsapp.messages import Message
from tests.whatsapp.notifying import Notification, Notifier, Signed
from tests.whatsapp.people import Person
from tests.whatsapp.refusals import Json
from tests.whatsapp.templates import Template


class WhatsApp(Core):
    """WhatsApp, as the business and its people meet it. ``async with WhatsApp() as whatsapp:``."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.notifier = Notifier(self)
        self._gateway = Gateway(self)

    def routes(self, app: web.Application) -> None:
        """Say who answers what."""
        app.router.add_route("*", "/v{version}/{path:.+}", self._gateway.serve)
        app.router.add_get("/lookaside/{media}", self._gateway.download)

    async def stop(self) -> None:
        """End all, what is repeated too."""
        self.notifier.url = None
        await super().stop()

    def person(self, name: str = "Ada", *, wa_id: str | None = None, **about: Any) -> Person:
        """Somebody with WhatsApp, who has not written yet."""
        number = wa_id or f"4915100{self.number():06d}"
        person = Person(whatsapp=self, wa_id=number, name=name, **about)
        self.users[number] = person
        return person

    def template(self, name: str, body: str, *, language: str = "en_US", **more: Any) -> Template:
        """An approved template; ``status`` says otherwise."""
        made = Template(name=name, language=language, body=body, **more)
        self.templates.append(made)
        return made

    def shown(self, message: Message) -> str:
        """What a reader reads, a file and the buttons on lines of their own."""
        lines = [f"[{message.file.name}]"] if message.file is not None else []
        lines += [message.text] if message.text else []
        return "\n".join(lines + ([" ".join(f"[{one}]" for one in message.labels)] if message.buttons else []))

    async def verifies(self, url: str, verify_token: str, challenge: str | None = None) -> bool:
        """Whether the address answers the challenge."""
        return await self.notifier.verify(url, verify_token, challenge)

    async def subscribes(self, url: str, verify_token: str) -> bool:
        """Let notifications go to this address, if it answers the challenge."""
        if not await self.verifies(url, verify_token):
            return False
        self.notifier.url = url
        return True

    @property
    def notifications(self) -> list[Notification]:
        """All notifications, oldest first."""
        return self.notifier.sent

    def signs(self, how: Signed) -> None:
        """How notifications are signed from now on."""
        self.notifier.signed = how

    def holds_back(self) -> None:
        """Notifications wait until ``lets_go``."""
        self.notifier.holding = True

    def lets_go(self, *, backwards: bool = False, together: bool = False) -> None:
        """What was held back goes out: in order or backwards, one by one or together."""
        self.notifier.let_go(backwards=backwards, together=together)

    def sends(self, body: Json) -> Notification:
        """Any notification, as it is."""
        return self.notifier.notify(body)

    def redelivers(self, notification: Notification) -> Notification:
        """The same once more, as happens at Meta."""
        return self.notifier.notify(notification.body)

    async def sends_raw(self, raw: bytes) -> int | None:
        """Any bytes, signed; the status of the answer."""
        return await self.notifier.post(raw)

    def revokes_the_token(self, subcode: int = 463) -> None:
        """The token is refused from now on: expired (463) or revoked (460)."""
        self.refused_with = subcode

    def calls_of(self, method: str) -> list[Json]:
        """What was called with what, oldest first."""
        return [one.arguments for one in self.calls if one.method == method]
