"""Tells another program of leads and of what people do with them, by signed webhooks (Standard Webhooks).

1. What is told is derived from how a handoff stands: one delivery for each thing that has changed since the last one.
2. A delivery that is tried again carries the same ``webhook-id``, so that a repeat is recognised.
3. Only an answer of 2xx counts. Redirects are not followed; what an answer says besides is not read.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urlsplit

from bot.desk.contract import DeskView, Posts, TryLater, Undeliverable
from bot.handoff.signing import signed_headers
from bot.handoff.webhook_body import body, digest_of, erased_body, facts_digest
from bot.outbound import AddressRefused, NotReached, Outbound
from bot.settings.outside import WEBHOOK_EVENTS
from dialogs.desk.standing import Phase

CARD = "card"
"""Key of the first delivery about a handoff."""
_LEAD, _OWNER, _ANSWERED, _CLOSED = "lead", "owner", "answered", "closed"
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """One thing to tell."""

    key: str
    kind: str
    """The event; "" where there is only something to remember."""
    digest: str
    at: datetime


class WebhookTarget:
    """Delivers to ``url``. ``secrets`` sign, the present one first; ``events`` are those that are told."""

    name: ClassVar[str] = "webhook"

    def __init__(
        self, door: Outbound, url: str, secrets: Sequence[bytes], events: Collection[str] = WEBHOOK_EVENTS
    ) -> None:
        self._door = door
        self._url = url
        self._host = urlsplit(url).hostname or ""
        self._secrets = secrets
        self._events = frozenset(events)

    async def show(self, view: DeskView, posts: Posts) -> None:
        """Tell what has changed since the last delivery, in order. Raises ``TryLater`` and ``Undeliverable``."""
        for news in self._news(view, posts):
            known = posts.find(news.key)
            id = _id(view.lead.id, news.kind, news.digest, known.reference if known else view.id)
            if news.kind in self._events:
                await self._deliver(id, body(news.kind, view, news.at), view.at)
            await posts.keep(news.key, f"{id}:{view.lead.id}", news.digest)

    async def forget(self, references: Sequence[tuple[str, str]]) -> None:
        """Tell the other side which leads were erased, so that it may erase them as well. Raises as ``show`` does."""
        if "lead.erased" not in self._events:
            return
        now = datetime.now(UTC)
        for lead in dict.fromkeys(reference.partition(":")[2] for _, reference in references):
            if lead:
                await self._deliver(_id(lead, "lead.erased", "", ""), erased_body(lead, now), now)

    def _news(self, view: DeskView, posts: Posts) -> Iterator[_News]:
        """What is to be told, and remembered, at present. Each is kept before the next is looked for."""
        desk, facts = view.desk, facts_digest(view)
        told = posts.find(_LEAD) or posts.find(CARD)
        if posts.find(CARD) is None and "lead.handed_off" in self._events:
            yield _News(key=CARD, kind="lead.handed_off", digest=facts, at=desk.at)
        elif told is None or told.digest != facts:
            # Who is not told of the handoff learns of changes since the first look only.
            yield _News(key=_LEAD, kind="lead.changed" if told else "", digest=facts, at=view.at)
        owner = posts.find(_OWNER)
        if desk.rep is not None:
            digest = digest_of(desk.rep.key, str(desk.claimed_at))
            if owner is None or owner.digest != digest:
                yield _News(key=_OWNER, kind="handoff.claimed", digest=digest, at=desk.claimed_at or view.at)
        elif owner is not None and owner.digest and desk.is_live:
            yield _News(key=_OWNER, kind="handoff.released", digest="", at=view.at)
        if desk.spoken_at is not None and posts.find(_ANSWERED) is None:
            yield _News(key=_ANSWERED, kind="handoff.answered", digest=str(desk.spoken_at), at=desk.spoken_at)
        if desk.phase is Phase.CLOSED and posts.find(_CLOSED) is None:
            yield _News(key=_CLOSED, kind="handoff.closed", digest=str(desk.verdict or ""), at=view.at)

    async def _deliver(self, id: str, written: bytes, now: datetime) -> None:
        headers = {"Content-Type": "application/json", **signed_headers(self._secrets, id, now, written)}
        try:
            answer = await self._door.post(self._url, written, headers)
        except AddressRefused as error:
            raise Undeliverable(f"webhook: {error}") from None
        except NotReached as error:
            raise TryLater(f"webhook: {error}") from None
        if 200 <= answer.status < 300:
            return
        said = f"webhook: {self._host} answered {answer.status}"
        if answer.status == _GONE:
            raise Undeliverable(f"{said}: it wants no more; correct the address in [webhook] url, or remove it")
        if 300 <= answer.status < 400:
            raise TryLater(f"{said}: redirects are not followed; name the address it leads to in [webhook] url")
        raise TryLater(said, seconds=answer.retry_after)


def _id(lead: str, kind: str, digest: str, before: str) -> str:
    """Names one delivery: the same when it is tried again, another one when the same comes to hold again later."""
    return f"msg_{digest_of(lead, kind, digest, before)}"
