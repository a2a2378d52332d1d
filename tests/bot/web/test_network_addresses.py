"""Whose network a request counts for: nobody gets out of the limits, and nobody is counted for somebody else."""

from ipaddress import ip_network

import pytest

from bot.web.network_addresses import network_address

PROXIES = tuple(map(ip_network, ("10.0.0.0/8", "fd00::/8")))


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),  # Whoever comes by no proxy vouches for nobody.
        ("10.1.1.1", ["203.0.113.7"], "203.0.113.7"),
        ("10.1.1.1", [], "10.1.1.1"),
        ("10.1.1.1", ["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
        ("10.1.1.1", ["198.51.100.1, 203.0.113.7, 10.2.2.2"], "203.0.113.7"),
        # A proxy that adds a header, where another would write behind what is there.
        ("10.1.1.1", ["198.51.100.1", "203.0.113.7"], "203.0.113.7"),
        ("10.1.1.1", ["198.51.100.1", "203.0.113.7, 10.2.2.2"], "203.0.113.7"),
        ("10.1.1.1", ["203.0.113.7, "], "203.0.113.7"),
        ("10.1.1.1", ["203.0.113.7:51234"], "203.0.113.7"),
        ("10.1.1.1", ["[2001:db8:1:2:3::4]:51234"], "2001:db8:1:2::/64"),
        ("10.1.1.1", ["2001:db8:1:2:3::4"], "2001:db8:1:2::/64"),
        ("fd12::7", ["203.0.113.7"], "203.0.113.7"),
        ("10.1.1.1", ["unknown"], "10.1.1.1"),
        ("10.1.1.1", ["203.0.113.7, _hidden"], "10.1.1.1"),
        ("10.1.1.1", ["203.0.113.7, 10.2.2.2, <script>"], "10.1.1.1"),
        ("10.1.1.1", ["10.3.3.3"], "10.3.3.3"),
        # A socket for both kinds shows IPv4 addresses so; they are not one network.
        ("::ffff:203.0.113.7", [], "203.0.113.7"),
        ("::ffff:10.1.1.1", ["203.0.113.7"], "203.0.113.7"),
        ("10.1.1.1", ["::ffff:203.0.113.7"], "203.0.113.7"),
        ("2001:db8:1:2:3::4", [], "2001:db8:1:2::/64"),
        ("fe80::1%eth0", [], "fe80::/64"),
        ("", [], "unknown"),
        (None, ["203.0.113.7"], "unknown"),
    ],
)
def test_a_visitor_counts_for_the_network_they_come_from(
    remote: str | None, forwarded: list[str], counted: str
) -> None:
    assert network_address(remote, forwarded, PROXIES) == counted


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert network_address("127.0.0.1", ["203.0.113.7"], ()) == "127.0.0.1"
