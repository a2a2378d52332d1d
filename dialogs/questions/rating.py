"""How good: a point on a scale, in digits, words, or stars."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from dialogs.language.digits import plain_digits
from dialogs.language.folding import fold_words
from dialogs.language.labels import Label, in_every_language, spoken
from dialogs.language.lookalikes import mask_lookalikes
from dialogs.language.numerals import find_numerals
from dialogs.language.praise import BEST, GOOD, read_degree
from dialogs.language.quantities import Quantity, read_quantity
from dialogs.questions.base import Accepted, Input, Option, Options, Outcome, Reading, Rejected, Suggestion, phrase
from dialogs.values import Value


def _as_ends(given: object) -> object:
    """Labels as (low, high), from a list of two or from ``{low, high}``."""
    if isinstance(given, Mapping) and set(given) == {"low", "high"}:
        return (given["low"], given["high"])
    return given


class RatingOptions(Options):
    """What a script may say about a rating."""

    min: int = Field(default=1, ge=0, le=1)
    """The worst: 0 or 1."""
    max: int = Field(default=5, ge=2, le=100, validation_alias=AliasChoices("max", "scale"))
    """The best; scripts may also say ``scale``."""
    labels: Annotated[tuple[Label, Label] | None, BeforeValidator(_as_ends)] = None
    """What the two ends mean: ``[Not at all, Very much]``."""
    style: Literal["stars", "numbers"] = "stars"
    """How the points are drawn, where a channel can."""

    @model_validator(mode="after")
    def _few_stars(self) -> "RatingOptions":
        if self.style == "stars" and self.max > 10 and "style" in self.model_fields_set:
            raise ValueError("more than 10 points are too many stars; say style: numbers")
        return self


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_rating": {
        "en": "A number from {low} to {high}, please: {high} is the best.",
        "de": "Bitte eine Zahl von {low} bis {high}: {high} ist am besten.",
        "es": "Un número del {low} al {high}, por favor: {high} es lo mejor.",
        "fr": "Un nombre de {low} à {high}, s'il vous plaît : {high} est le mieux.",
        "pt": "Um número de {low} a {high}, por favor: {high} é o melhor.",
        "it": "Un numero da {low} a {high}, per favore: {high} è il migliore.",
        "nl": "Een getal van {low} tot {high}: {high} is het beste.",
        "ar": "رقم من {low} إلى {high} من فضلك: {high} هو الأفضل.",
    },
    "out_of_scale": {
        "en": "The scale goes from {low} to {high}. Which one is it?",
        "de": "Die Skala geht von {low} bis {high}. Welche Zahl ist es?",
        "es": "La escala va del {low} al {high}. ¿Cuál es?",
        "fr": "L'échelle va de {low} à {high}. Lequel est-ce ?",
        "pt": "A escala vai de {low} a {high}. Qual é?",
        "it": "La scala va da {low} a {high}. Quale?",
        "nl": "De schaal gaat van {low} tot {high}. Welk is het?",
        "ar": "المقياس من {low} إلى {high}. أيها؟",
    },
    "not_whole": {
        "en": "Nearly: a whole number from {low} to {high}, please.",
        "de": "Fast: bitte eine ganze Zahl von {low} bis {high}.",
        "es": "Casi: un número entero del {low} al {high}, por favor.",
        "fr": "Presque : un nombre entier de {low} à {high}, s'il vous plaît.",
        "pt": "Quase: um número inteiro de {low} a {high}, por favor.",
        "it": "Quasi: un numero intero da {low} a {high}, per favore.",
        "nl": "Bijna: een heel getal van {low} tot {high}.",
        "ar": "تقريبًا: عدد صحيح من {low} إلى {high} من فضلك.",
    },
    "is_that": {
        "en": "Is that {shown}?",
        "de": "Ist das {shown}?",
        "es": "¿Eso es {shown}?",
        "fr": "Est-ce {shown} ?",
        "pt": "É {shown}?",
        "it": "È {shown}?",
        "nl": "Is dat {shown}?",
        "ar": "هل هو {shown}؟",
    },
    "of": {
        "en": "{value} of {high}",
        "de": "{value} von {high}",
        "es": "{value} de {high}",
        "fr": "{value} sur {high}",
        "pt": "{value} de {high}",
        "it": "{value} su {high}",
        "nl": "{value} van {high}",
        "ar": "{value} من {high}",
    },
}
_PLAIN = re.compile(r"\s*(\d{1,3})(?:\s*[.!])?\s*", re.ASCII)
_FULL, _ANY_STARS = "★⭐🌟✭✮✯❤♥👍*", re.compile("[★☆⭐🌟✭✮✯❤♥♡👍*\ufe0f\\s]{1,220}")
_THUMBS = re.compile("👍[\U0001f3fb-\U0001f3ff\ufe0f]?")
_OF = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[.,]\d)?) ?(?:stars?|sterne?|estrellas?|etoiles?|points?|punkten?|puntos?)? ?"
    r"(?:/|out of|of|von|de|sobre|sur|aus) ?(\d{1,3})(?![\d/])"
)
_TIME_OF_DAY = re.compile(
    r"\b(?:half past|quarter past|quarter to|past|o'clock|uhr|halb|viertel (?:vor|nach)|y media|heures?|et demie)\b"
)
_LONGEST_LABEL = 220
_KEYCAP = re.compile("[\ufe0f\u20e3]")


class RatingQuestion:
    """Reads "4", "four", "4/5", "4 out of 5", "★★★★", "five stars" and the words at the ends of the scale."""

    name: ClassVar[str] = "rating"
    comparable: ClassVar[str] = "number"
    options: ClassVar[type[Options]] = RatingOptions

    def read(self, text: str, options: RatingOptions, reading: Reading) -> Outcome:
        """A whole number on the scale. A word such as "great" is taken with a doubt: "Is that 5 of 5?"."""
        plain = _PLAIN.fullmatch(text)
        if plain is not None:
            return _judge(int(plain[1]), options, reading.language)
        stars = sum(text.count(star) for star in _FULL) if _ANY_STARS.fullmatch(text) else 0
        if stars and not _THUMBS.fullmatch(text.strip()):
            return _judge(stars, options, reading.language)
        end = _labelled(text, options)
        if end is not None:
            return Accepted(end)
        degree = GOOD if _THUMBS.fullmatch(text.strip()) else read_degree(text)
        return (
            _read_words(text, options, reading) if degree is None else _from_degree(degree, options, reading.language)
        )

    def check(self, value: Value, options: RatingOptions, language: str) -> Outcome:
        """A whole number on the scale, or its digits as a button's key."""
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 3:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return _rejected("not_a_rating", options, language)
        return _judge(value, options, language)

    def input(self, options: RatingOptions, language: str) -> Input:
        """A row of points; the labels of the ends as ``extra["labels"]``, lowest first."""
        labels: list[str] = [] if options.labels is None else [spoken(label, language) for label in options.labels]
        points = tuple(Option(str(point), str(point)) for point in range(options.min, options.max + 1))
        return Input(
            kind="rating",
            options=points if options.max <= 10 else (),
            minimum=options.min,
            maximum=options.max,
            step=1,
            extra={"labels": labels, "style": options.style},
        )

    def show(self, value: Value, options: RatingOptions, language: str) -> str:
        """ "4 of 5"."""
        if isinstance(value, bool) or not isinstance(value, int):
            return "" if value is None else str(value)
        return phrase(_PHRASES, "of", language, value=value, high=options.max)


