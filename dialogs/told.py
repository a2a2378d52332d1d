"""What the page around the chat tells of its visitor: known answers, data of its own, who they are, where to begin.

It is another's word: an answer from the page never replaces what the visitor said, and only a signed identity proves
anything (its signature was checked before it came here).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogs.values import Value

SIGNED = "external"
"""Kind of an identity that the site has signed."""
BROWSER = "visitor"
"""Kind of the key that a browser keeps: it belongs to whoever was signed in with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the site says its visitor is, by a signature that was checked."""

    subject: str
    """The site's own name for the person."""
    email: str | None = None
    email_verified: bool = False
    """Whether the site has made sure that the address is theirs."""
    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a page tells at once."""

    fields: Mapping[str, Value] = field(default_factory=dict)
    """Answers it knows, by field: a text is read as if it were typed."""
    data: Mapping[str, Value] = field(default_factory=dict)
    """Its own data, by the names that the script declares under ``page:``; None forgets."""
    identity: Identity | None = None
    start: str | None = None
    """The door to come in by: a step that the script names under ``doors:``."""


def dump_told(told: Told) -> dict[str, Any]:
    """What a page told, as JSON; what is unset is left out."""
    data: dict[str, Any] = {
        "fields": dict(told.fields) or None,
        "data": dict(told.data) or None,
        "start": told.start,
    }
    if one := told.identity:
        identity = {"subject": one.subject, "email": one.email, "name": one.name, "phone": one.phone}
        data["identity"] = {key: value for key, value in identity.items() if value is not None}
        if one.email_verified:
            data["identity"]["email_verified"] = True
    return {key: value for key, value in data.items() if value is not None}


def load_told(data: Mapping[str, Any]) -> Told:
    """What ``dump_told`` wrote."""
    identity = data.get("identity")
    return Told(
        fields=data.get("fields", {}),
        data=data.get("data", {}),
        identity=None if identity is None else Identity(**identity),
        start=data.get("start"),
    )
