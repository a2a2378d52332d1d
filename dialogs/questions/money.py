"""How much money: an amount or a range, with its currency where it is said.

A little longer than other files: one question type is one file, whatever people write.
"""

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from pydantic import Field, field_validator, model_validator

from dialogs.language.amounts import Amount, find_amounts, find_mentions, undotted
from dialogs.language.counting_languages import says_many
from dialogs.language.currencies import CODES, NO_DECIMALS, THREE_DECIMALS
from dialogs.language.digits import plain_digits
from dialogs.language.lookalikes import WHAT_IT_LOOKS_LIKE, mask_lookalikes
from dialogs.language.periods import find_periods
from dialogs.language.quantities import (
    BORROWED,
    LARGEST,
    Quantity,
    Unclear,
    choose,
    counts_something,
    is_meant,
    is_uncounted,
    quantities_of,
)
from dialogs.language.shown_numbers import show_money, show_money_range, show_number
from dialogs.language.written_numbers import Exact, exact, rounded
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.doubting import doubt_between
from dialogs.values import Value


class MoneyOptions(Options):
    """What a script may say about an amount of money."""

    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 4217: what is meant where the visitor names none, and whose dollar "$" is."""
    min: int | float | None = None
    """Smallest amount that is taken, in ``currency``; without it, none below zero."""
    max: int | float | None = None
    """Largest amount that is taken, in ``currency``."""
    ranges: bool = True
    """Whether "10k-20k" and "under 5000" are answers."""

    @field_validator("currency")
    @classmethod
    def _known(cls, currency: str | None) -> str | None:
        if currency is not None and currency not in CODES:
            raise ValueError(f"{currency} is no ISO 4217 currency; EUR and USD are two")
        return currency

    @model_validator(mode="after")
    def _ends_in_order(self) -> "MoneyOptions":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min must not be larger than max")
        return self


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_an_amount": {
        "en": "I could not find an amount there. Something like {example} would be perfect.",
        "de": "Da habe ich keinen Betrag gefunden. Perfekt wäre zum Beispiel {example}.",
        "es": "No he encontrado ningún importe. Algo como {example} sería perfecto.",
        "fr": "Je n'ai pas trouvé de montant. Quelque chose comme {example} serait parfait.",
        "pt": "Não encontrei aí um valor. Algo como {example} seria perfeito.",
        "it": "Non ho trovato un importo. Qualcosa come {example} sarebbe perfetto.",
        "nl": "Ik heb daarin geen bedrag gevonden. Iets als {example} is perfect.",
        "ar": "لم أجد مبلغًا في ذلك. شيء مثل {example} سيكون مثاليًا.",
    },
    "several_amounts": {
        "en": "I see more than one amount there. Just the one, please, such as {example}.",
        "de": "Da sehe ich mehrere Beträge. Bitte nur einen, zum Beispiel {example}.",
        "es": "Veo más de un importe. Mejor solo uno, por ejemplo {example}.",
        "fr": "Je vois plusieurs montants. Un seul, s'il vous plaît, par exemple {example}.",
        "pt": "Vejo mais do que um valor. Só um, por favor, por exemplo {example}.",
        "it": "Vedo più di un importo. Solo uno, per favore, per esempio {example}.",
        "nl": "Ik zie meer dan één bedrag. Eentje maar, bijvoorbeeld {example}.",
        "ar": "أرى أكثر من مبلغ. مبلغ واحد فقط من فضلك، مثل {example}.",
    },
    "unclear_amount": {
        "en": "I am not sure how much that is. Could you write it in digits, such as {example}?",
        "de": "Ich bin nicht sicher, wie viel das ist. In Ziffern bitte, zum Beispiel {example}.",
        "es": "No tengo claro cuánto es. Mejor en cifras, por ejemplo {example}.",
        "fr": "Je ne suis pas sûr du montant. En chiffres, s'il vous plaît, par exemple {example}.",
        "pt": "Não tenho a certeza de quanto é. Pode escrevê-lo em algarismos, por exemplo {example}?",
        "it": "Non sono sicuro di quanto sia. Può scriverlo in cifre, per esempio {example}?",
        "nl": "Ik weet niet zeker hoeveel dat is. Kunt u het in cijfers schrijven, bijvoorbeeld {example}?",
        "ar": "لست متأكدًا من المبلغ. هل يمكنك كتابته بالأرقام، مثل {example}؟",
    },
    "unknown_currency": {
        "en": "I only know ordinary money. How much would that be, such as {example}?",
        "de": "Ich kenne nur gewöhnliches Geld. Wie viel wäre das, zum Beispiel {example}?",
        "es": "Solo conozco el dinero corriente. ¿Cuánto sería, por ejemplo {example}?",
        "fr": "Je ne connais que la monnaie courante. Combien cela ferait-il, par exemple {example} ?",
        "pt": "Só conheço dinheiro comum. Quanto seria isso, por exemplo {example}?",
        "it": "Conosco solo le valute comuni. Quanto sarebbe, per esempio {example}?",
        "nl": "Ik ken alleen gewoon geld. Hoeveel is dat, bijvoorbeeld {example}?",
        "ar": "لا أعرف سوى العملات العادية. كم يساوي ذلك، مثل {example}؟",
    },
    "two_currencies": {
        "en": "Those are two currencies. One of them, please, such as {example}.",
        "de": "Das sind zwei Währungen. Bitte nur eine, zum Beispiel {example}.",
        "es": "Son dos monedas. Mejor solo una, por ejemplo {example}.",
        "fr": "Ce sont deux devises. Une seule, s'il vous plaît, par exemple {example}.",
        "pt": "São duas moedas. Só uma, por favor, por exemplo {example}.",
        "it": "Sono due valute. Solo una, per favore, per esempio {example}.",
        "nl": "Dat zijn twee valuta's. Eentje maar, bijvoorbeeld {example}.",
        "ar": "هاتان عملتان. عملة واحدة من فضلك، مثل {example}.",
    },
    "looks_like_something_else": {
        "en": "That looks like {what}. I am looking for an amount, such as {example}.",
        "de": "Das sieht nach {what} aus. Ich suche einen Betrag, zum Beispiel {example}.",
        "es": "Eso parece {what}. Busco un importe, por ejemplo {example}.",
        "fr": "Cela ressemble à {what}. Je cherche un montant, par exemple {example}.",
        "pt": "Isso parece {what}. Procuro um valor, por exemplo {example}.",
        "it": "Sembra {what}. Cerco un importo, per esempio {example}.",
        "nl": "Dat lijkt {what}. Ik zoek een bedrag, bijvoorbeeld {example}.",
        "ar": "يبدو هذا {what}. أبحث عن مبلغ، مثل {example}.",
    },
    "too_small": {
        "en": "That is a little low: it should be at least {limit}.",
        "de": "Das ist etwas zu wenig: mindestens {limit} sollten es sein.",
        "es": "Es un poco bajo: debería ser al menos {limit}.",
        "fr": "C'est un peu bas : il faudrait au moins {limit}.",
        "pt": "É um pouco baixo: devia ser pelo menos {limit}.",
        "it": "È un po' basso: dovrebbe essere almeno {limit}.",
        "nl": "Dat is wat laag: het moet ten minste {limit} zijn.",
        "ar": "هذا منخفض قليلًا: يجب ألا يقل عن {limit}.",
    },
    "too_large": {
        "en": "That is a little high: it should be at most {limit}.",
        "de": "Das ist etwas zu viel: höchstens {limit} sollten es sein.",
        "es": "Es un poco alto: debería ser como máximo {limit}.",
        "fr": "C'est un peu élevé : il faudrait au plus {limit}.",
        "pt": "É um pouco alto: devia ser no máximo {limit}.",
        "it": "È un po' alto: dovrebbe essere al massimo {limit}.",
        "nl": "Dat is wat hoog: het mag hoogstens {limit} zijn.",
        "ar": "هذا مرتفع قليلًا: يجب ألا يزيد على {limit}.",
    },
    "one_amount_please": {
        "en": "Could you settle on one amount, such as {example}?",
        "de": "Bitte einen einzelnen Betrag, zum Beispiel {example}.",
        "es": "Un solo importe, por favor, por ejemplo {example}.",
        "fr": "Pouvez-vous choisir un seul montant, par exemple {example} ?",
        "pt": "Pode decidir-se por um valor, por exemplo {example}?",
        "it": "Può scegliere un solo importo, per esempio {example}?",
        "nl": "Kunt u één bedrag kiezen, bijvoorbeeld {example}?",
        "ar": "هل يمكنك تحديد مبلغ واحد، مثل {example}؟",
    },
}

_PLAIN = re.compile(
    r"\s*([$€£])?\s?(0|[1-9]\d{0,8})(k|m)?(?:(\+)|\s?[-–]\s?([$€£])?([1-9]\d{0,8})(k|m)?)?\s?([$€£])?\s*",
    re.ASCII | re.IGNORECASE,
)
_SIGN_CODES = {"€": "EUR", "£": "GBP"}
_MAGNITUDES = {None: 1, "k": 1000, "K": 1000, "m": 10**6, "M": 10**6}
_NOT_MONEY = re.compile(
    r"\b(?:btc|bitcoins?|eth|ethereum|ether|crypto|usdt|satoshis?|dogecoins?|tokens?|points|miles)\b"
)
_End = Exact | None


class MoneyQuestion:
    """Reads "$5000", "10k-20k EUR", "between 10 and 20 dollars", "fünf Mio. Euro", "five dollars and twenty cents"."""

    name: ClassVar[str] = "money"
    comparable: ClassVar[str] = "number"
    options: ClassVar[type[Options]] = MoneyOptions

    def read(self, text: str, options: MoneyOptions, reading: Reading) -> Outcome:
        """``{"amount", "currency"}`` or ``{"from", "to", "currency"}``.

        Remarks: ``approximate``, ``range``, and ``per_month`` and the like for a price of a period.
        """
        plain = _read_plain(text, options)
        if plain is not None:
            low, high, currency = plain
            return _settle(Quantity(low, high, 0, 0), currency, options, reading.language)
        return _read_closely(text, options, reading)

    def check(self, value: Value, options: MoneyOptions, language: str) -> Outcome:
        """An amount or a range as ``read`` gives it."""
        parts = _parts(value)
        if parts is None:
            return _rejected("not_an_amount", options, language)
        broken = _broken_rule(*parts, options)
        return _refuse_by_rule(broken, *parts, options, language) if broken else Accepted(_value(*parts))

    def input(self, options: MoneyOptions, language: str) -> Input:
        """A decimal keyboard with the limits and the currency."""
        return Input(
            kind="decimal",
            placeholder=_example(options, language),
            autocomplete="transaction-amount",
            minimum=options.min,
            maximum=options.max,
            extra={"currency": options.currency, "ranges": options.ranges},
        )

    def show(self, value: Value, options: MoneyOptions, language: str) -> str:
        """ "€1,250", "$10,000 to $20,000", "bis 5.000 £", "1,250 CHF"."""
        parts = _parts(value)
        if parts is None:
            return "" if value is None else str(value)
        return _shown(*parts, options, language)


def _read_plain(text: str, options: MoneyOptions) -> tuple[int, int | None, str | None] | None:
    """The everyday answer, without a look at words: "$5000", "10k", "10k-20k €"."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    sign, first, magnitude, more, second_sign, last, last_magnitude, end_sign = match.groups()
    signs = {each for each in (sign, second_sign, end_sign) if each is not None}
    if len(signs) > 1 or (
        last is not None and (bool(magnitude) != bool(last_magnitude) or (sign is None and second_sign))
    ):
        return None
    low = int(first) * _MAGNITUDES[magnitude]
    high = int(last) * _MAGNITUDES[last_magnitude] if last is not None else None if more else low
    if (high is not None and high < low) or (last is not None and not signs and len(first) == 3 and len(last) == 4):
        return None
    written = signs.pop() if signs else None
    if written == "$":
        return None if options.currency not in (None, "USD") else (low, high, "USD")
    return low, high, options.currency if written is None else _SIGN_CODES[written]