def _labelled(text: str, options: RatingOptions) -> int | None:
    """The end of the scale whose label was said."""
    said = fold_words(text) if len(text) <= _LONGEST_LABEL else ""
    for label, point in zip(options.labels or (), (options.min, options.max), strict=False):
        if said and said in [fold_words(each) for each in in_every_language(label)]:
            return point
    return None


def _from_degree(degree: int, options: RatingOptions, language: str) -> Accepted:
    """The point of the scale that "great" or "bad" stands for, which is asked about."""
    span = options.max - options.min
    point = options.min + (2 * span * (degree - 1) + BEST - 1) // (2 * (BEST - 1))
    near = [each for each in (point, point - 1, point + 1) if options.min <= each <= options.max]
    shown = phrase(_PHRASES, "of", language, value=point, high=options.max)
    doubt = phrase(_PHRASES, "is_that", language, shown=shown)
    return Accepted(point, (), doubt, tuple(Suggestion(each, str(each)) for each in near))


def _read_words(text: str, options: RatingOptions, reading: Reading) -> Outcome:
    """A rating in words, or inside a sentence."""
    language = reading.language
    plain = plain_digits(_KEYCAP.sub("", text))
    if _TIME_OF_DAY.search(plain):
        return _rejected("not_a_rating", options, language)
    of = _OF.search(_in_digits(plain, language))
    if of is not None:
        return _judge_of(of[1], int(of[2]), options, language)
    quantity = read_quantity(mask_lookalikes(plain, language).text, language, region=reading.region)
    if not isinstance(quantity, Quantity) or quantity.is_range or quantity.low is None or quantity.unsure:
        return _rejected("not_a_rating", options, language)
    if quantity.low.denominator != 1:
        return _not_whole(float(quantity.low), options, language)
    return _judge(int(quantity.low), options, language)


def _in_digits(text: str, language: str) -> str:
    """ "Four out of five" as "4 out of 5"."""
    parts, at = [], 0
    for numeral in find_numerals(text, language):
        if numeral.spoken and not numeral.article and isinstance(numeral.value, int) and numeral.start >= at:
            parts += [text[at : numeral.start], str(numeral.value)]
            at = numeral.end
    return "".join(parts) + text[at:]


def _judge_of(said: str, scale: int, options: RatingOptions, language: str) -> Outcome:
    """ "8 of 10" on a scale to 5 may mean 4: that is asked, not taken."""
    points = float(said.replace(",", "."))
    if scale == options.max:
        return (
            _judge(int(points), options, language) if points == int(points) else _not_whole(points, options, language)
        )
    fair = round(points / scale * options.max) if scale else -1
    fits = options.min <= fair <= options.max and points <= scale
    return _rejected("out_of_scale", options, language, (fair,) if fits else ())


def _not_whole(points: float, options: RatingOptions, language: str) -> Rejected:
    near = [point for point in (int(points), int(points) + 1) if options.min <= point <= options.max]
    return _rejected("not_whole", options, language, tuple(near))


def _judge(point: int, options: RatingOptions, language: str) -> Outcome:
    if options.min <= point <= options.max:
        return Accepted(point)
    return _rejected("out_of_scale", options, language)


def _rejected(code: str, options: RatingOptions, language: str, points: tuple[int, ...] = ()) -> Rejected:
    suggestions = tuple(Suggestion(point, str(point)) for point in points)
    return Rejected(phrase(_PHRASES, code, language, low=options.min, high=options.max), code, suggestions)
