"""People of ours, as a conversation knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """A person of ours who may talk with visitors."""

    key: str
    """Stays with the person: the team file's name for them, or ``slack:U012AB3CD`` for somebody it does not name."""
    name: str
    """As visitors see it."""
    picture: str | None = None
    """An https address."""


def dump_rep(rep: Rep) -> dict[str, Any]:
    """The person as JSON."""
    data = {"key": rep.key, "name": rep.name}
    return data if rep.picture is None else data | {"picture": rep.picture}


def load_rep(data: Mapping[str, Any]) -> Rep:
    """The person that ``dump_rep`` wrote."""
    return Rep(**data)


class Availability(StrEnum):
    """Whether somebody takes leads at present; they say so themselves."""

    TAKING = "taking"
    BUSY = "busy"
    """Is there, but is offered nothing new."""
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much somebody has to do: what fair rotation goes by."""

    availability: Availability = Availability.TAKING
    open: int = 0
    """Leads they have and have not closed."""
    assigned: int = 0
    """Leads they were given in the last 30 days."""
    assigned_at: datetime | None = None
    """When they were given the last one."""
