"""What the rooms of the stand-in share: chats, people, files, calls, and the updates that wait."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.stand_ins.faults import Fault
from tests.stand_ins.listening import Listening
from tests.telegram.chats import Chat, Json, Kind, Message, User
from tests.telegram.files import Files, StoredFile
from tests.telegram.refusals import Malformed, Refusal
from tests.telegram.updates import Update, Updates

if TYPE_CHECKING:
    from tests.telegram.webhooks import Webhook

QUERY_SECONDS = 30.0


@dataclass(eq=False, kw_only=True)
class Call:
    """One call of the Bot API."""

    method: str
    arguments: Json = field(default_factory=dict)
    at: float
    """Of ``Core.now``."""
    fault: Fault | None = None
    status: int | None = None
    answer: Json | None = None

    @property
    def error(self) -> str | None:
        """The description it was refused with."""
        return None if self.answer is None else self.answer.get("description")

    @property
    def result(self) -> Any:
        """What it was answered with."""
        return None if self.answer is None else self.answer.get("result")


@dataclass(eq=False, kw_only=True)
class Press:
    """A button was pressed: the callback query, and what became of it."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    update_id: int | None = None
    answered: bool = False
    text: str | None = None
    """What the answer showed to the one who pressed."""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Doing:
    """``typing …``, as a person sees it."""

    chat: Chat
    action: str
    at: float


class Core(Listening):
    """The state of the stand-in; ``server.Telegram`` is the whole."""

    webhook: "Webhook"

    def __init__(self, *, token: str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw") -> None:
        super().__init__()
        self.token = token
        self.bot = User(
            id=int(token.partition(":")[0]), first_name="Ava", username="ava_acme_bot", is_bot=True, met=True
        )
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = Updates()
        self.files = Files()
        self.calls: list[Call] = []
        self.impatient: list[Call] = []
        """Calls that came before the ``retry_after`` of the one before had passed."""
        self.presses: list[Press] = []
        self.doings: list[Doing] = []
        self.downloads: list[StoredFile] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        """The bot's commands by scope and language."""
        self.about: dict[tuple[str, str], str] = {}
        """The bot's name, description and short description, by language."""
        self.rate_limits = False
        """Whether more than about one message a second and chat, or 30 a second, is refused."""
        self.privacy_mode = True
        """Whether the bot hears only commands, mentions and replies in groups."""
        self.local_mode = False
        """Whether webhooks may be anywhere, as with a Bot API server of one's own."""
        self.patience = 10.0
        """Seconds until Telegram gives up on a webhook or a URL."""
        self.second = 0.01
        """How long a second of Telegram's back-off takes here."""
        self._addresses: dict[str, str] = {}
        self._number = 1000

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's ``base_url``."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """For python-telegram-bot's ``base_file_url``."""
        return f"{self.url}/file/bot"

    def summary(self) -> str:
        """What happened so far, for messages of failing tests."""
        calls = ", ".join(f"{one.method}({one.error or 'ok'})" for one in self.calls[-10:])
        return f"last calls: {calls or 'none'}; waiting: {list(self.updates.waiting)}; violations: {self.violations}"

    def number(self) -> int:
        """A fresh number."""
        self._number += 1
        return self._number

    def reaches(self, public: str, local: str) -> None:
        """Let ``https://public.example`` be where ``http://127.0.0.1:8080`` is."""
        self._addresses[public.rstrip("/")] = local.rstrip("/")

    def reached(self, url: str) -> str | None:
        """The address that Telegram really calls for this URL; None where it resolves to nothing."""
        for public, local in self._addresses.items():
            if url == public or url.startswith((f"{public}/", f"{public}?")):
                return local + url[len(public) :]
        parts = urlsplit(url)
        without_port = f"{parts.scheme}://{parts.hostname}"
        if parts.port and without_port in self._addresses:
            return self._addresses[without_port] + parts.path + (f"?{parts.query}" if parts.query else "")
        return url if self.local_mode else None

    def new_chat(self, kind: Kind, title: str, *members: User, username: str | None = None) -> Chat:
        """A group, supergroup or channel, without the bot in it."""
        number = self.number()
        identity = -number if kind == "group" else -(1_000_000_000_000 + number)
        chat = Chat(id=identity, kind=kind, title=title, username=username, members={one.id for one in members})
        self.chats[identity] = chat
        return chat

    def private(self, user: User) -> Chat:
        """The chat of this person with the bot."""
        return self.chats.setdefault(user.id, Chat(id=user.id, kind="private", person=user))

    def chat_for(self, reference: Any) -> Chat:
        """The chat that ``chat_id`` names, as far as the bot may know of it."""
        if reference in (None, ""):
            raise Malformed("chat_id is empty")
        text = str(reference)
        if text.startswith("@"):
            chat = next((one for one in self.chats.values() if one.username == text[1:]), None)
        else:
            chat = self.chats.get(int(text)) if text.lstrip("-").isdecimal() else None
        person = self.users.get(int(text)) if text.isdecimal() else None
        if person is not None and not person.met and any(self._meet(person)):
            return self.private(person)
        if chat is None or (chat.person is not None and not chat.person.met):
            raise Refusal(400, "chat not found")
        return chat

    def _meet(self, person: User) -> list[Chat]:
        return [one for one in self.chats.values() if person.id in one.members and one.bot != "left"]

    def writable(self, reference: Any) -> Chat:
        """The chat that ``chat_id`` names, where the bot may write."""
        chat = self.chat_for(reference)
        if chat.person is not None:
            if chat.person.deactivated:
                raise Refusal(403, "user is deactivated")
            if not chat.person.met:
                raise Refusal(403, "bot can't initiate conversation with a user")
            if chat.person.blocks:
                raise Refusal(403, "bot was blocked by the user")
            return chat
        if chat.migrated_to is not None:
            where = chat.migrated_to.id
            raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=where)
        if chat.deleted:
            raise Refusal(403, "the group chat was deleted")
        if chat.bot in {"kicked", "left"}:
            how = "kicked from" if chat.bot == "kicked" else "not a member of"
            raise Refusal(403, f"bot was {how} the {chat.kind} chat".replace("was not", "is not"))
        return chat

    def tell(self, kind: str, content: Json, source: int) -> Update | None:
        """Let the bot hear of something, where it wants to."""
        return self.queue({kind: content}, source) if self.updates.wants(kind) else None

    def queue(self, body: Json, source: int, update_id: int | None = None) -> Update:
        """Put an update into the queue as it is."""
        update = self.updates.add(body, source, self.now(), update_id)
        self.webhook.wake(update)
        self.news()
        return update

    def pass_(self, seconds: float) -> None:
        """Let everything grow older by so much."""
        super().pass_(seconds)
        self.updates.forget_old(self.now())
