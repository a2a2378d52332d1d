"""The configuration: one TOML file, the environment over it, read once into frozen values.

1. The environment goes before the file, the file before the defaults.
2. Everything that is wrong is said at once; nothing is guessed, nothing unknown is passed over.
3. A relative path counts from the file's folder; from the current one where there is no file or the environment
   says it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Any, cast

import dialogs
from bot.channels import MESSENGERS
from bot.settings.addresses import DatabaseAddress, Host, Network, Origin, WebAddress
from bot.settings.human_checks import HumanCheckSettings, human_check_problems
from bot.settings.kinds import Each, File, Folder, ScriptName, Seconds, SigningKey, Whole, Word, YesNo
from bot.settings.layers import FILE_VARIABLE, Layer, read_environment, read_file
from bot.settings.outside import EmailSettings, OutboundSettings, WebhookSettings, problems_outside
from bot.settings.problems import ConfigError, ConfigProblem
from bot.settings.reading import Reader, keys_of, setting, unknown_sections
from bot.settings.uploads import UploadSettings

__all__ = [
    "OPEN_SECTIONS",
    "SECTIONS",
    "Config",
    "ConfigError",
    "ConfigProblem",
    "DialogsSettings",
    "EmailSettings",
    "HandoffSettings",
    "HumanCheckSettings",
    "LogSettings",
    "OutboundSettings",
    "StorageSettings",
    "UploadSettings",
    "WebSettings",
    "WebhookSettings",
    "load_config",
]

DEFAULT_FILE = Path("handraiser.toml")
"""Read when it exists and no other is named."""
STARTER_SCRIPTS = Path(dialogs.__file__).parent / "library"
"""The scripts that come with the program."""
OPEN_SECTIONS = tuple(dict.fromkeys(("telegram", "slack", *MESSENGERS)))
"""Sections that belong to adapters, which read them themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageSettings:
    """``[storage]``: where everything is remembered."""

    url: str = setting(
        DatabaseAddress(), "sqlite:///data/handraiser.db", example='"postgresql://handraiser@db.example.com/handraiser"'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """``[web]``: where the server listens, who may use it, and how much of it."""

    host: str = setting(Host(), "127.0.0.1", example='"0.0.0.0"')
    port: int = setting(Whole(0, 65535), 8080, example="8080")
    """0 lets the system choose."""
    public_url: str | None = setting(WebAddress(), None, example='"https://chat.example.com"')
    """How visitors reach the server, without a slash at the end; None for the address it listens on."""
    allowed_origins: tuple[str, ...] = setting(Each(Origin()), (), example='["https://www.example.com"]')
    """Websites, beside our own pages, whose visitors may chat: ``https://www.example.com``, ``https://*.example.com``."""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = setting(Each(Network()), (), example='["10.0.0.0/8"]')
    """Proxies whose word on a visitor's address is believed."""
    messages_a_minute: int = setting(Whole(1, 1_000_000), 60, example="60")
    """Of one conversation."""
    conversations_an_hour: int = setting(Whole(1, 10_000_000), 120, example="120")
    """Begun from one network address."""
    identity_secret: str | None = setting(
        SigningKey(), None, example='"5f0b2c9de71a48f3a6c4e8d1b7092f5ec3d86a410e9b7f2dc5a1846f30b9e72d"'
    )
    """Shared with the website's backend, which signs with it who its visitor is; None for no such identities."""
    max_frame_bytes: int = setting(Whole(8 * 1024, 1024 * 1024), 65536, example="65536")
    """Largest message on a socket."""
    max_body_bytes: int = setting(Whole(8 * 1024, 64 * 1024 * 1024), 65536, example="65536")
    """Largest body of an HTTP request."""

    @property
    def base_url(self) -> str:
        """How visitors reach the server: ``public_url``, or else the address it listens on."""
        if self.public_url is not None:
            return self.public_url
        host = self.host
        try:
            address = ip_address(host)
        except ValueError:
            return f"http://{host}:{self.port}"
        if address.is_unspecified:
            host = "localhost"
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogsSettings:
    """``[dialogs]``: the scripts."""

    folder: Path = setting(Folder(), STARTER_SCRIPTS, example='"dialogs"')  # noqa: RUF009  # It makes a field.
    """Exists."""
    watch: bool = setting(YesNo(), True, example="true")
    """Whether a saved script goes live by itself."""
    check_seconds: float = setting(Seconds(0.1, 3600), 1.0, example="1.0")
    """How often the folder is looked at."""
    first: str | None = setting(ScriptName(), None, example='"welcome"')
    """The script a visitor gets whose page names none; None for the first one by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffSettings:
    """``[handoff]``: who takes leads."""

    team: Path | None = setting(File(), None, example='"team.yaml"')  # noqa: RUF009  # It makes a field.
    """The team file; exists, and not within the scripts' folder. None for everybody, at any hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """``[log]``: what is written to standard error."""

    level: str = setting(Word(("debug", "info", "warning", "error")), "info", example='"info"')
    format: str = setting(Word(("text", "json")), "text", example='"json"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole configuration."""

    storage: StorageSettings = field(default_factory=StorageSettings)
    web: WebSettings = field(default_factory=WebSettings)
    dialogs: DialogsSettings = field(default_factory=DialogsSettings)
    handoff: HandoffSettings = field(default_factory=HandoffSettings)
    email: EmailSettings = field(default_factory=EmailSettings)
    webhook: WebhookSettings = field(default_factory=WebhookSettings)
    outbound: OutboundSettings = field(default_factory=OutboundSettings)
    uploads: UploadSettings = field(default_factory=UploadSettings)
    log: LogSettings = field(default_factory=LogSettings)
    human_check: HumanCheckSettings = field(default_factory=HumanCheckSettings)
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    """Of Slack and the messengers, where they are configured: as written, with secrets read from their files.
    From the environment every value is a text."""
    path: Path | None = None
    """The file; None when there is none."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Every secret, so that logs can leave them out."""


SECTIONS: Mapping[str, type[Any]] = {
    "storage": StorageSettings,
    "web": WebSettings,
    "dialogs": DialogsSettings,
    "handoff": HandoffSettings,
    "email": EmailSettings,
    "webhook": WebhookSettings,
    "outbound": OutboundSettings,
    "uploads": UploadSettings,
    "log": LogSettings,
    "human_check": HumanCheckSettings,
}
"""Every section that is read here."""


def load_config(path: Path | None, environ: Mapping[str, str]) -> Config:
    """Read the configuration: from ``path``, else the file that the environment names, else ``handraiser.toml``.

    Raises ``ConfigError`` with everything that is wrong.
    """
    if path is None:
        path = _path_from(environ)
    file = read_file(path, [*SECTIONS, *OPEN_SECTIONS]) if path is not None else Layer()
    environment = read_environment(environ, {name: keys_of(model) for name, model in SECTIONS.items()})
    reader = Reader((environment, file), path.parent if path is not None else Path.cwd())
    reader.problems.extend((*file.problems, *environment.problems))
    known = {name: keys_of(model) for name, model in SECTIONS.items()} | dict.fromkeys(OPEN_SECTIONS, ())
    reader.problems.extend(unknown_sections(reader.layers, known))
    values = {name: reader.section(name, model) for name, model in SECTIONS.items()}
    sections = {name: keys for name in OPEN_SECTIONS if (keys := reader.open_section(name)) is not None}
    reader.problems.extend(_misplaced_team(reader.layers, values["dialogs"].folder, values["handoff"].team))
    reader.problems.extend(_misplaced_uploads(reader.layers, values["dialogs"].folder, values["uploads"].folder))
    reader.problems.extend(problems_outside(reader.layers, values))
    reader.problems.extend(human_check_problems(reader.layers, values["human_check"]))
    if reader.problems:
        raise ConfigError(reader.problems)
    return Config(**cast(Any, values), sections=sections, path=path, secrets=tuple(dict.fromkeys(reader.secrets)))


def _misplaced_team(layers: Sequence[Layer], folder: Path, team: Path | None) -> list[ConfigProblem]:
    """A team file among the scripts, where it would be taken for one."""
    if team is None or team.resolve().parent != folder.resolve():
        return []
    message = "stands in the scripts' folder, where every such file is a script; put it beside that folder"
    given = (layer.table.get("handoff", {}).get("team") for layer in layers)
    return [one.problem(message) for one in given if one is not None][:1]


def _misplaced_uploads(layers: Sequence[Layer], scripts: Path, folder: Path) -> list[ConfigProblem]:
    """Files of visitors where files of ours are served from."""
    if not folder.resolve().is_relative_to(scripts.resolve()):
        return []
    message = "is within the scripts' folder, from which files are served; put it elsewhere"
    given = (layer.table.get("uploads", {}).get("folder") for layer in layers)
    return [one.problem(message) for one in given if one is not None][:1] or [
        ConfigProblem("", "uploads.folder", message)
    ]


def _path_from(environ: Mapping[str, str]) -> Path | None:
    named = environ.get(FILE_VARIABLE)
    if named is not None:
        if not named.strip():
            raise ConfigError([ConfigProblem("", FILE_VARIABLE, "is empty; name a file, or do not set it at all")])
        return Path(named).expanduser()
    return DEFAULT_FILE if DEFAULT_FILE.exists() else None
