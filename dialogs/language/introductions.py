"""What people say around a name when they introduce themselves or their company: "I'm Ada", "we are Acme"."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dialogs.language.folding import fold, fold_words
from dialogs.language.vocabulary import word_set


class Introduced(NamedTuple):
    """What is left of a text without the words around it."""

    rest: str
    certain: bool
    """Whether what is left was introduced as a name: "my name is", "our company is called"."""
    likely: bool
    """Whether it was introduced by words that introduce other things too: "I'm", "it's"."""


class _Word(NamedTuple):
    written: str
    plain: str
    """Folded, without punctuation."""
    pauses: bool
    """Whether a comma, a full stop or the like stands behind it."""


_GREETINGS = """
    hi|hello|hey|hiya|hallo|hola|bonjour|salut|bonsoir|hi there|hello there|hey there|guten tag|guten morgen
    |nice to meet you|pleased to meet you|good to meet you|great to meet you|freut mich|mucho gusto|encantado|encantada
    |enchante|enchantee|guten abend|moin|good morning|good afternoon|good evening|buenos dias|buenas tardes|buenas
    |servus
"""
_BEFORE_A_PAUSE = """
    no|nope|nein|non|sure|ok|okay|yes|yeah|yep|ja|si|oui|well|of course|klar|gerne|claro|bien sur|thanks|thank you
    |danke|gracias|merci|um|uh|oh|so|sorry|oops|pardon|perdon|wait|actually|no wait|gladly|certainly|naturlich|vale
    |d'accord|alright
"""
_NAME_CERTAIN = """
    i meant|i mean|that should be|it should be|should be|make that|ich meinte|ich meine|quise decir|quiero decir
    |je voulais dire|je veux dire|name's|names|name|first name|full name|last name|vorname|nachname|my name is
    |my name's|my names|the name is|the name's
    |name is|my first name is|my full name is|my last name is|call me|just call me|you can call me|you may call me
    |you can just call me|please call me|they call me|people call me|everyone calls me|everybody calls me
    |friends call me|my friends call me|most people call me|i go by|i am called|i'm called|i am known as
    |i'm known as|ich heisse|ich heiss|mein name ist|mein vorname ist|mein name lautet|der name ist|name ist
    |man nennt mich|alle nennen mich|nenn mich|nenn mich einfach|nennen sie mich|nennen sie mich einfach
    |du kannst mich|me llamo|mi nombre es|mi nombre completo es|llamame|puedes llamarme|puede llamarme|me llaman
    |me dicen|je m'appelle|je me nomme|mon nom est|mon prenom est|mon nom c'est|on m'appelle|appelez-moi|appelle-moi
    |tu peux m'appeler|vous pouvez m'appeler|moi c'est
"""
_NAME_LABELS = "nombre|nom|prenom|nickname|spitzname|apodo|surnom"
_NAME_LIKELY = """
    just|only|nur|solo|juste|i'm|i am|im|it's|its|it is|this is|that's|that is|here is|here's|ich bin|ich bin der
    |ich bin die|ich bin's|hier|hier ist|hier spricht|das ist|soy|yo soy|aqui esta|c'est|je suis
"""
_NAME_ENDS = """
    is my name|is the name|ist mein name|es mi nombre|est mon nom|not|nicht|instead of|rather than|statt|ceo|cto|cfo|cmo
    |coo|founder|co-founder|cofounder|head of|director of|vp of|geschaftsfuhrer|geschaftsfuhrerin|and i|and my|and i'm
    |and we|und ich|und mein|und wir|y yo|y mi|y soy|et je|et mon|from|bei|at|chez|but|aber|pero
    |mais|i work|ich arbeite|trabajo|je travaille|i am|i'm|ich bin|je suis|nice to|pleased to|happy to|here
    |by the way|btw|and you|and yours|und du|und sie|und ihr|y tu|y usted|et toi|et vous|thanks|thank you|thx|danke
    |gracias|merci|please|pls|bitte|hier|ici|aqui|speaking|por favor|s'il vous plait|mucho gusto|encantado|encantada
    |enchante|enchantee|freut mich|what's yours|what is yours|what about you|how about you|how are you|nett
