"""Kinds of settings that are addresses: of hosts, websites, networks, databases."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

from bot.settings.kinds import Kind, text_of
from bot.settings.problems import shown
from bot.settings.secrets import is_placeholder

_HOST_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Host(Kind[str]):
    """A name or an address of this machine to listen on."""

    def read(self, given: object) -> str:
        """The name, without port."""
        host = text_of(given, "a host name or an address such as 127.0.0.1").strip("[]")
        if "://" in host:
            raise ValueError(f"must be a host alone, without http:// and port, not {shown(host)}")
        if not _is_host(host):
            hint = "; the port is a setting of its own" if re.search(r":\d+$", host) else ""
            raise ValueError(f"must be a host name or an address such as 127.0.0.1, not {shown(host)}{hint}")
        return host


@dataclass(frozen=True, slots=True)
class WebAddress(Kind[str]):
    """The address of a website, as people and other programs reach it."""

    def read(self, given: object) -> str:
        """The address without a slash at its end."""
        address = text_of(given, "an address such as https://chat.example.com")
        parts = _split(address)
        if parts is None or parts.scheme not in _DEFAULT_PORTS or not _is_host(parts.hostname or ""):
            raise ValueError(f"must be an address such as https://chat.example.com, not {_shown_address(address)}")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not hold a user name and a password")
        if parts.query or parts.fragment:
            raise ValueError(f"must end before ? and #, unlike {_shown_address(address)}")
        if not address.isascii() and parts.hostname:
            address = parts._replace(netloc=_with_port(_in_ascii(parts.hostname), parts)).geturl()
        return address.rstrip("/")


@dataclass(frozen=True, slots=True)
class Origin(Kind[str]):
    """A website that may talk to this server from the browser of a visitor."""

    def read(self, given: object) -> str:
        """Scheme, host and port, as browsers write them."""
        origin = text_of(given, "a website such as https://www.example.com").lower()
        if origin == "*":
            raise ValueError('"*" would let every website use this server; name yours, such as https://*.example.com')
        parts = _split(origin)
        if parts is None or parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            hint = (
                f', did you mean "https://{origin}"?' if "://" not in origin and _is_host(origin.lstrip("*.")) else ""
            )
            raise ValueError(f"must be a website such as https://www.example.com, not {shown(origin)}{hint}")
        if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
            raise ValueError(f'must end after the host and port: "{parts.scheme}://{parts.netloc.rpartition("@")[2]}"')
        return f"{parts.scheme}://{_with_port(_origin_host(parts.hostname), parts)}"


@dataclass(frozen=True, slots=True)
class Network(Kind[IPv4Network | IPv6Network]):
    """An address or a range of addresses."""

    def read(self, given: object) -> IPv4Network | IPv6Network:
        """The network; a single address is one of its own."""
        text = text_of(given, "a network such as 10.0.0.0/8")
        try:
            return ip_network(text, strict=False)
        except ValueError:
            raise ValueError(f"must be an address or a network such as 10.0.0.0/8, not {shown(text)}") from None


@dataclass(frozen=True, slots=True)
class DatabaseAddress(Kind[str]):
    """Which database; may hold a password."""

    is_secret = True

    def read(self, given: object) -> str:
        """The address."""
        address = text_of(given, "the address of a database such as sqlite:///data/handraiser.db")
        scheme = address.partition(":")[0].lower()
        if scheme == "sqlite":
            return _read_sqlite(address)
        if scheme in _POSTGRES:
            return _read_postgres(address)
        if scheme.partition("+")[0] in _POSTGRES:
            raise ValueError("must begin with postgresql://, without the name of a driver")
        raise ValueError(
            "must begin with sqlite:/// or postgresql://, such as sqlite:///data/handraiser.db "
            "or postgresql://handraiser@db.example.com/handraiser"
        )

    def anchor(self, value: str, folder: Path) -> str:
        """The address with the file's absolute path."""
        if not value.startswith(_SQLITE):
            return value
        path = Path(unquote(value.removeprefix(_SQLITE))).expanduser()
        return _SQLITE + quote(str((folder / path).absolute()))

    def secrets_in(self, value: str) -> Sequence[str]:
        """The password."""
        password = password_of(value)
        return (password,) if password else ()


def password_of(address: str) -> str | None:
    """The password in an address, as it is typed elsewhere."""
    parts = _split(address)
    return unquote(parts.password) if parts is not None and parts.password else None


def _read_sqlite(address: str) -> str:
    path = unquote(address.removeprefix(_SQLITE)) if address.startswith(_SQLITE) else ""
    if not path or path.endswith("/") or "\x00" in path:
        raise ValueError(
            "must name a file after three slashes: sqlite:///data/handraiser.db (four for /absolute/paths)"
        )
    if "?" in path:
        raise ValueError("must not have anything after the file's name, such as ?mode=…")
    return address


def _read_postgres(address: str) -> str:
    parts = _split(address)
    if parts is None or not address.lower().startswith(tuple(f"{scheme}://" for scheme in _POSTGRES)):
        raise ValueError("must look like postgresql://user:password@host:5432/name; write %40 for @ in a password")
    if not parts.path.strip("/"):
        raise ValueError("must name a database at its end: postgresql://user:password@host/name")
    if parts.password and is_placeholder(unquote(parts.password)):
        raise ValueError("still has the password of an example; write the real one")
    return address


def _split(address: str) -> SplitResult | None:
    """The address's parts; None when it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_host(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        try:
            return bool(_HOST_NAME.fullmatch(host.lower())) or bool(_HOST_NAME.fullmatch(_in_ascii(host)))
        except UnicodeError:
            return False
    return True


def _origin_host(host: str) -> str:
    labels = host.removeprefix("*.")
    if "*" in labels:
        raise ValueError(f"may have a * only for whole names in front: https://*.example.com, not {shown(host)}")
    if labels != host and "." not in labels:
        raise ValueError(f"is too wide: {shown(host)} would allow everybody's websites; write https://*.example.com")
    if not _is_host(labels):
        raise ValueError(f"must be a website such as https://www.example.com, not {shown(host)}")
    if ":" in labels:
        return f"[{labels}]"
    return f"*.{_in_ascii(labels)}" if labels != host else _in_ascii(labels)


def _in_ascii(host: str) -> str:
    """A host as browsers write it: Python's own "idna" is of 2003, and would make another website of straße.example."""
    return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")


def _with_port(host: str, parts: SplitResult) -> str:
    """The host, and its port where that is unusual."""
    return host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _shown_address(address: str) -> str:
    """The address without what may be secret in it."""
    return shown(re.sub(r"//[^/@]*@", "//...@", address))
