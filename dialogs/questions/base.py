"""What every question type promises: one pure function from what a person typed to a value, or a reason.

A question type is one file in this folder and one line in the registry (``__init__.py``). It owns its options
(what a script may say about a field of this type), its reader, how a value is shown to people, and the words in
which it refuses, in every language of the chat's interface.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from dialogs.values import Value

LANGUAGES = ("en", "de", "es", "fr")
"""Languages a reader understands; any other is read as English."""


class Options(BaseModel):
    """What a script may say about a field, beside type, label, why and purpose. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


class Reading(NamedTuple):
    """The circumstances in which an answer is read: all that a reader may know beside the text."""

    now: datetime
    """The visitor's present moment, with a time zone: "tomorrow" and "in three months" count from it."""
    language: str = "en"
    """ISO 639-1; one of LANGUAGES."""
    region: str | None = None
    """ISO 3166-1 alpha-2 country of the visitor where known: for phone numbers and ambiguous dates."""


class Suggestion(NamedTuple):
    """A value the visitor probably meant; offered as a button, never taken silently."""

    value: Value
    label: str
    """What the button says."""


class Accepted(NamedTuple):
    """The answer was understood."""

    value: Value
    """Normalised, in the shape of the question type."""
    remarks: tuple[str, ...] = ()
    """Facts about the answer that scripts can ask for and score, such as ``free_mail``, ``disposable``, ``role``."""
    doubt: str | None = None
    """One gentle question to ask before the value is taken ("Did you mean ada@gmail.com?"), already in the
    visitor's language. The visitor may insist: the value above is then taken as it is."""
    suggestions: tuple[Suggestion, ...] = ()
    """What to offer with the doubt."""


class Rejected(NamedTuple):
    """The answer was not understood, or breaks a rule of the field."""

    reason: str
    """A sentence for the visitor, in their language, that says what is wrong and what would be right."""
    code: str
    """The same for programs and reports, such as ``not_an_email``, ``too_small``."""
    suggestions: tuple[Suggestion, ...] = ()
    """Near misses to offer as buttons."""


Outcome = Accepted | Rejected


@dataclass(frozen=True, slots=True)
class Option:
    """One button under a question."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """How the visitor's input should look while this question is open; channels render what they can."""

    kind: str = "text"
    """text, email, tel, url, number, decimal, date, time, datetime, choice, choices, rating, file."""
    placeholder: str | None = None
    autocomplete: str | None = None
    """An HTML autocomplete token (https://html.spec.whatwg.org/#autofill), such as ``email`` or ``given-name``."""
    options: tuple[Option, ...] = ()
    """Buttons. Their key is what comes back when one is pressed."""
    minimum: int | float | str | None = None
    maximum: int | float | str | None = None
    step: int | float | None = None
    optional: bool = False
    """Whether the visitor may skip; set by the step, not by the question type."""
    extra: Mapping[str, Value] = field(default_factory=dict)
    """What only this type's own input needs (labels of a rating's ends, kinds of files)."""


Declared_contra = TypeVar("Declared_contra", bound=Options, contravariant=True)


class QuestionType(Protocol, Generic[Declared_contra]):
    """How one kind of question is declared, asked, read and shown. Stateless; every method is pure.

    ``read`` must return within 50 ms for any text of at most ``ANSWER_MAX_CHARACTERS`` characters (longer texts
    are refused before they reach it), must never raise, and takes a few microseconds for the everyday answer:
    check the plain case first and reach for a library only when it does not match.
    """

    name: ClassVar[str]
    """The word in scripts: ``type: email``."""
    comparable: ClassVar[str]
    """Its type in conditions: text, number, yes_no, list, date, duration. Money and ranges are ``number``."""
    options: ClassVar[type[Options]]
    """The model of its options."""

    def read(self, text: str, options: Declared_contra, reading: Reading) -> Outcome:
        """Read what a person typed. ``text`` may hold the value inside a sentence, and may be hostile."""
        ...

    def check(self, value: Value, options: Declared_contra, language: str) -> Outcome:
        """Whether a value from elsewhere (a button's key, prefill, ``set``, an import) may be taken as it is."""
        ...

    def input(self, options: Declared_contra, language: str) -> Input:
        """How to ask for it on a screen."""
        ...

    def show(self, value: Value, options: Declared_contra, language: str) -> str:
        """The value for people: "10,000 to 20,000 EUR", "This quarter", "24 December 2026"."""
        ...


def phrase(phrases: Mapping[str, Mapping[str, str]], key: str, language: str, **facts: Any) -> str:
    """The sentence ``key`` in ``language`` (``pt`` for ``pt-BR``; English where there is none), with ``{name}`` facts
    filled in.

    ``phrases`` maps key to language to sentence. Facts are inserted as text and never read again as a template.
    """
    by_language = phrases[key]
    text = by_language.get(language) or by_language.get(language.partition("-")[0].lower()) or by_language["en"]
    return text.format(**facts)
