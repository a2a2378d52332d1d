"""Finds e-mail addresses in what people type: alone, in a sentence, spelled out, or nearly right.

1. A whole text that is an address is taken as it is, also in the rarer forms of RFC 5322 and 6531 that mail can reach
   (quoted local parts, other alphabets). Addresses at a bare IP number and at reserved names are none.
2. A single word is read strictly: what stands around the address must be a known wrapper (``<>``, ``mailto:``, quotes,
   a closing comma). Anything else makes it a suggestion, not an answer.
3. In a sentence each word with an @ is looked at, without the punctuation around it. Without any @, words such as
   "at" and "dot" are read for what they stand for.
"""

# Imported here although it takes 30 ms: the first visitor with a rare address should not wait for it.
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from dialogs.language.folding import fold_words
from dialogs.language.mail_domains import PROVIDERS, completed
from dialogs.language.top_level_domains import RESERVED
from dialogs.language.vocabulary import word_set


class Finding(NamedTuple):
    """What a text holds by way of addresses."""

    addresses: tuple[str, ...] = ()
    """Every different one, in order, the domain in lower case."""
    nearly: tuple[str, ...] = ()
    """Where there is none: what may have been meant."""
    unsure: bool = False
    """Whether the address was put together from words that may mean something else ("lunch at example.com")."""


ADDRESS_MAX_CHARACTERS = 254
"""Longest address mail servers take (RFC 5321)."""

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_PLAIN = re.compile(
    rf"({_ATEXT}+(?:\.{_ATEXT}+)*)@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)+([A-Za-z]{{2,63}}))"
)
_MOST_WORDS = 6
"""How many words with an @ are looked at: a text with more of them is no answer."""
_MOST_CHARACTERS = 400
"""Longest word that may still be an address once it is written in ASCII."""
_SAME_IN_ANY_CASE = word_set(
    "info marketing sales support abuse noc security postmaster hostmaster news webmaster www ftp"
)
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_NOTHING = dict.fromkeys(map(ord, _INVISIBLE))
_CONTROL_PICTURES = dict.fromkeys(range(0x2400, 0x2427), " ")
_STRAIGHT_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'"})
_WIDE = str.maketrans({"＠": "@", "﹫": "@"})
_BEFORE, _AFTER = "<([{«„“”‚‘’\"'=:;,.!?*_~•-–—>|", ">)]}»„“”‘’\"'.,;:!?*_~…-–—<|"
_CLOSING = ",;!?…"
_PAIRS = frozenset({"<>", "()", "[]", "{}", '""', "''", "“”", "„“", "‘’", "«»", "``", "**", "__"})
_BETWEEN = re.compile(r"[,;|/<>()\[\]{}\"“”«»]+")
_LABELLED = re.compile(r"(?:mailto|e-?mail|mail|smtp|correo|courriel|adresse|address)[:=]+", re.IGNORECASE)
_INTRODUCING = word_set(
    """
    e-mail email e-mails mail mailadresse e-mail-adresse emailadresse adresse address addr is it's its it the my
    mine me at to on use try contact reach write send via ist lautet meine mein die der unter an es mi correo
    electronico direccion el la mon ma adresse mel courriel voici c'est est ok okay sure yes yeah yep ja si oui
    claro hi hello hey hallo hola bonjour thanks thank you please bitte and und y et or de here here's hier aqui
    voila : - = that's das ist esta this
    """
)
_AT = word_set("at ät aet arroba arobase arobas klammeraffe @ (at) [at] {at} <at> _at_ -at- (a) [a] [@] (@) {@} <@>")
_DOT = word_set("dot punkt punto point . (dot) [dot] {dot} <dot> (punkt) (.) [.] {.} <.> -dot- _dot_")
_SPELLED = {
    **dict.fromkeys(("underscore", "unterstrich", "underline"), "_"),
    **dict.fromkeys(("dash", "hyphen", "minus", "bindestrich", "guion", "guión", "tiret"), "-"),
    "plus": "+",
}
_OPENING_BRACKET = re.compile(r"[\[({<]")
_BRACKETED_AT = re.compile(r" ?[\[({<] ?(?:at|ät|a|arroba|arobase|@) ?[\])}>] ?", re.IGNORECASE)
_BRACKETED_DOT = re.compile(r" ?[\[({<] ?(?:dot|punkt|punto|point|\.) ?[\])}>] ?", re.IGNORECASE)
_NO_LOCAL_PART = word_set(
    """
    me us it is are was you we i them they him her look looking find found work works working visit website site page
    online here there available reachable contact reach arrive live based meet see shop buy employed anything mail email
    """
)


