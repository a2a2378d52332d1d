"""Finds public web addresses in what people type, and writes them one way: ``https://example.com/path``.

1. Only http and https; ``https`` where nothing is said. The host in lower case and in its own alphabet.
2. No passwords or names before the host, no IP numbers, no local or reserved names, nothing a browser might read
   differently than a person does.
3. In a sentence a bare domain counts only with a usual ending, so that "node.js" and "e.g." are left alone.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

import idna

from dialogs.language.top_level_domains import FILE_ENDINGS, RESERVED, is_usual
from dialogs.language.vocabulary import word_set


class WebFinding(NamedTuple):
    """What a text holds by way of web addresses."""

    addresses: tuple[str, ...] = ()
    """One for each site, in order, in normal form."""
    unusual: bool = False
    """Whether it is doubtful: an ending that is not known here, or something odd beside it."""
    problem: str = ""
    """Where there is none: ``none``, ``scheme``, ``userinfo``, ``private`` or ``invalid``."""


class _Problem(Exception):
    """Why a text is no public web address; its argument is the word in WebFinding.problem."""


ADDRESS_MAX_CHARACTERS = 2048
"""Longest address that is taken."""

_WEB = re.compile(r"https?:/{1,3}", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?!\d{1,5}(?:[/?#]|$))", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?:javascript|vbscript|data|file|ftps?|sftp|ssh|blob|about|intent):\S", re.IGNORECASE)
_EXPLICIT = re.compile(r"(?:https?://|(?<![\w@.-])www\.)[^\s<>\"“”«»，。]{1,2100}", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/?#]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_ENDING = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_ODD = re.compile(r"[\s\x00-\x1f\x7f\\]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DOTTED = re.compile(r"[^\s@]{1,253}\.[^\s@]{2,}")
_LABELLED = re.compile(r"(?:url|web|website|site|homepage|link|page|pagina|adresse|address)[:=]+", re.IGNORECASE)
_DOT = word_set("dot punkt punto point")
_BEFORE, _AFTER = "<([{«„“”‚‘’\"'=:;,!?*_~•–—>|", ">]}»„“”‘’\"'.,:;!?*_~…–—<|"
_SAFE = "/%:@!$&'()*+,;=~-._?#[]"
_SECOND_LEVEL = word_set("co com org net ac gov edu ltd plc or ne go gob gouv asso")
_MOST_WORDS = 300
_MOST_CANDIDATES = 10


def find_websites(text: str) -> WebFinding:
    """The web addresses in ``text``."""
    whole = text.strip().strip("\u200b\ufeff")
    if not whole:
        return WebFinding(problem="none")
    if len(whole.split()) == 1:
        return _in_one_word(whole)
    found: dict[str, str] = {}
    problem = ""
    for candidate in islice(_candidates(whole), _MOST_CANDIDATES):
        try:
            address = normal_website(candidate)
        except _Problem as refused:
            problem = problem or str(refused)
            continue
        site = host_of(address).removeprefix("www.")
        found[site] = max(address, found.get(site, ""), key=len)
    return WebFinding(tuple(found.values()), unusual=bool(problem), problem="" if found else problem or "none")


def is_website(text: str) -> bool:
    """Whether ``text`` as a whole is a public web address or a domain with a usual ending."""
    if not (_WEB.match(text) or (_DOTTED.fullmatch(text) and is_usual(_ending_of(text)))):
        return False
    try:
        normal_website(text)
    except _Problem:
        return False
    return True


def normalised(text: str) -> str | None:
    """The normal form of a text that is a web address as a whole; None where it is none."""
    try:
        return normal_website(text.strip())
    except _Problem:
        return None


def name_in_domain(host: str) -> str:
    """What a company with this domain is probably called: "Acme Tools" for "www.acme-tools.co.uk"."""
    labels = host.rpartition("@")[2].removeprefix("www.").split(".")
    long_ending = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    label = labels[-3] if long_ending else labels[-2] if len(labels) > 1 else labels[0]
    return " ".join(part.upper() if len(part) <= 3 else part.capitalize() for part in label.split("-") if part)


def host_of(address: str) -> str:
    """The host of an address in normal form, without its port."""
    return _AUTHORITY_END.split(address.partition("://")[2], maxsplit=1)[0].partition(":")[0]


def _in_one_word(word: str) -> WebFinding:
    bare = _without_closing(word.lstrip(_BEFORE))
    label = _LABELLED.match(bare)
    if label is not None and not bare[label.end() :].startswith("//"):
        bare = bare[label.end() :]
    if not _WEB.match(bare) and not _SCHEME.match(bare) and "." not in bare and not bare.startswith("localhost"):
        return WebFinding(problem="none")
    try:
        address = normal_website(bare)
    except _Problem as refused:
        return WebFinding(problem=str(refused))
    ending = host_of(address).rpartition(".")[2]
    return WebFinding((address,), unusual=not _WEB.match(bare) and ending.isascii() and not is_usual(ending))


def _candidates(text: str) -> Iterator[str]:
    """Parts of a sentence that may be addresses: with a scheme or www first, then bare and spoken domains."""
    explicit = [_without_closing(match.group()) for match in _EXPLICIT.finditer(text)]
    yield from explicit
    words = _EXPLICIT.sub(" ", text).split()[:_MOST_WORDS]
    for word in words:
        bare = _LABELLED.sub("", _without_closing(word.lstrip(_BEFORE)), count=1)
        bare_domain = _DOTTED.fullmatch(bare) is not None and is_usual(_ending_of(bare))
        if bare_domain or _OTHER_SCHEME.match(bare):
            yield bare
    yield from _spoken(words)


def _spoken(words: list[str]) -> Iterator[str]:
    """ "acme dot com": words joined by spoken dots."""
    at = 0
    while at + 2 < len(words):
        end = at
        while end + 2 < len(words) and words[end + 1].lower() in _DOT and end - at < 10:
            end += 2
        domain = ".".join(words[at : end + 1 : 2]).rstrip(_AFTER)
        if end > at and is_usual(_ending_of(domain)):
            yield domain
        at = max(end, at + 1)


def _ending_of(word: str) -> str:
    host = _AUTHORITY_END.split(word, maxsplit=1)[0].partition(":")[0].lower()
    return host.rpartition(".")[2]


def _without_closing(word: str) -> str:
    """The word without the punctuation that closes a sentence; a bracket stays where it was opened inside."""
    end, open_brackets = len(word), word.count("(") - word.count(")")
    while end and (word[end - 1] in _AFTER or (word[end - 1] == ")" and open_brackets < 0)):
        open_brackets += word[end - 1] == ")"
        end -= 1
    return word[:end]


def normal_website(text: str) -> str:
    """The address in normal form; raises ``_Problem`` with the word for what is wrong."""
    if len(text) > ADDRESS_MAX_CHARACTERS or _ODD.search(text):
        raise _Problem("invalid")
    web = _WEB.match(text)
    if web is None and _SCHEME.match(text):
        raise _Problem("scheme")
    scheme = "http" if web is not None and web.group().lower().startswith("http:") else "https"
    rest = text[web.end() :] if web is not None else text
    split = _AUTHORITY_END.search(rest)
    authority, path = (rest, "") if split is None else (rest[: split.start()], rest[split.start() :])
    if "@" in authority:
        raise _Problem("userinfo")
    host, _, port = authority.partition(":")
    if host.startswith("["):
        raise _Problem("private")
    host = _public_host(host)
    if web is None and host.rpartition(".")[2] in FILE_ENDINGS:
        raise _Problem("invalid")
    return f"{scheme}://{host}{_port(port, scheme)}{_path(path)}"


def _public_host(host: str) -> str:
    """The host in lower case, in its own alphabet."""
    host = host.lower().removesuffix(".")
    shown = host
    if not host.isascii() or "xn--" in host:
        host, shown = _in_both_alphabets(host)
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]) or labels[-1] in RESERVED:
        raise _Problem("private")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _Problem("invalid")
    if not _ENDING.fullmatch(labels[-1]):
        raise _Problem("invalid")
    return shown


def _in_both_alphabets(host: str) -> tuple[str, str]:
    """A host in ASCII and in its own alphabet."""
    if len(host) > 253:
        raise _Problem("invalid")
    try:
        plain = idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
        return plain, idna.decode(plain)
    except (idna.IDNAError, UnicodeError):
        raise _Problem("invalid") from None


def _port(port: str, scheme: str) -> str:
    if port in {"", "80" if scheme == "http" else "443"}:
        return ""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise _Problem("invalid")
    return f":{int(port)}"


def _path(path: str) -> str:
    return "" if path == "/" else quote(path, safe=_SAFE)
