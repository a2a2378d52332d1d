"""Which of several options a text names, where more than one may be: "1 and 3", "all except sales", "sales, not HR"."""

import re
from typing import NamedTuple

from dialogs.language.choice_words import CARRYING, NEGATING, Words, is_question, words_of
from dialogs.language.choosing import Mention, OptionNames
from dialogs.language.folding import fold_words
from dialogs.language.vocabulary import word_set


class Picks(NamedTuple):
    """The options a text names."""

    chosen: tuple[int, ...] = ()
    """Their places, in the order of the options."""
    none: bool = False
    """Whether it says that none is wanted."""
    unclear: tuple[str, ...] = ()
    """Parts that name no option."""
    near: tuple[int, ...] = ()
    """What those parts may have meant."""


_JOINING = word_set("and und y e et plus also as well sowie auch ademas tambien ainsi aussi or oder o ou then")
_EXCEPT = (
    r"(?:except(?: for)?|but(?: not)?|without|apart from|other than|minus|ausser|bis auf|ohne"
    r"|menos|excepto|salvo|sauf|a part)"
)
_ALL = (
    r"(?:all|all of them|all of these|all of the above|everything|every one|each|the lot|both|both of them"
    r"|alle|alles|beide|beides|samtliche|todo|todos|todas|ambos|ambas|los dos|las dos|tous|toutes|tout|les deux)"
)
_ASKED_FOR = (
    r"(?:just |simply |i(?:'d)? (?:want|like|need|take) |give me |please |ich (?:mochte|will) |quiero |je veux )?"
)
_EVERYTHING = re.compile(rf"{_ASKED_FOR}{_ALL}(?: please| bitte| por favor| s'il vous plait)?")
_COUNTS = {
    **dict.fromkeys(("two", "zwei", "beiden", "dos", "deux", "2"), 2),
    **dict.fromkeys(("three", "drei", "tres", "trois", "3"), 3),
    **dict.fromkeys(("four", "vier", "cuatro", "quatre", "4"), 4),
    **dict.fromkeys(("five", "funf", "cinco", "cinq", "5"), 5),
}
_COUNT = f"({'|'.join(_COUNTS)})"
_ALL_COUNTED = re.compile(rf"(?:all|alle|los|las|les|toutes les|tous les) {_COUNT}(?: of them| of these| please)?")
_FIRST_OR_LAST = re.compile(
    rf"(?:(?:the |die |los |las |les )?(?:(first|ersten|primer[oa]s|premi(?:ers|eres))|(last|letzten|ultim[oa]s"
    rf"|derni(?:ers|eres))) {_COUNT}|(?:los |las |les )?{_COUNT} (?:(primer[oa]s|premi(?:ers|eres))"
    rf"|(ultim[oa]s|derni(?:ers|eres))))(?: ones?| options?| of them| please)?"
)
_BOTH = re.compile(r"\b(?:both|beides?|amb[oa]s|l[oa]s dos|les deux)\b")
_ALL_BUT = re.compile(rf"{_ALL}(?: of them| options)?,? {_EXCEPT} (.+)", re.DOTALL)
_NONE = re.compile(
    r"(?:none|none of them|none of these|none of those|none of the above|nothing|neither|no|nope|not any"
    r"|keine?s?|keine davon|nichts|nein|ninguno|ninguna|nada|ninguno de ellos|aucun|aucune|aucun d'eux|rien|non)"
    r"(?: please| thanks| thank you| danke| gracias| merci)?"
)
_SPAN = re.compile(r"(\d{1,3}) ?(?:-|to|bis|a|through) ?(\d{1,3})")
_LETTERS = re.compile(r"[a-z](?:[ ,;&+/]+(?:and |und |y |et )?[a-z])+")
_NUMBERS = re.compile(r"\d{1,3}(?:[ ,;&+/]+(?:and |und |y |et )?\d{1,3})+")


def pick_several(names: OptionNames, text: str, language: str) -> Picks:
    """The options that ``text`` names, or refuses."""
    plain = fold_words(text)
    whole = names.whole(text)
    if whole is not None:
        return Picks((whole,))
    if _EVERYTHING.fullmatch(plain) and (len(names) == 2 or not _BOTH.search(plain)):
        return Picks(tuple(range(len(names))))
    counted = _ALL_COUNTED.fullmatch(plain)
    if counted is not None and _count(counted[1]) == len(names):
        return Picks(tuple(range(len(names))))
    some = _FIRST_OR_LAST.fullmatch(plain)
    if some is not None and (count := _count(some[3] or some[4] or "")) < len(names):
        return Picks(tuple(range(count) if some[1] or some[5] else range(len(names) - count, len(names))))
    if _NONE.fullmatch(plain):
        return Picks(none=True)
    all_but = _ALL_BUT.fullmatch(plain)
    if all_but is not None:
        refused = _parts(names, all_but.group(1), language)
        left = tuple(at for at in range(len(names)) if at not in refused.chosen)
        return refused._replace(chosen=left if refused.chosen else ())
    return _by_number(names, plain) or _parts(names, text, language)


def _count(word: str) -> int:
    return _COUNTS[word] if word in _COUNTS else int(word)


def _by_number(names: OptionNames, plain: str) -> Picks | None:
    """ "a, c", "1 3 4", "1-3": places, the last two where the options are not quantities themselves."""
    if _LETTERS.fullmatch(plain):
        places = sorted({ord(letter) - ord("a") for letter in re.findall(r"\b[a-z]\b", plain)})
        return Picks(tuple(places)) if places[-1] < len(names) else None
    if names.are_quantities:
        return None
    span = _SPAN.fullmatch(plain)
    if span is not None:
        first, last = int(span.group(1)), int(span.group(2))
        return Picks(tuple(range(first - 1, last))) if 1 <= first < last <= len(names) else None
    if not _NUMBERS.fullmatch(plain):
        return None
    places = sorted({int(number) - 1 for number in re.findall(r"\d+", plain)})
    return Picks(tuple(places)) if all(0 <= place < len(names) for place in places) else None


def _parts(names: OptionNames, text: str, language: str) -> Picks:
    """Each part of the text by itself: names that stand in it, else what the part as a whole means."""
    said = words_of(text)
    mentions = names.mentions(said)
    if is_question(text, said):
        return Picks(near=tuple(dict.fromkeys(mention.at for mention in mentions)))
    chosen = {mention.at for mention in mentions if not mention.negated}
    refused = {mention.at for mention in mentions if mention.negated}
    unclear: list[str] = []
    near: list[int] = []
    for part in _unnamed(said, mentions):
        pick = names.pick(part, language)
        if pick.at is not None:
            chosen.add(pick.at)
        elif pick.negated:
            continue
        else:
            unclear.append(part)
            near += pick.near
    picked = tuple(sorted(chosen - refused))
    return Picks(picked, unclear=tuple(unclear), near=tuple(dict.fromkeys(at for at in near if at not in chosen)))


def _unnamed(said: Words, mentions: list[Mention]) -> list[str]:
    """The parts of the text, parted by pauses and "and", in which no option is named and something is said."""
    named = {place: mention.at for mention in mentions for place in range(mention.start, mention.end)}
    parts: list[list[int]] = [[]]
    for place, word in enumerate(said.words):
        if word in _JOINING and place not in named:
            parts.append([])
            continue
        parts[-1].append(place)
        if place in said.pauses and not (place in named and named.get(place + 1) == named[place]):
            parts.append([])
    spoken = [[said.words[place] for place in part] for part in parts if not any(place in named for place in part)]
    return [" ".join(words) for words in spoken if any(word not in CARRYING or word in NEGATING for word in words)]