"""
_COMPANY_CERTAIN = """
    i meant|that should be|it should be|make that|ich meinte|quise decir|je voulais dire|i work at|i work for
    |i work with|i currently work at|i currently work for|i am working at|i am working for
    |i'm working at|i'm working for|i'm employed at|i'm employed by|working at|working for|i run|i own|i lead
    |i manage|i founded|i started|i represent|i'm at|i'm with|i'm from|i am at|i am with|i am from|we're called
    |we are called|we call ourselves|we're from|we are from|we're with|we are with|we're at|we are at|our company is
    |our company is called|our company's called|our company name is|my company is|my company is called
    |my company's name is|the company is|the company is called|the company's called|the company name is
    |company name is|the name of my company is|the name of the company is|the name of our company is|company is
    |my employer is|our firm is|my firm is|our startup is|my startup is|our start-up is|my business is
    |our business is|my business is called|our business is called|our agency is|my agency is|our shop is
    |our organisation is|our organization is|our organisation is called|our organization is called|our team is
    |it's called|it is called|the name is|its name is|that would be|called|named|ich arbeite bei|ich arbeite bei der
    |ich arbeite fur|ich arbeite fur die|ich bin bei|ich bin bei der|ich bin von|ich bin von der|ich leite
    |ich leite die|ich fuhre|ich fuhre die|ich besitze|wir heissen|wir sind von|wir sind von der|unsere firma heisst
    |unsere firma ist|unsere firma ist die|meine firma heisst|meine firma ist|meine firma ist die|die firma heisst
    |die firma ist|unser unternehmen heisst|unser unternehmen ist|mein unternehmen heisst|mein arbeitgeber ist
    |unsere agentur heisst|meine agentur heisst|sie heisst|es heisst|bei|bei der|namens|trabajo en|trabajo para
    |trabajo con|estoy en|mi empresa es|mi empresa se llama|nuestra empresa es|nuestra empresa se llama
    |la empresa es|la empresa se llama|mi compania es|nuestra compania es|se llama|represento a|nos llamamos|llamada
    |llamado|je travaille chez|je travaille pour|je travaille a|je suis chez|notre societe est
    |notre societe s'appelle|notre entreprise est|notre entreprise s'appelle|mon entreprise est
    |mon entreprise s'appelle|ma societe est|ma societe s'appelle|ma boite s'appelle|notre boite s'appelle
    |elle s'appelle|on s'appelle|nous nous appelons|chez|appelee|nommee
"""
_COMPANY_LABELS = "company|company name|firm|employer|firma|unternehmen|arbeitgeber|empresa|compania|societe|entreprise"
_COMPANY_LIKELY = """
    we're|we are|it's|it is|this is|that's|that is|from|at|wir sind|wir sind die|das ist|das ist die|somos|es
    |nous sommes|on est|c'est
"""
_COMPANY_ENDS = """
    and i|and we|and our|und ich|und wir|y yo|y nosotros|et je|et nous|but|aber|pero|mais|which|where|based in
    |located in|because|as a|as an|as the|als|en tant que|como|thanks|thank you|thx|danke|gracias|merci|please|pls
    |bitte|por favor|s'il vous plait|in the|a company|if you|if that|i'm|i am|ich bin|je suis|we make|we do|we sell
    |we build|we are|we're|wir sind|wir machen
"""
_ROLES_LEAD_TO = word_set("at of for bei von beim en de chez")
_SELF = word_set("i'm i ich soy je")
_ROLES = word_set(
    "ceo cto cfo cmo coo founder co-founder cofounder owner director manager head vp president employee working "
    "geschaftsfuhrer geschaftsfuhrerin inhaber inhaberin fundador fundadora director directora fondateur directeur"
)
_ABBREVIATIONS = word_set(
    "dr mr mrs ms prof st jr sr herr frau sra srta dra mag ing dipl ltd inc co corp bros dept intl mfg assn pty llc plc"
)
_MOST_WORDS = 60
_FEW_WORDS = 8
_DASHES = frozenset("-–—|/")
_UNPUNCTUATED = re.compile(r"[^\W_]+(?:(?:[ '’&-]| & )[^\W_]+)*")
_PAUSES = (",", ";", ":", "!", "?", "-", "–", "—", "|")


_ByFirstWord = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word, the longest first."""


