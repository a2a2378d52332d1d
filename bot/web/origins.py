"""Which websites may talk to this server from a browser.

An origin is scheme, host and port, compared whole (https://html.spec.whatwg.org/#origin). ``https://*.example.com``
stands for any whole labels before ``example.com``, not for ``example.com`` itself nor for ``badexample.com``.
A request without an Origin header comes from no browser page and is let through: tokens, not origins, say who
somebody is.
"""

import logging
import re
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.web.limits import Limiter

log = logging.getLogger(__name__)

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)
_AT_HOME = (".localhost", ".local", ".lan", ".internal", ".home.arpa", ".test")
"""Endings of names that nobody can buy (RFC 6761, RFC 6762, RFC 8375)."""

_Origin = tuple[str, str, int]


class Origins:
    """The allowed origins: the server's own, and those named in the configuration."""

    def __init__(self, own: str, allowed: Iterable[str]) -> None:
        """``own`` is the address of our own pages: an origin, and perhaps a path that does not count."""
        self._told = Limiter(1, 3600)
        self._any = "*" in (names := tuple(allowed))
        self._exact = {_normal(_without_path(own))} | {_normal(name) for name in names if "*" not in name}
        self._suffixes = [
            (scheme, f".{host}", port)
            for name in names
            if name != "*" and "*" in name
            for scheme, host, port in [_normal(name.replace("*.", "", 1))]
        ]

    def allows(self, origins: Sequence[str], host: str | None = None) -> bool:
        """Whether a page may talk to us, by the Origin headers and the Host header of its request.

        A page that we served ourselves under an address of the machine's is our own, too: but not under every name
        that leads to it, for anybody can have one (https://en.wikipedia.org/wiki/DNS_rebinding).
        """
        if not origins or self._any:
            return True
        try:
            wanted = _normal(*origins)
        except (ValueError, TypeError):  # None, or several.
            return False
        if wanted in self._exact or (host is not None and is_own(wanted[1]) and wanted == _at(wanted[0], host)):
            return True
        scheme, name, port = wanted
        is_allowed = any(
            scheme == one and port == its_port and name.endswith(suffix) and len(name) > len(suffix)
            for one, suffix, its_port in self._suffixes
        )
        if not is_allowed and host is not None and wanted == _at(scheme, host) and not self._told.wait(""):
            log.warning("a page of ours at %s://%s may not chat here; is that [web] public_url?", scheme, name)
        return is_allowed


def is_own(name: str) -> bool:
    """Whether a host is an address, or a name that leads nowhere but to this machine or its neighbours."""
    try:
        ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_AT_HOME)
    return True


def _normal(origin: str) -> _Origin:
    parts = urlsplit(origin.strip().lower())
    is_more = "?" in origin or "#" in origin or parts.username is not None
    name, default = parts.hostname or "", _DEFAULT_PORTS.get(parts.scheme)
    if parts.path not in ("", "/") or is_more or default is None or not _is_host(name):
        raise ValueError(f"not an origin: {origin!r}")
    return parts.scheme, name, default if parts.port is None else parts.port


def _is_host(name: str) -> bool:
    if ":" in name:
        return is_own(name)
    return _NAME.fullmatch(name) is not None


def _at(scheme: str, host: str) -> _Origin | None:
    try:
        return _normal(f"{scheme}://{host}")
    except ValueError:
        return None


def _without_path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
