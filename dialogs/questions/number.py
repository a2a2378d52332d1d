"""How many: a number or a range, in digits or words, alone or inside a sentence."""

import re
from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field, model_validator

from dialogs.language.digits import plain_digits
from dialogs.language.lookalikes import WHAT_IT_LOOKS_LIKE, mask_lookalikes
from dialogs.language.quantities import LARGEST, Quantity, Unclear, read_quantity
from dialogs.language.shown_numbers import show_number, show_range
from dialogs.language.written_numbers import Exact, exact, rounded
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.questions.doubting import doubt_between
from dialogs.values import Value


class NumberOptions(Options):
    """What a script may say about a number."""

    min: int | float | None = None
    """Smallest that is taken; the lower end of a range counts."""
    max: int | float | None = None
    """Largest that is taken."""
    whole: bool = False
    """Whether only whole numbers make sense, as for people."""
    ranges: bool = True
    """Whether "10-20" and "50+" are answers."""
    unit: str | None = Field(default=None, max_length=40)
    """What is counted, shown behind the number: "people", "%"."""

    @model_validator(mode="after")
    def _ends_in_order(self) -> "NumberOptions":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min must not be larger than max")
        return self


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_number": {
        "en": "I could not find a number there. Something like {example} would be perfect.",
        "de": "Da habe ich keine Zahl gefunden. Perfekt wäre zum Beispiel {example}.",
        "es": "No he encontrado ningún número. Algo como {example} sería perfecto.",
        "fr": "Je n'ai pas trouvé de nombre. Quelque chose comme {example} serait parfait.",
        "pt": "Não encontrei aí um número. Algo como {example} seria perfeito.",
        "it": "Non ho trovato un numero. Qualcosa come {example} sarebbe perfetto.",
        "nl": "Ik heb daarin geen getal gevonden. Iets als {example} is perfect.",
        "ar": "لم أجد رقمًا في ذلك. شيء مثل {example} سيكون مثاليًا.",
    },
    "several_numbers": {
        "en": "I see more than one number there. Could you give me just the one, such as {example}?",
        "de": "Da sehe ich mehrere Zahlen. Bitte nur die eine, zum Beispiel {example}.",
        "es": "Veo más de un número. Mejor solo uno, por ejemplo {example}.",
        "fr": "Je vois plusieurs nombres. Pouvez-vous n'en donner qu'un, par exemple {example} ?",
        "pt": "Vejo mais do que um número. Pode dar-me só um, por exemplo {example}?",
        "it": "Vedo più di un numero. Può darmene solo uno, per esempio {example}?",
        "nl": "Ik zie meer dan één getal. Kunt u mij er één geven, bijvoorbeeld {example}?",
        "ar": "أرى أكثر من رقم. هل يمكنك إعطائي رقمًا واحدًا، مثل {example}؟",
    },
    "unclear_number": {
        "en": "I am not sure how much that is. Could you write it in digits, such as {example}?",
        "de": "Ich bin nicht sicher, wie viel das ist. In Ziffern bitte, zum Beispiel {example}.",
        "es": "No tengo claro cuánto es. Mejor en cifras, por ejemplo {example}.",
        "fr": "Je ne suis pas sûr du nombre. En chiffres, s'il vous plaît, par exemple {example}.",
        "pt": "Não tenho a certeza de quanto é. Pode escrevê-lo em algarismos, por exemplo {example}?",
        "it": "Non sono sicuro di quanto sia. Può scriverlo in cifre, per esempio {example}?",
        "nl": "Ik weet niet zeker hoeveel dat is. Kunt u het in cijfers schrijven, bijvoorbeeld {example}?",
        "ar": "لست متأكدًا من العدد. هل يمكنك كتابته بالأرقام، مثل {example}؟",
    },
    "looks_like_something_else": {
        "en": "That looks like {what}. I am looking for a number, such as {example}.",
        "de": "Das sieht nach {what} aus. Ich suche eine Zahl, zum Beispiel {example}.",
        "es": "Eso parece {what}. Busco un número, por ejemplo {example}.",
        "fr": "Cela ressemble à {what}. Je cherche un nombre, par exemple {example}.",
        "pt": "Isso parece {what}. Procuro um número, por exemplo {example}.",
        "it": "Sembra {what}. Cerco un numero, per esempio {example}.",
        "nl": "Dat lijkt {what}. Ik zoek een getal, bijvoorbeeld {example}.",
        "ar": "يبدو هذا {what}. أبحث عن رقم، مثل {example}.",
    },
    "too_small": {
        "en": "That is a little low: it should be at least {limit}.",
        "de": "Das ist etwas zu wenig: mindestens {limit} sollte es sein.",
        "es": "Es un poco bajo: debería ser al menos {limit}.",
        "fr": "C'est un peu bas : il faudrait au moins {limit}.",
        "pt": "É um pouco baixo: devia ser pelo menos {limit}.",
        "it": "È un po' basso: dovrebbe essere almeno {limit}.",
        "nl": "Dat is wat laag: het moet ten minste {limit} zijn.",
        "ar": "هذا منخفض قليلًا: يجب ألا يقل عن {limit}.",
    },
    "too_large": {
        "en": "That is a little high: it should be at most {limit}.",
        "de": "Das ist etwas zu viel: höchstens {limit} sollte es sein.",
        "es": "Es un poco alto: debería ser como máximo {limit}.",
        "fr": "C'est un peu élevé : il faudrait au plus {limit}.",
        "pt": "É um pouco alto: devia ser no máximo {limit}.",
        "it": "È un po' alto: dovrebbe essere al massimo {limit}.",
        "nl": "Dat is wat hoog: het mag hoogstens {limit} zijn.",
        "ar": "هذا مرتفع قليلًا: يجب ألا يزيد على {limit}.",
    },
    "not_whole": {
        "en": "A whole number, please, such as {example}.",
        "de": "Bitte eine ganze Zahl, zum Beispiel {example}.",
        "es": "Un número entero, por favor, por ejemplo {example}.",
        "fr": "Un nombre entier, s'il vous plaît, par exemple {example}.",
        "pt": "Um número inteiro, por favor, por exemplo {example}.",
        "it": "Un numero intero, per favore, per esempio {example}.",
        "nl": "Een heel getal, bijvoorbeeld {example}.",
        "ar": "عدد صحيح من فضلك، مثل {example}.",
    },
    "one_number_please": {
        "en": "Could you settle on one number, such as {example}?",
        "de": "Bitte eine einzelne Zahl, zum Beispiel {example}.",
        "es": "Un solo número, por favor, por ejemplo {example}.",
        "fr": "Pouvez-vous choisir un seul nombre, par exemple {example} ?",
        "pt": "Pode decidir-se por um número, por exemplo {example}?",
        "it": "Può scegliere un solo numero, per esempio {example}?",
        "nl": "Kunt u één getal kiezen, bijvoorbeeld {example}?",
        "ar": "هل يمكنك تحديد رقم واحد، مثل {example}؟",
    },
}
_PLAIN = re.compile(r"\s*(0|[1-9]\d{0,8})(k)?(?:(\+)|\s?[-–]\s?([1-9]\d{0,8})(k)?)?\s*", re.ASCII | re.IGNORECASE)

