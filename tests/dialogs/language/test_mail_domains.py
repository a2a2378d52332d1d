"""What is known about mail domains."""

import pytest

from dialogs.language import mail_domains


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmail.con", "gmail.com"),
        ("gmial.com", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("yahooo.fr", "yahoo.fr"),
        ("yaho.com", "yahoo.com"),
        ("gmx.ed", "gmx.de"),
        ("gxm.de", "gmx.de"),
        ("web.dee", "web.de"),
        ("t-onlin.de", "t-online.de"),
        ("protonmal.com", "protonmail.com"),
        ("outlook.cm", "outlook.com"),
        ("acme.con", "acme.com"),
        ("acme.nte", "acme.net"),
        ("acme.couk", "acme.co.uk"),
    ],
)
def test_a_slip_is_recognised(typed: str, meant: str) -> None:
    assert mail_domains.meant_domain(typed) == meant


IN_USE = [
    *("gmail.com", "gmx.de", "yahoo.com.au", "yahoo.cz", "mail.com", "email.com", "cloud.com", "acme.com", "max.com"),
    *("web.com", "company.de", "posteo.de", "proton.me", "hotmail.com.tr", "orange.com", "gmx.pt", "müller.de"),
]


@pytest.mark.parametrize("domain", IN_USE)
def test_a_domain_in_use_is_left_alone(domain: str) -> None:
    assert mail_domains.meant_domain(domain) is None


def test_free_disposable_and_company_domains_are_told_apart() -> None:
    assert mail_domains.is_free("gmail.com")
    assert mail_domains.is_free("gmx.at")
    assert not mail_domains.is_free("acme.com")
    assert mail_domains.is_disposable("mailinator.com")
    assert mail_domains.is_disposable("inbox.mailinator.com")
    assert not mail_domains.is_disposable("acme.com")


def test_shared_mailboxes_are_told_from_people() -> None:
    assert mail_domains.is_role("Info")
    assert mail_domains.is_role("sales+web")
    assert not mail_domains.is_role("ada")


def test_a_forgotten_ending_of_a_large_provider_is_known() -> None:
    assert mail_domains.completed("gmail") == "gmail.com"
    assert mail_domains.completed("gmxde") == "gmx.de"
    assert mail_domains.completed("hotmial") == "hotmail.com"
    assert mail_domains.completed("acme") is None
