"""Labels an author writes in one language or in several, and the plain keys made from them."""

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, StringConstraints

from dialogs.language.folding import fold

_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")
_NO_KEY = re.compile(r"[\W_]+")
_SIGNS = str.maketrans({"+": " plus ", "<": " under ", ">": " over ", "&": " and "})

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def _by_language(label: "str | dict[str, str]") -> "str | dict[str, str]":
    if isinstance(label, dict):
        for language in label:
            if not _LANGUAGE.fullmatch(language):
                raise ValueError(f'"{language}" is not a language; a label in several languages is {{en: …, de: …}}')
        if not label:
            raise ValueError("a label needs a text in at least one language")
    return label


Label: TypeAlias = Annotated[_Words | dict[str, _Words], AfterValidator(_by_language)]
"""A text, or texts by language (``{"en": "Later", "de": "Später"}``)."""


def spoken(label: "str | dict[str, str]", language: str) -> str:
    """The label in ``language``; else in the wider language ("de" for "de-AT"), in English, or as it comes first."""
    if isinstance(label, str):
        return label
    for wanted in (language, language.partition("-")[0], "en"):
        if wanted in label:
            return label[wanted]
    return next(iter(label.values()))


def in_every_language(label: "str | dict[str, str]") -> tuple[str, ...]:
    """All texts of a label."""
    return (label,) if isinstance(label, str) else tuple(label.values())


def key_of(label: str) -> str:
    """A key for a label: "Just looking!" becomes "just_looking", "50+" "50_plus"; empty for one without letters."""
    return _NO_KEY.sub("_", fold(label.translate(_SIGNS))).strip("_")