def _read_closely(text: str, options: MoneyOptions, reading: Reading) -> Outcome:
    language = reading.language
    masked = mask_lookalikes(undotted(plain_digits(text)), language)
    amounts = _amounts(masked.text, text, options, reading)
    if _NOT_MONEY.search(masked.text) and not any(amount.currency for amount in amounts):
        return _rejected("unknown_currency", options, language)
    if any(amount.numeral.unclear for amount in amounts):
        return _rejected("unclear_amount", options, language)
    found = _chosen(masked.text, amounts)
    if isinstance(found, Unclear):
        return _refuse(found, masked.kinds, options, language)
    currencies = _currencies(amounts, found)
    if len(currencies) > 1:
        return _rejected("two_currencies", options, language)
    currency = currencies.pop() if currencies else options.currency
    return _settle(found, currency, options, language, find_periods(masked.text))


def _amounts(text: str, raw: str, options: MoneyOptions, reading: Reading) -> list[Amount]:
    """The amounts of the text, in the visitor's language or else in another."""
    mentions = find_mentions(text, raw, default=options.currency, region=reading.region)
    for language in (reading.language, *BORROWED.get(reading.language, BORROWED["en"])):
        amounts = find_amounts(text, mentions, language, region=reading.region)
        amounts = [each for each in amounts if _is_an_amount(text, each)]
        if language == reading.language and amounts:
            return amounts
        said = sum(amount.numeral.end - amount.numeral.start for amount in amounts)
        if (
            amounts
            and len(text) <= 120
            and not says_many(text, reading.language)
            and (2 * said >= len(text) or any(amount.currency for amount in amounts))
        ):
            return amounts
    return []


