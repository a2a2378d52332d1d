"""Whose network a request comes from: what limits count by."""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network

_UNKNOWN = "unknown"
_WITH_PORT = re.compile(r"\[([^]]*)\](?::\d+)?|([0-9.]+):\d+", re.ASCII)
"""As some proxies write a visitor: with the port they came from."""


def network_address(remote: str | None, forwarded: Iterable[str], trusted: Sequence[Network]) -> str:
    """The address that counts as the visitor's: the last one that a trusted proxy vouches for.

    ``remote`` is who is connected, ``forwarded`` the X-Forwarded-For headers, of which there may be several: a proxy
    that adds one of its own must not be hidden by what the visitor sent. IPv6 addresses count by their /64 network,
    which one household has.
    """
    address = _read(remote or "")
    if address is None:
        return _UNKNOWN
    hops = ",".join(forwarded).split(",") if trusted else []
    while hops and any(address in network for network in trusted):
        if (hop := hops.pop().strip()) == "":
            continue
        if (told := _read(hop)) is None:  # "unknown": the proxy itself is all that is known.
            break
        address = told
    return str(address) if address.version == 4 else str(IPv6Network((int(address), 64), strict=False))


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """The address; of an IPv4 address in IPv6's clothes, as a socket for both has them, what is inside."""
    if (found := _WITH_PORT.fullmatch(text)) is not None:
        text = found[1] or found[2]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.version == 6 and address.ipv4_mapped) or address