def valid_address(text: str) -> str | None:
    """The address that ``text`` is as a whole, in the form it is stored in; None where it is none."""
    match = _PLAIN.fullmatch(text) if len(text) <= ADDRESS_MAX_CHARACTERS else None
    if match is not None:
        local, domain, ending = match.group(1), match.group(2).lower(), match.group(3).lower()
        if len(local) <= 64 and len(domain) <= 253 and "--" not in domain and ending not in RESERVED:
            return f"{local.lower() if local.lower() in _SAME_IN_ANY_CASE else local}@{domain}"
    if "@" not in text or len(text) > _MOST_CHARACTERS or (" " in text and '"' not in text):
        return None
    return _valid_rare_address(text)


def _valid_rare_address(text: str) -> str | None:
    try:
        found = validate_email(text, check_deliverability=False, strict=True, allow_quoted_local=True)
    except (EmailNotValidError, UnicodeError):
        return None
    ending = found.ascii_domain.rpartition(".")[2]
    odd = not found.local_part.isascii() and any(_is_odd(character) for character in text)
    return None if ending in RESERVED or len(ending) < 2 or odd else found.normalized


def _is_odd(character: str) -> bool:
    """Whether no mailbox would have it in its name: other alphabets may stand there, but no symbols and no quotes."""
    return character in '"’‘' or (not character.isascii() and unicodedata.category(character)[0] not in "LMNP")


def find_addresses(text: str) -> Finding:
    """The addresses in ``text``, or what may have been meant."""
    text = text.strip(" \t\u00a0" + _INVISIBLE)
    if (address := valid_address(text)) is not None:
        return Finding((address,))
    text = text.translate(_WIDE)
    if "@" not in text:
        return _spelled_out(text)
    line = text.translate(_CONTROL_PICTURES)
    one_line = line == text and text.isprintable()
    words = line.split()
    if len(words) == 1 and one_line:
        return _in_one_word(words[0])
    if len(words) == 1:
        plain = _in_one_word(words[0].translate(_NOTHING))
        return Finding(nearly=plain.addresses or plain.nearly)
    return _in_words(words, one_line=one_line)


def _in_one_word(word: str) -> Finding:
    for inner in _unwrapped(word):
        if (address := valid_address(inner)) is not None:
            return Finding((address,))
        parts = [part for part in re.split(r"[,;|/]", inner) if part][: _MOST_WORDS + 1]
        addresses = [valid_address(part) for part in parts] if len(parts) <= _MOST_WORDS else [None]
        if all(addresses):
            return Finding(tuple(dict.fromkeys(address for address in addresses if address)))
    return Finding(nearly=_repaired(word))


def _unwrapped(word: str) -> Iterator[str]:
    """``word``, and what is left of it as its known wrappers come off."""
    yield word
    for _ in range(4):
        if word[:1] + word[-1:] in _PAIRS and len(word) > 2:
            word = word[1:-1]
        elif (label := _LABELLED.match(word)) is not None:
            word = word[label.end() :].partition("?")[0]
        elif word[-1:] in _CLOSING:
            word = word.rstrip(_CLOSING)
        else:
            return
        yield word


def _in_words(words: Sequence[str], *, one_line: bool) -> Finding:
    found: dict[str, int] = {}
    looked_at = 0
    for at, word in enumerate(words):
        if "@" not in word:
            continue
        looked_at += 1
        if looked_at > _MOST_WORDS:
            break
        if word.startswith("<") and ">" not in word:
            continue
        for address in _in_sentence_word(word):
            found.setdefault(address, at)
    if not found:
        return _split_by_spaces(words) if one_line else Finding()
    if len(found) == 1 and len(words) == 2 and (apart := _with_stray_space(words, *found, one_line=one_line)):
        return Finding(nearly=apart)
    return Finding(tuple(found))


def _in_sentence_word(word: str) -> Iterator[str]:
    """The addresses in one word of a sentence."""
    bare = word.lstrip(_BEFORE).rstrip(_AFTER)
    label = _LABELLED.match(bare)
    if label is not None:
        bare = bare[label.end() :].partition("?")[0]
    if (address := valid_address(bare)) is not None:
        yield address
        return
    for part in _BETWEEN.split(bare[: 2 * _MOST_CHARACTERS])[:_MOST_WORDS]:
        inner = part.rpartition(":")[2].lstrip(_BEFORE).rstrip(_AFTER)
        if "@" in inner and (address := valid_address(inner)) is not None:
            yield address


def _with_stray_space(words: Sequence[str], address: str, *, one_line: bool) -> tuple[str, ...]:
    """ "ada lovelace@example.com" may be one address with a space in it: both readings, or nothing if it is clear."""
    first, second = words
    local = address.partition("@")[0].lower()
    if not one_line:
        clear = first[:1].isupper()
    else:
        clear = (
            not (first.islower() and second[:1].isalnum() and re.fullmatch(r"[\w.+-]{1,64}", first))
            or fold_words(first) in _INTRODUCING
            or first in local
            or local in first
        )
    return () if clear else tuple(filter(None, (address, valid_address(first + address))))


