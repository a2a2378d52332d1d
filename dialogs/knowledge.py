"""What conditions and texts may know about a conversation: answers, points, source, consents, and so on.

``Knowledge`` answers conditions with values, ``Shown`` answers texts with what people read. Both look up lazily:
a turn asks for few of the many names.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from dialogs.draft import Draft

BUILTIN_TYPES: Mapping[str, str] = {
    "fit": "number",
    "engagement": "number",
    "score": "number",
    "visits": "number",
    "stage": "text",
    "language": "text",
    "channel": "text",
    "today": "date",
    "utm_source": "text",
    "utm_medium": "text",
    "utm_campaign": "text",
    "utm_term": "text",
    "utm_content": "text",
    "campaign_code": "text",
    "referrer": "text",
    "landing_page": "text",
}
"""Names every condition may use beside the script's own fields, with their types. A field may not be called so."""

TEXT_NAMES = ("bot_name", "script_title", "today", "rep_name")
"""Names every text may use beside the script's own fields."""

REMARKS = {"free_mail": "free_mail", "role_address": "role", "disposable": "disposable", "prefilled": "prefilled"}
"""Function of a condition to the remark of the answer it asks for."""


class Knowledge(Mapping[Any, Any]):
    """Facts for conditions: by name, or by (function, argument). What is unknown is None."""

    __slots__ = ("_draft",)

    def __init__(self, draft: "Draft") -> None:
        self._draft = draft

    def get(self, key: Any, default: Any = None) -> Any:
        """The fact, or ``default``."""
        draft = self._draft
        if type(key) is str:
            value = draft.answers.get(key)
            if value is None and (value := draft.page.get(key)) is None and (builtin := _BUILTINS.get(key)):
                value = builtin(draft)
        else:
            function, argument = key
            value = _FUNCTIONS[function](draft, argument)
        return default if value is None else value

    def __getitem__(self, key: Any) -> Any:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[Any]:
        return iter((*self._draft.answers, *_BUILTINS))

    def __len__(self) -> int:
        return len(self._draft.answers) + len(_BUILTINS)


class Shown(Mapping[str, str]):
    """Answers as people read them, for texts."""

    __slots__ = ("_draft",)

    def __init__(self, draft: "Draft") -> None:
        self._draft = draft

    def get(self, key: str, default: Any = None) -> Any:
        """The answer's text, or ``default``."""
        draft = self._draft
        value = draft.answers.get(key)
        if value is None and (value := draft.page.get(key)) is not None:
            told = draft.script.page.get(key)
            return str(value) if told is None else told.type.show(value, told.options, draft.language)
        if value is None:
            if key == "bot_name":
                return draft.script.persona.name
            if key == "today":
                return draft.at.date().isoformat()
            if key == "rep_name":
                return draft.desk.rep.name if draft.desk and draft.desk.rep else default
            return draft.script.title.render(draft.language, {}) if key == "script_title" else default
        field = draft.script.fields.get(key)
        return str(value) if field is None else field.type.show(value, field.options, draft.language)

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return str(value)

    def __iter__(self) -> Iterator[str]:
        return iter((*self._draft.answers, *TEXT_NAMES))

    def __len__(self) -> int:
        return len(self._draft.answers) + len(TEXT_NAMES)


def _source(name: str) -> "Callable[[Draft], str | None]":
    def look(draft: "Draft") -> str | None:
        return getattr(draft.source.last, name, None) if draft.source else None

    return look


_BUILTINS: "dict[str, Callable[[Draft], Any]]" = {
    "fit": lambda draft: draft.fit,
    "engagement": lambda draft: draft.engagement,
    "score": lambda draft: draft.fit + draft.engagement,
    "visits": lambda draft: draft.visits,
    "stage": lambda draft: draft.stage.value,
    "language": lambda draft: draft.language,
    "channel": lambda draft: draft.before.channel,
    "today": lambda draft: draft.at.date().isoformat(),
    **{
        name: _source(name)
        for name in BUILTIN_TYPES
        if name.startswith("utm_") or name in ("campaign_code", "referrer", "landing_page")
    },
}


def _remarked(remark: str) -> "Callable[[Draft, str], bool]":
    return lambda draft, field: remark in draft.remarks.get(field, ())


def _consented(draft: "Draft", purpose: str) -> bool:
    record = draft.consents.get(purpose)
    return record is not None and record.given


_FUNCTIONS: "dict[str, Callable[[Draft, str], Any]]" = {
    "consented": _consented,
    "tagged": lambda draft, tag: tag in draft.tags,
    "has": lambda draft, magnet: magnet in draft.magnets,
    "variant": lambda draft, experiment: draft.variants.get(experiment),
    "did": lambda draft, name: any(act.name == name for act in draft.acts),
    "count": lambda draft, name: sum(act.name == name for act in draft.acts),
    **{function: _remarked(remark) for function, remark in REMARKS.items()},
}