_End = Exact | None


class NumberQuestion:
    """Reads "250", "10k", "about twenty-five", "10-20", "at least 50", "zwei Millionen"."""

    name: ClassVar[str] = "number"
    comparable: ClassVar[str] = "number"
    options: ClassVar[type[Options]] = NumberOptions

    def read(self, text: str, options: NumberOptions, reading: Reading) -> Outcome:
        """A number, or ``{"from", "to"}`` for a range. Remarks: ``approximate``, ``range``, ``percent``."""
        language = reading.language
        plain = _read_plain(text)
        if plain is not None:
            return _settle(Quantity(*plain, 0, 0), options, language)
        masked = mask_lookalikes(plain_digits(text), language)
        quantity = read_quantity(masked.text, language, region=reading.region, unit=options.unit)
        if isinstance(quantity, Unclear):
            return _refuse(quantity, masked.kinds, options, language)
        return _settle(quantity, options, language)

    def check(self, value: Value, options: NumberOptions, language: str) -> Outcome:
        """A number or a range as ``read`` gives it."""
        if isinstance(value, dict) and set(value) == {"from", "to"}:
            ends = (value["from"], value["to"])
        else:
            ends = (value, value) if not isinstance(value, dict | list) else ("", "")
        low, high = (_exact(end) for end in ends)
        fits = (
            (low is None) == (ends[0] is None) and (high is None) == (ends[1] is None) and (low, high) != (None, None)
        )
        if not fits or (low is not None and high is not None and low > high):
            return _rejected("not_a_number", options, language)
        broken = _broken_rule(low, high, options)
        return _refuse_by_rule(broken, low, high, options, language) if broken else Accepted(_value(low, high))

    def input(self, options: NumberOptions, language: str) -> Input:
        """A numeric keyboard with the limits."""
        return Input(
            kind="number" if options.whole else "decimal",
            placeholder=_example(options, language),
            minimum=options.min,
            maximum=options.max,
            step=1 if options.whole else None,
            extra={"unit": options.unit, "ranges": options.ranges},
        )

    def show(self, value: Value, options: NumberOptions, language: str) -> str:
        """ "1,250 people", "10 to 20", "50 or more"."""
        if isinstance(value, dict):
            low, high = _exact(value.get("from")), _exact(value.get("to"))
        else:
            low = high = None if isinstance(value, list) else _exact(value)
        if low is None and high is None:
            return "" if value is None else str(value)
        return _shown(low, high, options, language)