class _Phrases(NamedTuple):
    certain: _ByFirstWord
    labels: _ByFirstWord
    likely: _ByFirstWord
    ends: _ByFirstWord
    opening: frozenset[str]
    """Every word with which a greeting or an introduction begins."""
    turning: frozenset[str]
    """Every word further on with which a name is introduced, or something else than a name begins."""


_TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "name": (_NAME_CERTAIN, _NAME_LABELS, _NAME_LIKELY, _NAME_ENDS),
    "company": (_COMPANY_CERTAIN, _COMPANY_LABELS, _COMPANY_LIKELY, _COMPANY_ENDS),
}


def introduced_name(text: str) -> Introduced:
    """The name of a person: "hi, I'm Ada from Acme" gives "Ada"; "Robert, but call me Bob" gives "Bob"."""
    phrases = _phrases("name")
    if _is_bare(text, phrases):
        return Introduced(text, certain=False, likely=False)
    words = _without_greeting(_words_of(text), phrases)
    for place in range(1, len(words)):
        if words[place].plain in _CALL and (length := _longest(words, place, phrases.certain)):
            return _cut(words[place + length :], phrases, certain=True)
    return _introduced(words, phrases)


def introduced_company(text: str) -> Introduced:
    """The name of a company: "I'm the CTO of Acme, thanks" gives "Acme"."""
    phrases = _phrases("company")
    if _is_bare(text, phrases):
        return Introduced(text, certain=False, likely=False)
    words = _without_greeting(_words_of(text), phrases)
    for place, word in enumerate(words[:20]):
        if place and word.plain in _NAMED and place + 1 < len(words):
            return _cut(words[place + 1 :], phrases, certain=True)
    found = _introduced(words, phrases)
    if not found.certain and words and (words[0].plain in _SELF or words[0].plain in _ROLES):
        for place, word in enumerate(words[1:9], start=1):
            if word.plain in _ROLES_LEAD_TO and place + 1 < len(words):
                return _cut(words[place + 1 :], phrases, certain=True)
    return found


_CALL = word_set("call calls nenn nennen nennt llamame appelez-moi appelle-moi go")
_NAMED = word_set("called named namens llamada llamado appelee nommee")


@cache
def _phrases(kind: str) -> _Phrases:
    certain, labels, likely, ends = (_by_first_word(text) for text in _TEXTS[kind])
    themselves = _SELF if kind == "name" else _SELF | _ROLES
    openers = (certain, labels, likely, _by_first_word(_GREETINGS), _by_first_word(_BEFORE_A_PAUSE), themselves)
    return _Phrases(
        certain,
        labels,
        likely,
        ends,
        frozenset[str]().union(*openers),
        frozenset(ends) | (_CALL if kind == "name" else _NAMED),
    )


@cache
def _by_first_word(text: str) -> _ByFirstWord:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(phrase.split()) for phrase in text.split("|")), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def words_around(kind: str) -> frozenset[str]:
    """Every word that may say of the others in a text that they are a ``name`` or a ``company``, or neither."""
    return _phrases(kind).opening | _phrases(kind).turning


def words_alone(text: str, most: int) -> Sequence[str]:
    """The words of a text that is nothing but ``most`` words or fewer, of letters or &, folded; none of any other."""
    words = fold(text).split(" ")
    few = len(words) <= most and len(words) == text.count(" ") + 1
    return words if few and text.replace(" ", "").replace("&", "").isalpha() else ()


def _is_bare(text: str, phrases: _Phrases) -> bool:
    """Whether a text is a few words without punctuation, none of which introduces anything: a name alone."""
    first, *others = fold(text).split(" ")
    return (
        len(others) < _FEW_WORDS
        and len(others) == text.count(" ")
        and (text.replace(" ", "").isalnum() or _UNPUNCTUATED.fullmatch(text) is not None)
        and first not in phrases.opening
        and phrases.turning.isdisjoint(others)
    )