def _is_an_amount(text: str, amount: Amount) -> bool:
    if amount.currency is not None:
        return not is_uncounted(text, amount.numeral)
    return not amount.numeral.percent and is_meant(text, amount.numeral) and not counts_something(text, amount.numeral)


def _chosen(text: str, amounts: list[Amount]) -> Quantity | Unclear:
    if not amounts:
        return Unclear("none")
    quantities = quantities_of(text, [amount.numeral for amount in amounts])
    if any(end is not None and not -LARGEST <= end <= LARGEST for each in quantities for end in (each.low, each.high)):
        return Unclear("too_large")
    with_currency = [quantity for quantity in quantities if _involved(amounts, quantity, with_currency=True)]
    return choose(text, with_currency or quantities)


def _involved(amounts: Iterable[Amount], quantity: Quantity, *, with_currency: bool) -> list[Amount]:
    return [
        amount
        for amount in amounts
        if quantity.start <= amount.numeral.start and amount.numeral.end <= quantity.end
        if amount.currency is not None or not with_currency
    ]


def _currencies(amounts: Iterable[Amount], quantity: Quantity) -> set[str]:
    """The currencies named in a quantity."""
    involved = _involved(amounts, quantity, with_currency=True)
    return {
        amount.currency.code for amount in involved if amount.currency is not None and amount.currency.code is not None
    }