def _split_by_spaces(words: Sequence[str]) -> Finding:
    """ "ada @ example.com": an address with spaces around its @."""
    for at, word in enumerate(words):
        if "@" not in word:
            continue
        first, last = at, at
        if word.startswith("@") and at > 0:
            first = at - 1
        if word.endswith("@") and at + 1 < len(words):
            last = at + 1
        joined = "".join(words[first : last + 1]).lstrip(_BEFORE).rstrip(_AFTER)
        apart = first < last and words[first].lower() not in _NO_LOCAL_PART and _introduced(words[:first])
        if apart and (address := valid_address(joined)) is not None:
            return Finding((address,))
    if (spelled := _spelled_words(words)).addresses:
        return spelled
    return Finding(nearly=_repaired("".join(words)) if len(words) <= 3 else _repaired_word(words))


def _repaired_word(words: Sequence[str]) -> tuple[str, ...]:
    return next((repaired for word in words[:200] if "@" in word and (repaired := _repaired(word))), ())


def _introduced(words: Iterable[str]) -> bool:
    return all(fold_words(word) in _INTRODUCING or not fold_words(word) for word in words)


def _without_signs(word: str) -> str:
    """``word`` without the emoji and other signs around it."""
    first, last = 0, len(word)
    while first < last and unicodedata.category(word[first])[0] in "SC":
        first += 1
    while last > first and unicodedata.category(word[last - 1])[0] in "SC":
        last -= 1
    return word[first:last]


def _repaired(word: str) -> tuple[str, ...]:
    """What a word that is no address would be without its likeliest slip."""
    if len(word) > ADDRESS_MAX_CHARACTERS + 40:
        return ()
    bare = _without_signs(word.translate(_STRAIGHT_QUOTES)).strip(_BEFORE + _AFTER)
    local, _, domain = re.sub(r"@+", "@", bare).rpartition("@")
    local, domain = local.strip(".,;:"), re.sub(r"[.,;]+", ".", domain.strip(".,;:-")).lower()
    if not local or not domain:
        return ()
    whole = domain if "." in domain else completed(domain)
    address = valid_address(f"{local}@{whole}") if whole else None
    return (address,) if address else ()


def _spelled_out(text: str) -> Finding:
    """Addresses with their @ in words, or left out."""
    line = " ".join(text.split())
    if _OPENING_BRACKET.search(line):
        line = _BRACKETED_DOT.sub(".", _BRACKETED_AT.sub("@", line))
        if "@" in line:
            return find_addresses(line)
    return _spelled_words(line.split())


def _spelled_words(words: Sequence[str]) -> Finding:
    tries = 0
    for at, word in enumerate(words):
        if tries >= _MOST_WORDS:
            break
        if 0 < at < len(words) - 1 and word.lower() in _AT:
            tries += 1
            finding = _around_at(words, at)
            if finding is not None:
                return finding
    return Finding(nearly=_without_at(words))


def _around_at(words: Sequence[str], at: int) -> Finding | None:
    """The address around a spoken "at"."""
    first, local = _spoken(words, at - 1, step=-1)
    last, domain = _spoken(words, at + 1, step=1)
    domain = domain.rstrip(_AFTER)
    dots_spoken = last > at + 1 or first < at - 1
    address = valid_address(f"{local}@{domain}")
    if address is None:
        whole = completed(domain.lower()) if "." not in domain and _introduced(words[:first]) else None
        address = valid_address(f"{local}@{whole}") if whole else None
        return Finding(nearly=(address,)) if address else None
    if not dots_spoken and local.lower() in _NO_LOCAL_PART:
        return None
    return Finding((address,), unsure=not dots_spoken and not _introduced(words[:first]))


def _spoken(words: Sequence[str], at: int, *, step: int) -> tuple[int, str]:
    """The part of an address that is spoken from ``at`` on, in the direction of ``step``, and where it ends."""
    parts = [words[at].lstrip(_BEFORE) if step < 0 else words[at]]
    while len(parts) < 12 and 0 <= at + 2 * step < len(words):
        sign = _SPELLED.get(words[at + step].lower(), "." if words[at + step].lower() in _DOT else "")
        if not sign or (sign == "." and words[at + step] in ".-+" and step > 0 and words[at][-1:] in ".!?"):
            break
        at += 2 * step
        parts += [sign, words[at]]
    return at, "".join(parts if step > 0 else reversed(parts))


def _without_at(words: Sequence[str]) -> tuple[str, ...]:
    """ "ada.gmail.com": a large provider's domain behind a dot where an @ belongs."""
    for word in words[:200]:
        bare = word.strip(_BEFORE + _AFTER).lower()
        head, _, ending = bare.rpartition(".")
        local, _, name = head.rpartition(".")
        if local and ending in PROVIDERS.get(name, ()) and local != "www" and "/" not in local:
            address = valid_address(f"{local}@{name}.{ending}")
            return (address,) if address else ()
    return ()
