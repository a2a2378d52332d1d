"""Where our connections may lead: to the public internet, and to what is named in the configuration.

An address is judged as it is connected to, after names were looked up: a name says nothing about where it leads.
The ranges are those of the IANA registries of special-purpose addresses (RFC 6890), written out because the standard
library's own list differs between versions of Python.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NOT_PUBLIC = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        # Teredo and benchmarks, documentation, 6to4, documentation again.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_PUBLIC_IPV6 = IPv6Network("2000::/3")
"""All that is given out so far."""
_METADATA = tuple(
    ip_address(one)
    for one in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254",
                "fd20:ce::254")
)  # fmt: skip
"""Where providers of machines hand out credentials to whoever asks from within."""
_WITH_IPV4 = (
    IPv6Network("::ffff:0:0/96"),  # IPv4-mapped (RFC 4291).
    IPv6Network("64:ff9b::/96"),  # NAT64 (RFC 6052).
    IPv6Network("::/96"),  # IPv4-compatible, given up; :: and ::1 are in it as well.
)
"""IPv6 addresses that lead to the IPv4 address at their end."""


class AddressRefused(OSError):
    """A connection was not even tried, because of where it would have led."""


class AddressGuard:
    """Says where connections may lead. ``allowed`` are networks of one's own that they may lead to as well."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        self._allowed = tuple(allowed)

    def allows(self, address: str) -> bool:
        """Whether a connection to a numeric address may be made; never to one that hands out credentials."""
        try:
            # A zone, as in fe80::1%eth0, is a matter of this machine.
            plain = _inner(ip_address(address.partition("%")[0]))
        except ValueError:
            return False
        return plain not in _METADATA and (self._is_allowed(plain) or _is_public(plain))

    def check(self, address: str, host: str) -> None:
        """Raise ``AddressRefused`` when a connection to ``address``, to which ``host`` leads, may not be made."""
        if not self.allows(address):
            plain = address.partition("%")[0]
            where = host if plain == host else f"{host} leads to {plain}, which"
            cure = "if it is meant to be reached, name it in [outbound] allow_private"
            raise AddressRefused(f"{where} is no public address; {cure}")

    def _is_allowed(self, address: Address) -> bool:
        return any(address in network for network in self._allowed)


def _inner(address: Address) -> Address:
    """The IPv4 address to which an IPv6 address leads; the address itself otherwise."""
    if isinstance(address, IPv6Address) and int(address) > 1:
        for network in _WITH_IPV4:
            if address in network:
                return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _PUBLIC_IPV6:
        return False
    return not any(address in network for network in _NOT_PUBLIC)
