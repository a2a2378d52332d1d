"""Where connections may lead is judged by the address itself, however it is written."""

from ipaddress import ip_network

import pytest

from bot.outbound import AddressGuard, AddressRefused

REFUSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.0.1", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1",
    "2001:db8::1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fec0::1", "100::1",
    # IPv4 within IPv6.
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254", "64:ff9b:1::127.0.0.1",
    # Where machines ask for credentials.
    "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "fd00:ec2::254",
    "", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5",
]  # fmt: skip
ALLOWED = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8",
           "::ffff:8.8.8.8"]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not AddressGuard().allows(address)
    with pytest.raises(AddressRefused):
        AddressGuard().check(address, "hooks.example.com")


@pytest.mark.parametrize("address", ALLOWED)
def test_what_is_public_is_allowed(address: str) -> None:
    assert AddressGuard().allows(address)
    AddressGuard().check(address, "hooks.example.com")


def test_what_is_ones_own_is_allowed_when_it_is_named() -> None:
    guard = AddressGuard([ip_network("10.1.2.3/32"), ip_network("fd12::/16")])
    assert guard.allows("10.1.2.3")
    assert guard.allows("::ffff:10.1.2.3")
    assert guard.allows("fd12::7")
    assert not guard.allows("10.1.2.4")
    assert not guard.allows("127.0.0.1")


def test_whoever_hands_out_credentials_is_never_reached() -> None:
    guard = AddressGuard([ip_network("0.0.0.0/0"), ip_network("::/0")])
    assert guard.allows("192.168.1.1")
    for address in ("169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254"):
        assert not guard.allows(address)


def test_the_refusal_says_where_it_would_have_led_and_what_to_do() -> None:
    with pytest.raises(AddressRefused, match=r"crm\.test leads to 10\.0\.0\.9, .* \[outbound\] allow_private"):
        AddressGuard().check("10.0.0.9", "crm.test")