def _read_plain(text: str) -> tuple[int, int | None] | None:
    """The everyday answer, without a look at words: "250", "10k", "50+", "10-20"."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    first, thousand, more, last, last_thousand = match.groups()
    low = int(first) * (1000 if thousand else 1)
    if last is None:
        return low, None if more else low
    high = int(last) * (1000 if last_thousand else 1)
    if low >= high or bool(thousand) != bool(last_thousand) or (len(first) == 3 and len(last) == 4):
        return None
    return low, high


def _exact(value: object) -> _End:
    """``value`` without rounding, where it is a number that may be taken."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        return None
    return exact(value)


def _broken_rule(low: _End, high: _End, options: NumberOptions) -> str | None:
    """Which of the field's rules a number or a range breaks, as a code; None where it may be taken."""
    ends = [end for end in (low, high) if end is not None]
    if low != high and not options.ranges:
        return "one_number_please"
    if options.whole and any(end != int(end) for end in ends):
        return "not_whole"
    if options.min is not None and any(end < options.min for end in ends):
        return "too_small"
    if options.max is not None and any(end > options.max for end in ends):
        return "too_large"
    return None


def _refuse_by_rule(code: str, low: _End, high: _End, options: NumberOptions, language: str) -> Rejected:
    limit = {"too_small": options.min, "too_large": options.max}.get(code)
    ends = dict.fromkeys(end for end in (low, high) if end is not None) if code == "one_number_please" else ()
    suggestions = tuple(Suggestion(rounded(end), _shown(end, end, options, language)) for end in ends)
    return _rejected(code, options, language, suggestions, limit=limit)


def _settle(quantity: Quantity, options: NumberOptions, language: str) -> Outcome:
    """Of several readings those that the rules allow: one is taken, of more the likeliest, with a question."""
    readings = ((quantity.low, quantity.high), *quantity.others)
    fitting = [each for each in readings if _broken_rule(*each, options) is None]
    if not fitting:
        code = _broken_rule(*readings[0], options) or "not_a_number"
        return _refuse_by_rule(code, *readings[0], options, language)
    noted = (("approximate", quantity.approximate), ("range", quantity.is_range), ("percent", quantity.percent))
    remarks = tuple(remark for remark, holds in noted if holds)
    odd_share = quantity.percent and options.unit not in (None, "%", "percent", "Prozent")
    if len(fitting) == 1 and not quantity.unsure and not odd_share:
        return Accepted(_value(*fitting[0]), remarks)
    suggestions = tuple(Suggestion(_value(*each), _shown(*each, options, language)) for each in fitting)
    doubt = doubt_between(suggestions, language)
    return Accepted(_value(*fitting[0]), remarks, doubt, suggestions)


def _refuse(unclear: Unclear, kinds: tuple[str, ...], options: NumberOptions, language: str) -> Rejected:
    """Why nothing was found, in the words that help most."""
    match unclear.code:
        case "several":
            fitting = [each for each in unclear.candidates if not _broken_rule(each.low, each.high, options)][:4]
            suggestions = tuple(
                Suggestion(_value(each.low, each.high), _shown(each.low, each.high, options, language))
                for each in fitting
            )
            return _rejected("several_numbers", options, language, suggestions)
        case "unclear" | "too_large":
            return _rejected("unclear_number", options, language)
        case _ if kinds:
            what = phrase(WHAT_IT_LOOKS_LIKE, kinds[0], language)
            return _rejected("looks_like_something_else", options, language, what=what)
        case _:
            return _rejected("not_a_number", options, language)


def _rejected(
    code: str,
    options: NumberOptions,
    language: str,
    suggestions: tuple[Suggestion, ...] = (),
    *,
    limit: int | float | None = None,
    what: str = "",
) -> Rejected:
    shown_limit = "" if limit is None else _shown(exact(limit), exact(limit), options, language)
    reason = phrase(_PHRASES, code, language, example=_example(options, language), limit=shown_limit, what=what)
    return Rejected(reason, code, suggestions)


def _example(options: NumberOptions, language: str) -> str:
    """A number that would be taken."""
    for candidate in (25, options.min, options.max):
        if candidate is not None and _broken_rule(exact(candidate), exact(candidate), options) is None:
            return show_number(candidate, language)
    return show_number(25, language)


def _value(low: _End, high: _End) -> int | float | dict[str, int | float | str | None]:
    """The answer as it is stored."""
    if low is not None and low == high:
        return rounded(low)
    return {"from": None if low is None else rounded(low), "to": None if high is None else rounded(high)}


def _shown(low: _End, high: _End, options: NumberOptions, language: str) -> str:
    """A number or a range for people, with the unit."""
    first, last = (None if end is None else show_number(rounded(end), language) for end in (low, high))
    text = first if first is not None and low == high else show_range(first, last, language)
    joint = "" if options.unit == "%" else " "
    return f"{text}{joint}{options.unit}" if options.unit else text
