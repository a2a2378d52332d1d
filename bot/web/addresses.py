"""Where a request comes from, behind whatever proxies: limits count by it."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web


class NetworkAddresses:
    """Tells network addresses; ``trusted`` are the proxies whose word is taken."""

    def __init__(self, trusted: tuple[IPv4Network | IPv6Network, ...]) -> None:
        self._trusted = trusted

    def of(self, request: web.Request) -> str:
        """The visitor's network address: the last one that a trusted proxy vouches for.

        IPv6 addresses count by their /64 network, which one household has.
        """
        address = request.remote or "unknown"
        if self._trusted and self._is_trusted(address):
            for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
                address = hop.strip() or address
                if not self._is_trusted(address):
                    break
        parsed = _parsed(address)
        if parsed is None:
            return address[:64]
        return str(IPv6Network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)

    def _is_trusted(self, address: str) -> bool:
        parsed = _parsed(address)
        return parsed is not None and any(parsed in network for network in self._trusted)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """An address; an IPv4 one that a socket for both writes as IPv6 (``::ffff:192.0.2.1``) is what it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
