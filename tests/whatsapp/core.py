"""What the rooms of the stand-in share: the business number, people, messages, calls and notifications."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.stand_ins.faults import Fault
from tests.stand_ins.listening import Listening
from tests.whatsapp.messages import File, Message, User
from tests.whatsapp.refusals import Json
from tests.whatsapp.templates import Template

if TYPE_CHECKING:
    from tests.whatsapp.notifying import Notifier

WINDOW_SECONDS = 24 * 3600.0


@dataclass(eq=False, kw_only=True)
class Call:
    """One call of the API."""

    method: str
    """What is called: ``messages``, ``read``, ``media``, ``download``, ``number``, ``templates``."""
    arguments: Json = field(default_factory=dict)
    at: float
    fault: Fault | None = None
    status: int | None = None
    answer: Any = None

    @property
    def code(self) -> int | None:
        """The code of the error it was refused with."""
        return self.answer["error"]["code"] if isinstance(self.answer, dict) and "error" in self.answer else None


class Core(Listening):
    """The state of the stand-in; ``server.WhatsApp`` is the whole."""

    notifier: "Notifier"

    def __init__(
        self,
        *,
        token: str = "EAAGstandinTOKEN",
        app_secret: str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        phone_number_id: str = "106540352242922",
    ) -> None:
        super().__init__()
        self.token = token
        self.app_secret = app_secret
        self.phone_number_id = phone_number_id
        self.business_account_id = "102290129340398"
        self.display_phone_number = "15550783881"
        self.verified_name = "Acme"
        self.refused_with: int | None = None
        """A subcode where the token is expired (463) or revoked (460)."""
        self.users: dict[str, User] = {}
        self.messages: list[Message] = []
        self.templates: list[Template] = []
        self.files: dict[str, File] = {}
        self.calls: list[Call] = []
        self.typing: list[User] = []
        """To whom ``typing …`` was shown, as often as it was."""
        self.rate_limits = False
        """Whether too many messages to one person, or in all, are refused."""
        self.refuses_at_once = False
        """Whether a closed window and an unknown number are refused at once, not by a ``failed`` status."""
        self.tells_statuses = True
        """Whether ``sent`` and ``delivered`` are told without being asked for."""
        self.patience = 10.0
        self.second = 0.01
        """How long a second between retries takes here."""
        self._addresses: dict[str, str] = {}
        self._number = 1000

    @property
    def base_url(self) -> str:
        """What stands for ``https://graph.facebook.com``."""
        return self.url

    def summary(self) -> str:
        """What happened so far, for messages of failing tests."""
        calls = ", ".join(f"{one.method}({one.code or one.status})" for one in self.calls[-10:])
        return f"last calls: {calls or 'none'}; violations: {self.violations}"

    def number(self) -> int:
        """A fresh number."""
        self._number += 1
        return self._number

    def wamid(self) -> str:
        """A fresh id of a message."""
        return f"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3{self.number():06d}AA=="

    def message(self, identity: str) -> Message | None:
        """The message of this id."""
        return next((one for one in self.messages if one.id == identity), None)

    def keep(self, name: str, mime: str, data: bytes) -> File:
        """Keep a file."""
        file = File(id=str(1_166_000_000_000 + self.number()), name=name, mime=mime, data=data, uploaded_at=self.now())
        self.files[file.id] = file
        return file

    def reaches(self, public: str, local: str) -> None:
        """Let ``https://public.example`` be where ``http://127.0.0.1:8080`` is, for links to files."""
        self._addresses[public.rstrip("/")] = local.rstrip("/")

    def reached(self, url: str) -> str | None:
        """The address that is really called for this URL; None where it resolves to nothing."""
        for public, local in self._addresses.items():
            if url == public or url.startswith(f"{public}/"):
                return local + url[len(public) :]
        return None

    def window_is_open(self, user: User) -> bool:
        """Whether this person wrote within 24 hours."""
        return user.last_wrote is not None and self.now() - user.last_wrote < WINDOW_SECONDS
