"""Which websites may talk to this server from a browser.

An origin is scheme, host and port, compared whole (https://html.spec.whatwg.org/#origin). ``https://*.example.com``
stands for any whole labels before ``example.com``, not for ``example.com`` itself nor for ``badexample.com``.
A request without an Origin header comes from no browser page and is let through: tokens, not origins, say who
somebody is.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class Origins:
    """The allowed origins: the server's own, and those named in the configuration."""

    def __init__(self, own: str, allowed: Iterable[str]) -> None:
        self._any = "*" in (names := tuple(allowed))
        self._exact = {_normal(own)} | {_normal(name) for name in names if "*" not in name}
        self._suffixes = [
            (scheme, f".{host}", port)
            for name in names
            if name != "*" and "*" in name
            for scheme, host, port in [_normal(name.replace("*.", "", 1))]
        ]

    def allows(self, origin: str | None, host: str | None = None) -> bool:
        """Whether a page of ``origin`` may talk to us; ``host`` is the Host header of the request.

        A page that we served ourselves under whatever name we were reached (a test machine's address) is our own.
        """
        if origin is None or self._any:
            return True
        if origin == "null":
            return False
        try:
            wanted = _normal(origin)
        except ValueError:
            return False
        if wanted in self._exact:
            return True
        if host is not None and wanted == _own_by_host(wanted[0], host):
            return True
        scheme, name, port = wanted
        return any(
            scheme == one and port == its_port and name.endswith(suffix) and len(name) > len(suffix)
            for one, suffix, its_port in self._suffixes
        )


def _normal(origin: str) -> tuple[str, str, int]:
    parts = urlsplit(origin.strip().lower())
    is_more = "?" in origin or "#" in origin or parts.username is not None
    if parts.path not in ("", "/") or is_more or not parts.hostname:
        raise ValueError(f"not an origin: {origin!r}")
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)


def _own_by_host(scheme: str, host: str) -> tuple[str, str, int] | None:
    try:
        return _normal(f"{scheme}://{host}")
    except ValueError:
        return None
