"""Giving a lead magnet to one person: a link of their own, a code of their own, the card they see."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.ports import Grant, LeadMagnet
from dialogs.effects import GiveMagnet
from dialogs.script import Script
from dialogs.state import ConversationState
from storage.conversations import NewGrant
from storage.magnets import take_code
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything about a gift but what only the transaction knows: the code."""

    grant: Grant
    kind: LeadMagnet
    description: str
    pool: str | None
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """A gift as it is saved and shown."""

    grant: NewGrant
    card: Mapping[str, Any]


class MagnetGiver:
    """Gives lead magnets of every registered kind."""

    def __init__(self, kinds: Mapping[str, LeadMagnet], public_url: str) -> None:
        self._kinds = kinds
        self._public_url = public_url

    def prepare(self, give: GiveMagnet, script: Script, state: ConversationState, at: datetime) -> Prepared:
        """Get everything ready that can be before the transaction."""
        kind = self._kinds[give.kind]
        options = script.magnets[give.magnet].options
        token = secrets.token_urlsafe(24)
        grant = Grant(
            token=token,
            magnet=give.magnet,
            title=give.title,
            options=options,
            given_at=at,
            language=state.language,
            link=f"{self._public_url}/m/{token}",
        )
        return Prepared(grant, kind, give.description, kind.pool(give.magnet, options), kind.expires_at(options, at))

    def give(self, tx: Transaction, prepared: Prepared) -> Given:
        """Take a code if one is needed, and make the card. Raises ``PoolEmpty`` when no code is left."""
        grant = prepared.grant
        if prepared.pool is not None:
            code = take_code(tx, prepared.pool, magnet=grant.magnet, token=grant.token, at=grant.given_at)
            grant = replace(grant, code=code)
        payload = {
            "title": grant.title,
            "options": dict(grant.options),
            "language": grant.language,
            "code": grant.code,
            "given_at": grant.given_at.isoformat(),
        }
        saved = NewGrant(
            token=grant.token,
            magnet=grant.magnet,
            kind=prepared.kind.kind,
            payload=payload,
            expires=prepared.expires,
        )
        card = prepared.kind.card(grant)
        if prepared.description and "description" not in card:
            card = {**card, "description": prepared.description}
        return Given(saved, card)

    def restore(self, token: str, magnet: str, kind: str, payload: Mapping[str, Any]) -> tuple[LeadMagnet, Grant]:
        """A gift as it was given, from what was saved of it."""
        grant = Grant(
            token=token,
            magnet=magnet,
            title=payload["title"],
            options=payload["options"],
            given_at=datetime.fromisoformat(payload["given_at"]),
            language=payload["language"],
            link=f"{self._public_url}/m/{token}",
            code=payload["code"],
        )
        return self._kinds[kind], grant