def _parts(value: Value) -> tuple[_End, _End, str | None] | None:
    """The ends and the currency of a stored value; None where it is no such value."""
    if not isinstance(value, dict):
        return None
    currency = value.get("currency")
    if not (currency is None or (isinstance(currency, str) and currency in CODES)):
        return None
    if set(value) == {"amount", "currency"}:
        ends = (value["amount"], value["amount"])
    elif set(value) == {"from", "to", "currency"}:
        ends = (value["from"], value["to"])
    else:
        return None
    low, high = (_end(each) for each in ends)
    known = (low is None) == (ends[0] is None) and (high is None) == (ends[1] is None)
    if not known or (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    return low, high, currency


def _end(value: object) -> _End:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        return None
    return exact(value)


def _broken_rule(low: _End, high: _End, currency: str | None, options: MoneyOptions) -> str | None:
    """Which of the field's rules an amount or a range breaks, as a code; None where it may be taken."""
    ends = [end for end in (low, high) if end is not None]
    if low != high and not options.ranges:
        return "one_amount_please"
    if any(end < _least(currency, options) for end in ends):
        return "too_small"
    if _is_comparable(currency, options) and options.max is not None and any(end > options.max for end in ends):
        return "too_large"
    return None


def _is_comparable(currency: str | None, options: MoneyOptions) -> bool:
    """Whether the limits are in this currency; nothing is converted."""
    return options.currency is None or currency in (None, options.currency)


def _least(currency: str | None, options: MoneyOptions) -> int | float:
    if options.min is not None and _is_comparable(currency, options):
        return options.min
    return min(0, options.min or 0)


def _refuse_by_rule(
    code: str, low: _End, high: _End, currency: str | None, options: MoneyOptions, language: str
) -> Rejected:
    limit = {"too_small": _least(currency, options), "too_large": options.max}.get(code)
    ends = dict.fromkeys(end for end in (low, high) if end is not None) if code == "one_amount_please" else ()
    suggestions = tuple(
        Suggestion(_value(end, end, currency), _shown(end, end, currency, options, language)) for end in ends
    )
    return _rejected(code, options, language, suggestions, limit=limit)


def _settle(
    quantity: Quantity, currency: str | None, options: MoneyOptions, language: str, per: tuple[str, ...] = ()
) -> Outcome:
    """Of several readings those that the rules allow: one is taken, of more the likeliest, with a question."""
    readings = ((quantity.low, quantity.high), *quantity.others)
    fitting = [each for each in readings if _broken_rule(*each, currency, options) is None]
    if not fitting:
        code = _broken_rule(*readings[0], currency, options) or "not_an_amount"
        return _refuse_by_rule(code, *readings[0], currency, options, language)
    noted = (("approximate", quantity.approximate), ("range", quantity.is_range))
    remarks = tuple(remark for remark, holds in noted if holds) + per
    if len(fitting) == 1 and not quantity.unsure:
        return Accepted(_value(*fitting[0], currency), remarks)
    suggestions = tuple(
        Suggestion(_value(*each, currency), _shown(*each, currency, options, language)) for each in fitting
    )
    doubt = doubt_between(suggestions, language)
    return Accepted(_value(*fitting[0], currency), remarks, doubt, suggestions)


def _refuse(unclear: Unclear, kinds: tuple[str, ...], options: MoneyOptions, language: str) -> Rejected:
    match unclear.code:
        case "several":
            return _rejected("several_amounts", options, language)
        case "unclear" | "too_large":
            return _rejected("unclear_amount", options, language)
        case _ if kinds:
            what = phrase(WHAT_IT_LOOKS_LIKE, kinds[0], language)
            return _rejected("looks_like_something_else", options, language, what=what)
        case _:
            return _rejected("not_an_amount", options, language)


def _rejected(
    code: str,
    options: MoneyOptions,
    language: str,
    suggestions: tuple[Suggestion, ...] = (),
    *,
    limit: int | float | None = None,
    what: str = "",
) -> Rejected:
    shown_limit = "" if limit is None else _shown(exact(limit), exact(limit), options.currency, options, language)
    reason = phrase(_PHRASES, code, language, example=_example(options, language), limit=shown_limit, what=what)
    return Rejected(reason, code, suggestions)


def _example(options: MoneyOptions, language: str) -> str:
    """An amount that would be taken."""
    amount: Exact = 5000
    if options.min is not None and amount < options.min:
        amount = exact(options.min)
    if options.max is not None and amount > options.max:
        amount = exact(options.max)
    return _shown(amount, amount, options.currency or {"en": "USD"}.get(language, "EUR"), options, language)


def _value(low: _End, high: _End, currency: str | None) -> dict[str, int | float | str | None]:
    """The answer as it is stored."""
    first, last = (None if end is None else rounded(end) for end in (low, high))
    if first is not None and low == high:
        return {"amount": first, "currency": currency}
    return {"from": first, "to": last, "currency": currency}


def _shown(low: _End, high: _End, currency: str | None, options: MoneyOptions, language: str) -> str:
    """An amount or a range for people, with its currency."""
    decimals = 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2
    first, last = (
        None
        if end is None
        else show_number(rounded(end), language, decimals=0 if isinstance(rounded(end), int) else decimals)
        for end in (low, high)
    )
    dollar = options.currency in (None, "USD")
    if first is not None and low == high:
        return show_money(first, currency, language, dollar=dollar)
    return show_money_range(first, last, currency, language, dollar=dollar)