def _words_of(text: str) -> list[_Word]:
    words = []
    for line in text.splitlines():
        for written in line.split()[:_MOST_WORDS]:
            if written.isascii() and written.isalpha():
                words.append(_Word(written, written.lower(), pauses=False))
                continue
            plain = fold_words(written).strip("-–—|")
            if plain:
                words.append(_Word(written, plain, _pauses(written, plain)))
            elif words and written in _DASHES:
                return words
            elif words:
                words[-1] = words[-1]._replace(pauses=True)
        if words:
            words[-1] = words[-1]._replace(pauses=True)
    return words[:_MOST_WORDS]


def _pauses(written: str, plain: str) -> bool:
    if written.endswith("."):
        return len(plain) > 1 and plain not in _ABBREVIATIONS and "." not in plain
    return written.endswith(_PAUSES)


def _longest(words: list[_Word], place: int, phrases: _ByFirstWord) -> int:
    """How many words from ``place`` on are one of the phrases; 0 if none are."""
    for phrase in phrases.get(words[place].plain, ()) if place < len(words) else ():
        if tuple(word.plain for word in words[place : place + len(phrase)]) == phrase:
            return len(phrase)
    return 0


_FILLERS = word_set("actually um umm uh uhm er erm hm hmm oops sorry eigentlich ahm pues euh")
"""What people begin with while they think; "Well" is a name too."""
_REFUSING = word_set("no nope nein non")


def _without_greeting(words: list[_Word], phrases: _Phrases) -> list[_Word]:
    while len(words) > 1:
        length = _longest(words, 0, _by_first_word(_GREETINGS))
        if not length:
            length = _longest(words, 0, _by_first_word(_BEFORE_A_PAUSE))
            if words[0].plain in _FILLERS:
                words = words[1:]
                continue
            introduces = words[0].plain not in _REFUSING and (
                _longest(words, length, phrases.certain) or _longest(words, length, phrases.likely)
            )
            if not length or not (words[length - 1].pauses or introduces):
                break
        if length >= len(words):
            break
        words = words[length:]
    return words


def _introduced(words: list[_Word], phrases: _Phrases) -> Introduced:
    certain = _longest(words, 0, phrases.certain)
    label = _longest(words, 0, phrases.labels)
    if label > certain and words[label - 1].written.endswith((":", "=")):
        certain = label
    likely = _longest(words, 0, phrases.likely)
    if likely == 1 and words[0].plain == "im" and words[0].written != "im":
        likely = 0
    if certain >= likely and 0 < certain < len(words):
        return _cut(words[certain:], phrases, certain=True)
    if 0 < likely < len(words):
        return _cut(words[likely:], phrases, likely=True)
    return _cut(words, phrases)


def _cut(words: list[_Word], phrases: _Phrases, *, certain: bool = False, likely: bool = False) -> Introduced:
    """The words up to where something else begins: a pause, where they were introduced, or "from", "thanks", …"""
    end = len(words)
    for place in range(1, len(words)):
        if _longest(words, place, phrases.ends):
            pause = next(
                (at for at in range(1, place) if words[at - 1].pauses and not _belongs(words[at].plain)), place
            )
            end = pause
            break
        describes = words[place].plain in _DESCRIBING and words[place - 1].pauses and place + 1 < len(words)
        if describes or ((certain or likely) and words[place - 1].pauses and not _belongs(words[place].plain)):
            end = place
            break
    rest = " ".join(word.written for word in words[:end])
    return Introduced(_without_closing(rest), certain, likely)


_DESCRIBING = word_set("a an ein eine una une")
"""What begins a description behind a comma: "Acme, a small agency"."""


def _belongs(plain: str) -> bool:
    """Whether a word behind a comma is still part of the name: Jr., Inc."""
    return plain in _ABBREVIATIONS or plain in _BEHIND_COMMA or "." in plain


_BEHIND_COMMA = word_set(
    """
    phd md mba esq ii iii iv gmbh ag kg ohg se sa sas sarl srl sl s.a bv nv oy ab as aps limited llp lp
    """
)


def _without_closing(text: str) -> str:
    """``text`` without the punctuation that closes a sentence; the full stop of "Ltd." stays."""
    text = text.strip().rstrip(" ,;:!?-–—|").lstrip(" ,;:!?-–—|.")
    last = text.split(" ")[-1].lower()
    if text.endswith(".") and "." not in last[:-1] and last[:-1] not in _ABBREVIATIONS and len(last) > 2:
        return text.rstrip(".")
    return text
