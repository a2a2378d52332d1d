"""Sums of money in a text: which numbers have a currency, which one, and "five dollars and twenty cents" as one."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.currencies import (
    CODES,
    NAMES,
    ONLY_ATTACHED,
    ONLY_BEFORE,
    ONLY_BEHIND,
    POINT_GROUPING,
    PREFIX_MAGNITUDES,
    SUBUNITS,
    WORDLIKE_CODES,
    Currency,
    country_of,
    currency_of_family,
    family_of,
)
from dialogs.language.numerals import Numeral, find_numerals
from dialogs.language.vocabulary import word_set

_TOKEN = re.compile(
    r"[^\W\d_\u3400-\u9fff]*[$€£¥₹₽₺₪₫₱₦₵₴₸₼₾฿₡₲₮₭៛֏؋৳₩¢₨円元](?:[^\W\d_]+)?|s/\.?|pa'anga"
    r"|[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|/-?="
)
_LONGEST_NAME = 3
_MOST_TOKENS, _MOST_MENTIONS = 250, 40
_SIGNS = re.compile(r"[^\w\s]")
_SIGN_AS_POINT = re.compile(r"\d+ ?[€$£]\d\d")
"""As in "5€50"."""
_DOTTED = re.compile(r"\bu\.s\.?(?:a\.)?(?= ?[$dc])")

_GAP_AFTER = re.compile(
    r" ?|-|[.,]?-{1,2} ?|/-? ?|\. ?|'s |(?: of| de| d'| in)? ?(?:an? |un |une |einen |einem )?| worth of "
)
_GAP_BEFORE = re.compile(r" ?|[.:] ?|-| of ")
_AND = re.compile(r",? ?(?:and|und|y|et|con|e|&)? ?")
_FRENCH_CENTS = re.compile(r"\d ?cents?\b(?! (?:mille|euros?|dollars?)\b)")
_MIL = re.compile(r"mil\b")
_THOUSANDS_ARE_MIL = word_set("EUR MXN ARS COP CLP PEN BRL UYU DOP CRC BOB GTQ CUP PYG HNL NIO VES AOA MZN CVE")
_ARTICLE_BEFORE = re.compile(r"(?:^|[^\w])(an?|one|eine?[nm]?|una?|une) $")


class Amount(NamedTuple):
    """A number in a text with the currency that stands beside it."""

    numeral: Numeral
    """Its value is in whole units, and its place includes the currency."""
    currency: Currency | None = None


class Mention(NamedTuple):
    """A word or sign for money in a text."""

    start: int
    end: int
    currency: Currency
    word: str


def undotted(text: str) -> str:
    """``text`` with "U.S. dollars" as "us dollars"."""
    return _DOTTED.sub("us", text)


def find_amounts(text: str, mentions: Sequence[Mention], language: str, *, region: str | None = None) -> list[Amount]:
    """The numbers of ``text`` (from ``plain_digits``) in order, each with the one of ``mentions`` that is its own."""
    prefixes = {mention.word.rpartition(" ")[2] for mention in mentions}
    cents = ("cent", "cents") if language == "fr" and _FRENCH_CENTS.search(text) else ()
    numerals = find_numerals(text, language, region=region, without=cents, prefixes=prefixes)
    numerals = sorted([*numerals, *_single(text, numerals, mentions)], key=lambda numeral: numeral.start)
    amounts = _settled(_attached(text, numerals, mentions))
    if language == "en" and "mil" in text:
        amounts = [_doubtful_mil(text, amount) for amount in amounts]
    return _with_parts(text, _with_shared_parts(text, amounts))


def find_mentions(text: str, raw: str, *, default: str | None = None, region: str | None = None) -> list[Mention]:
    """The words and signs for money in ``text`` (from ``plain_digits``), in whatever language.

    ``raw`` is the text as typed: codes that are words too (ALL) count only in capitals. ``default`` and ``region``
    say whose dollar is meant where it is not said.
    """
    tokens = [match for _, match in zip(range(_MOST_TOKENS), _TOKEN.finditer(text), strict=False)]
    found: list[Mention] = []
    at = 0
    while at < len(tokens) and len(found) < _MOST_MENTIONS:
        taken, currency = _longest_name(text, tokens, at, raw, default, region)
        if currency is None:
            at += 1
            continue
        start, end = tokens[at].start(), tokens[at + taken - 1].end()
        word = text[start:end]
        found.append(Mention(start, end, currency, word))
        at += taken
    return found


def _longest_name(
    text: str, tokens: Sequence[re.Match[str]], at: int, raw: str, default: str | None, region: str | None
) -> tuple[int, Currency | None]:
    """How many tokens from ``at`` name a currency, and which."""
    for length in range(min(_LONGEST_NAME + 1, len(tokens) - at), 0, -1):
        start, end = tokens[at].start(), tokens[at + length - 1].end()
        if end - start > 40:
            continue
        words = text[start:end].replace("-", " ").split(" ")
        currency = _named(words, raw, default, region)
        if currency is not None:
            return length, currency
    return 0, None


def _named(words: list[str], raw: str, default: str | None, region: str | None) -> Currency | None:
    name = " ".join(words)
    closed_up = "".join(words) if len(words[0]) > 1 and _SIGNS.search(name) else name
    if name in NAMES or closed_up in NAMES:
        only = NAMES.get(name) or NAMES[closed_up]
        only = "CNY" if name == "¥" and default == "CNY" else only
        return Currency(only, named=name[:1].isalpha(), exact=name != "¥")
    if name in SUBUNITS:
        code, share = SUBUNITS[name]
        return Currency(code, share, named=True)
    if name.upper() in CODES:
        spelled = name.upper() in raw or name.upper() not in WORDLIKE_CODES
        return Currency(name.upper()) if spelled else None
    if len(words) > 1 and words[-1].isalpha() and words[-1] in NAMES and country_of(" ".join(words[:-1])):
        return Currency(NAMES[words[-1]], named=True)
    return _of_family(words, default, region)


def _of_family(words: list[str], default: str | None, region: str | None) -> Currency | None:
    """A dollar, a peso, a franc, with the country before or behind: "Hong Kong dollars", "francs suisses"."""
    for place, rest in (
        (-1, words[:-1]),
        (0, [word for word in words[1:] if word not in ("de", "d'", "von")]),
    ):
        family, country_words = family_of(words[place]), rest
        if family is None and len(words) > 2:
            family = family_of(" ".join(words[-2:] if place else words[:2]))
            country_words = country_words[:-1] if place else country_words[1:]
        if family is None:
            continue
        if not country_words:
            return currency_of_family(family, None, default, region)._replace(named=words[0].isalpha())
        country = country_of(" ".join(country_words)) or (
            country_of(country_words[0]) if len(country_words) == 1 else None
        )
        if country is not None:
            return currency_of_family(family, country, default, region)
    return None


def _attached(text: str, numerals: Sequence[Numeral], mentions: Sequence[Mention]) -> list[Amount]:
    """Each numeral with the mentions beside it."""
    amounts: list[Amount] = []
    ahead = 0
    for at, numeral in enumerate(numerals):
        while ahead < len(mentions) and mentions[ahead].end <= (numerals[at - 1].end if at else 0):
            ahead += 1
        left = None
        while ahead < len(mentions) and mentions[ahead].end <= numeral.start:
            left = mentions[ahead]
            ahead += 1
        if left is not None and (
            not _stands_before(text, left, numeral) or (amounts and left.start < amounts[-1].numeral.end)
        ):
            left = None
        following = numerals[at + 1] if at + 1 < len(numerals) else None
        while ahead < len(mentions) and mentions[ahead].end <= numeral.end:
            ahead += 1
        right = _behind(text, mentions[ahead], numeral) if ahead < len(mentions) else None
        if right is not None and not _stands_behind(text, numeral, right, following, bool(left)):
            right = None
        if right is not None:
            ahead += 1
        amounts.append(_amount(text, numeral, left, right))
    return amounts


def _settled(amounts: list[Amount]) -> list[Amount]:
    """Where one amount is euros, the points in all of them part thousands: "5.000-10.000 €"."""
    if not any(amount.currency is not None and amount.currency.code in POINT_GROUPING for amount in amounts):
        return amounts
    return [amount._replace(numeral=amount.numeral._replace(other=None)) for amount in amounts]


def _doubtful_mil(text: str, amount: Amount) -> Amount:
    """ "10 mil" is ten million to some, and ten thousand where people speak Spanish or Portuguese."""
    numeral = amount.numeral
    at_home = amount.currency is not None and amount.currency.code in _THOUSANDS_ARE_MIL
    if not at_home or numeral.factor != 10**6 or not _MIL.search(text, numeral.start, numeral.end):
        return amount
    return amount._replace(numeral=numeral._replace(other=_whole(Fraction(numeral.value, 1000))))


def _behind(text: str, mention: Mention, numeral: Numeral) -> Mention:
    """``mention`` without what the number has already taken of it: the k of "10 k€"."""
    if not mention.start < numeral.end < mention.end:
        return mention
    start = numeral.end + (text[numeral.end] == " ")
    return mention._replace(start=start, word=text[start : mention.end])


def _stands_before(text: str, mention: Mention, numeral: Numeral) -> bool:
    sign = numeral.start - 1 if text[numeral.start - 1] in "+-" else numeral.start
    gap = text[mention.end : sign]
    if mention.word in ONLY_BEFORE:
        return not gap or (gap == " " and mention.start == 0)
    return mention.word not in ONLY_BEHIND and mention.currency.share == 1 and bool(_GAP_BEFORE.fullmatch(gap))


def _stands_behind(text: str, numeral: Numeral, mention: Mention, following: Numeral | None, has_left: bool) -> bool:
    gap = text[numeral.end : mention.start]
    if mention.start < numeral.end or mention.word in ONLY_BEFORE or not _GAP_AFTER.fullmatch(gap):
        return False
    if mention.word in ONLY_ATTACHED and gap:
        return mention.word == "c" and gap == " " and following is None
    if has_left and mention.currency.share != 1:
        return False
    belongs_to_next = following is not None and following.start == mention.end and not mention.word.isalpha()
    return not (belongs_to_next and (gap or has_left))


def _amount(text: str, numeral: Numeral, left: Mention | None, right: Mention | None) -> Amount:
    chosen = (
        right if right is not None and (left is None or (right.currency.exact and not left.currency.exact)) else left
    )
    start = min(numeral.start, left.start) if left else numeral.start
    end = max(numeral.end, right.end) if right else numeral.end
    value, other = numeral.value, numeral.other
    if left is not None and text[left.end : numeral.start] == "-":
        value, other = -value, other and -other
    elif left is not None and (text[:start] == "- " or re.search(r"(?:^|[ (])-$", text[:start][-2:])):
        value, start = -value, text.rindex("-", 0, start)
    factor = PREFIX_MAGNITUDES.get(chosen.word, 1) if chosen is not None else 1
    if other is not None and (chosen is None or chosen.currency.code in POINT_GROUPING or factor == 1):
        low, high = sorted((value, other)) if value > 0 else sorted((value, other), reverse=True)
        settled = chosen is not None and chosen.currency.code in POINT_GROUPING
        value, other = high, None if settled else low
    share = (chosen.currency.share if chosen is not None else Fraction(1)) * factor
    value, other = value * share, other and other * share
    unclear = numeral.unclear and (right is None or right.start != numeral.end)
    other = other and _whole(other)
    numeral = numeral._replace(start=start, end=end, value=_whole(value), other=other, unclear=unclear)
    if factor > 1:
        numeral = numeral._replace(factor=numeral.factor * factor)
    return Amount(numeral, chosen.currency if chosen is not None else None)


def _whole(value: int | Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _single(text: str, numerals: Sequence[Numeral], mentions: Sequence[Mention]) -> list[Numeral]:
    """The ones that are only said by an article: "a dollar", "ein Euro"."""
    ones: list[Numeral] = []
    for mention in mentions:
        article = _ARTICLE_BEFORE.search(text[max(0, mention.start - 8) : mention.start])
        if article is None or not mention.currency.named or mention.word in ONLY_BEHIND:
            continue
        end = mention.start - 1
        start = end - len(article[1])
        if not any(numeral.start < mention.end and start < numeral.end for numeral in numerals):
            ones.append(Numeral(1, start, end, spoken=True))
    return ones


def _with_shared_parts(text: str, amounts: list[Amount]) -> list[Amount]:
    """ "10 to 20 cents": the cents are meant for both."""
    shared = list(amounts)
    for at in range(len(shared) - 1):
        first, second = shared[at], shared[at + 1]
        gap = text[first.numeral.end : second.numeral.start].strip()
        if first.currency is None and second.currency is not None and second.currency.share != 1 and gap in _SHARING:
            value = _whole(first.numeral.value * second.currency.share)
            shared[at] = Amount(first.numeral._replace(value=value), second.currency)
    return shared


_SHARING = word_set("- to or and bis oder und a o y ou et hasta")


def _with_parts(text: str, amounts: list[Amount]) -> list[Amount]:
    """ "5 dollars and 20 cents" and "20 rupees 43" as one amount."""
    joined: list[Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        if last is not None and _is_part_of(text, last, amount):
            part = amount.numeral.value
            if amount.currency is None:
                part = Fraction(part, 100)
            whole = last.numeral.value
            value = _whole(whole + part if whole >= 0 else whole - part)
            joined[-1] = Amount(last.numeral._replace(value=value, end=amount.numeral.end, factor=1), last.currency)
        else:
            joined.append(amount)
    return joined


def _is_part_of(text: str, whole: Amount, part: Amount) -> bool:
    gap = text[whole.numeral.end : part.numeral.start]
    if whole.currency is None or whole.currency.share != 1 or not isinstance(whole.numeral.value, int):
        return False
    if gap == "" and _SIGN_AS_POINT.fullmatch(text, whole.numeral.start, part.numeral.end):
        return part.currency is None and text[part.numeral.end :][:1] in ("", " ", ".", ",", "!", "?")
    if not _AND.fullmatch(gap) or part.numeral.percent or part.numeral.ordinal or _begins_a_range(text, whole):
        return False
    if part.currency is not None:
        return part.currency.share != 1 and 0 < part.numeral.value < 1
    spoken = text[part.numeral.start : part.numeral.end]
    behind_a_word = whole.currency.named and text[whole.numeral.end - 1].isalpha()
    plain = isinstance(part.numeral.value, int) and 10 <= part.numeral.value < 100 and part.numeral.factor == 1
    alone = re.match(r" ?[^\W\d_]", text[part.numeral.end :]) is None
    return plain and alone and gap != "" and (behind_a_word or (gap.strip() != "" and spoken.isalpha()))


def _begins_a_range(text: str, amount: Amount) -> bool:
    before = text[: amount.numeral.start].split()
    return bool(before) and before[-1] in ("between", "zwischen", "entre", "from", "von", "de")
