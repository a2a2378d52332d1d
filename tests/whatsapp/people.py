"""People: what they do, and what they see of the business.

Notifications go out beside; ``await whatsapp.settled()`` waits until all are taken.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.whatsapp import payloads
from tests.whatsapp.core import Core
from tests.whatsapp.messages import Message, User
from tests.whatsapp.refusals import Json


@dataclass(eq=False, kw_only=True)
class Person(User):
    """A person with WhatsApp."""

    whatsapp: Core = field(repr=False)

    async def says(self, text: str, *, to: Message | None = None, referral: Json | None = None) -> Message:
        """Write a message, perhaps as a reply; ``referral``: the ad by which they come."""
        return await self.sends("text", {"body": text}, to=to, text=text, referral=referral)

    async def sends(self, kind: str, body: Json, *, to: Message | None = None, text: str = "", **more: Any) -> Message:
        """Send a message of any kind; it opens the window of 24 hours."""
        assert not self.blocks, f"{self.name} blocks the business and must unblock it first"
        core = self.whatsapp
        answers = None if to is None else to.id
        message = Message(
            id=core.wamid(), user=self, mine=False, kind=kind, body=body, at=core.now(), answers=answers, text=text
        )
        message.file = more.get("file")
        message.referral = more.get("referral")
        if kind not in {"system", "reaction"}:
            self.last_wrote = core.now()
        core.messages.append(message)
        self.log.append(message)
        core.notifier.tell(payloads.written(core, message))
        core.news()
        return message

    async def presses(self, message: Message, label: str) -> Message:
        """Press a button, or choose from a list."""
        pressed = self._find(message, label)
        kind, answer = pressed["kind"], {name: value for name, value in pressed.items() if name != "kind"}
        if kind == "button":
            return await self.sends("button", {"payload": answer["id"], "text": label}, to=message, text=label)
        return await self.sends("interactive", {"type": kind, kind: answer}, to=message, text=label)

    def follows(self, message: Message, label: str) -> str:
        """The address that a button opens."""
        pressed = self._find(message, label)
        assert pressed["kind"] == "url", f"{label!r} opens nothing"
        return str(pressed["url"])

    def _find(self, message: Message, label: str) -> Json:
        for one in message.buttons:
            if one["title"] == label:
                return one
        raise AssertionError(f"there is no {label!r} to press; there are {message.labels}")

    async def sends_file(self, name: str, data: bytes = b"%PDF-1.7\n", *, mime: str = "application/pdf") -> Message:
        """Send a document."""
        return await self._sends_media("document", name, mime, data, filename=name)

    async def sends_photo(self, data: bytes = b"\xff\xd8\xff\xe0", *, caption: str = "") -> Message:
        """Send a picture."""
        return await self._sends_media(
            "image", "photo.jpg", "image/jpeg", data, **({"caption": caption} if caption else {})
        )

    async def sends_audio(self, data: bytes = b"OggS") -> Message:
        """Send a voice message."""
        return await self._sends_media("audio", "voice.ogg", "audio/ogg", data, voice=True)

    async def _sends_media(self, kind: str, name: str, mime: str, data: bytes, **more: Any) -> Message:
        file = self.whatsapp.keep(name, mime, data)
        body = {"id": file.id, "mime_type": mime, "sha256": "aGFzaA==", **more}
        return await self.sends(kind, body, text=str(more.get("caption", "")), file=file)

    async def shares_location(self, latitude: float = 52.52, longitude: float = 13.405) -> Message:
        """Share where one is."""
        return await self.sends("location", {"latitude": latitude, "longitude": longitude})

    async def shares_contact(self, name: str | None = None, phone: str | None = None) -> Message:
        """Share a card; one's own where nothing is said."""
        number = phone or f"+{self.wa_id}"
        whole = name or self.name
        card = {
            "name": {"formatted_name": whole, "first_name": whole.partition(" ")[0]},
            "phones": [{"phone": number, "wa_id": number.lstrip("+"), "type": "CELL"}],
        }
        core = self.whatsapp
        message = Message(id=core.wamid(), user=self, mine=False, kind="contacts", body=card, at=core.now())
        self.last_wrote = core.now()
        core.messages.append(message)
        self.log.append(message)
        value = payloads.written(core, message)
        value["messages"][0]["contacts"] = [card]
        core.notifier.tell(value)
        return message

    async def reacts(self, message: Message, emoji: str) -> Message:
        """Put a reaction under a message, or take it back with an empty one."""
        message.reactions = [emoji] if emoji else []
        body = {"message_id": message.id, **({"emoji": emoji} if emoji else {})}
        return await self.sends("reaction", body)

    async def sends_what_is_not_supported(self) -> Message:
        """Send what the Cloud API does not pass on, a poll say."""
        return await self.sends("unsupported", {})

    async def changes_number(self, wa_id: str) -> Message:
        """Move to another number."""
        said = f"User {self.name} changed from {self.wa_id} to {wa_id}"
        core = self.whatsapp
        message = await self.sends("system", {"body": said, "wa_id": wa_id, "type": "user_changed_number"})
        del core.users[self.wa_id]
        self.wa_id = wa_id
        core.users[wa_id] = self
        return message

    async def reads(self, message: Message) -> None:
        """Read a message; the business hears of it."""
        message.status = "read"
        self.whatsapp.notifier.tell(payloads.status(self.whatsapp, message, "read"))

    async def comes_online(self) -> None:
        """What waited is delivered."""
        self.offline = False
        for one in self.sees:
            if one.status == "sent":
                self.whatsapp.notifier.delivered(one)

    async def blocks_the_business(self) -> None:
        """Block; nobody hears of it, only that messages fail."""
        self.blocks = True

    async def unblocks(self) -> None:
        """Take that back."""
        self.blocks = False

    @property
    def sees(self) -> list[Message]:
        """What the business wrote and this person can see, oldest first."""
        return [one for one in self.log if one.mine and one.status != "failed"]

    @property
    def typing(self) -> int:
        """How often ``typing …`` was shown."""
        return self.whatsapp.typing.count(self)
