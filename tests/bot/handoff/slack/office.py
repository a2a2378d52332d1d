"""A sales desk in memory, with the real engine in it: one lead, a visitor who talks, and Slack as the only target.

It is strict about the contract: what it is given is checked, and what it gives goes through JSON as in storage. Showing
is an outbox of its own: ``settled`` shows what there is to show, and tries again what failed.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.desk.contract import (
    Acted,
    Board,
    CannedReply,
    Colleague,
    DeskView,
    HandoffTarget,
    Person,
    Post,
    Question,
    TryLater,
    Undeliverable,
)
from bot.messages import rep_message
from bot.ports import LeadFacts
from dialogs.desk.acts import RepAct, dump_act, load_act
from dialogs.desk.people import Availability, Rep
from dialogs.desk.plan import Plan
from dialogs.effects import GiveMagnet, RepSay, Say, ShowDesk, Whisper
from dialogs.events import HandoffRouted, RepDid, TimerElapsed, VisitorLeft, VisitorReturned, VisitorSaid
from dialogs.turn import Turn
from tests.bot.handoff.slack.views import facts
from tests.bot.slack.desk import DiskFull, InboxDesk
from tests.clock import StoppedClock
from tests.dialogs.desk.people import ANNA, BEN, IN_TURN, SALES
from tests.talk import Talk, script_of

HANDOFF = 7
TEAM = (
    Colleague(rep=ANNA, availability=Availability.TAKING, ids={"slack": "U0ANNABERG0", "email": "anna@acme.example"}),
    Colleague(rep=BEN, availability=Availability.BUSY, ids={"slack": "U0BENOKAFOR"}),
)
CANNED = (
    CannedReply(title="Prices", text="Our prices: https://example.com/prices"),
    CannedReply(title="Hello", text="Hello! How can I help?"),
)


class OfficePosts:
    """What Slack was let know, as storage would keep it."""

    def __init__(self, office: "Office") -> None:
        self._office = office
        self.attempts = 0
        self.kept: dict[str, Post] = {}
        self.relayed_to = 0

    def find(self, key: str) -> Post | None:
        return self.kept.get(key)

    def keys(self) -> Sequence[str]:
        return tuple(self.kept)

    async def keep(self, key: str, reference: str, digest: str = "") -> None:
        assert key and reference and len(key) <= 200 and len(reference) <= 200 and len(digest) <= 100
        self.kept[key] = Post(reference=reference, digest=digest)
        self._office.dies_after("keep")

    async def relayed(self, seq: int) -> None:
        assert self.relayed_to < seq <= len(self._office.messages), "messages are passed on in order, each once"
        self.relayed_to = seq
        self._office.dies_after("relayed")


class Killed(BaseException):
    """The process ended here."""


class Office(InboxDesk):
    """The desk. ``target`` is set once it is made."""

    def __init__(self, plan: Plan = IN_TURN) -> None:
        super().__init__()
        # The present moment: what Slack is searched for later is searched for from when the lead became hot.
        self.talk = Talk(script_of(SALES), clock=StoppedClock(datetime.now(UTC)))
        self.talk.arrive()
        self.plan = plan
        self.target: HandoffTarget | None = None
        self.messages: list[dict[str, Any]] = []
        self.posts = OfficePosts(self)
        self.facts: dict[str, Any] = {}
        """What is known of the lead beside what the talk tells."""
        self.is_here = True
        self.is_erased = False
        self.to_show = 0
        self.dead: list[Undeliverable] = []
        self.acts: list[tuple[Person, int, RepAct, str]] = []
        self.availabilities: dict[str, Availability] = {}
        self.typing_by: list[str] = []
        self.canned: Sequence[CannedReply] = CANNED
        self.listed = Board()
        self.lists: dict[tuple[str, str], frozenset[int]] = {}
        """Handoffs that lists name which are out, by key and reference."""
        self.kill_after: int | None = None
        """Kept posts and passed-on messages after which the process dies."""
        self.full_for = 0
        """Acts that cannot be saved."""
        self._acted: dict[str, Acted] = {}
        self._turning = asyncio.Lock()
        self._tell(self.talk.turns[-1])

    # The visitor.

    def says(self, text: str) -> None:
        """The visitor writes."""
        at = self._now()
        self._note({"from": "visitor", "text": text, "at": at.isoformat(), "id": f"v{len(self.messages)}"})
        self._tell(self.talk.take(VisitorSaid(at=at, text=text)))

    def becomes_hot(self) -> None:
        """The visitor answers until people are brought in."""
        self.says("Ada Lovelace")
        self.says("80")
        self.routes()

    def routes(self, reason: str = "Large team") -> None:
        """Routing has decided."""
        self._tell(
            self.talk.take(HandoffRouted(at=self._now(), handoff=HANDOFF, to="sales", reason=reason, plan=self.plan))
        )

    def leaves(self) -> None:
        self.is_here = False
        self._tell(self.talk.take(VisitorLeft(at=self._now())))

    def returns(self) -> None:
        self.is_here = True
        self._tell(self.talk.take(VisitorReturned(at=self._now())))

    def waits(self) -> None:
        """The present wait runs out."""
        until = self.desk.until
        assert until is not None, "nothing is waited for"
        self.talk.clock.now = max(self.talk.clock.now, until)
        self._tell(self.talk.take(TimerElapsed(at=self._now(), name="desk")))

    def erased(self) -> list[tuple[str, str]]:
        """The lead is erased; what is to be taken down."""
        self.is_erased = True
        return [(key, post.reference) for key, post in self.posts.kept.items()]

    @property
    def desk(self) -> Any:
        """How the handoff stands."""
        assert self.talk.here.desk is not None
        return self.talk.here.desk

    @property
    def phase(self) -> str:
        """How far it is."""
        return str(self.desk.phase.value)

    @property
    def heard(self) -> list[str]:
        """What people of ours said to the visitor, as they see it now."""
        said = {one["id"]: one["text"] for one in self.messages if one["from"] == "rep"}
        return [text for text in said.values() if text]

    # The outbox.

    async def settled(self) -> None:
        """Show all that is to be shown; what was left to try later is tried again at once."""
        while self.to_show:
            if await self.show_once():
                self.to_show = 0

    async def show_once(self) -> bool:
        """One try. False when it is to be tried again."""
        view = self._view()
        assert view is not None and self.target is not None
        try:
            await self.target.show(view, self.posts)
        except (TryLater, Killed):
            self.posts.attempts += 1
            return False
        except Undeliverable as error:
            self.dead.append(error)
        self.posts.attempts = 0
        return True

    @property
    def survived(self) -> bool:
        """Whether the process did not die where it was to."""
        return self.kill_after is not None

    def dies_after(self, what: str) -> None:
        """Where a process may end: ``kill_after`` counts."""
        if self.kill_after is not None:
            self.kill_after -= 1
            if self.kill_after < 0:
                self.kill_after = None
                raise Killed(what)

    # The contract.

    async def act(self, who: Person, handoff: int, act: RepAct, event_id: str) -> Acted:
        assert who.target == "slack" and who.id and who.name and event_id
        assert load_act(dump_act(act)) == act
        async with self._turning:
            if self.full_for:
                self.full_for -= 1
                raise DiskFull
            if event_id in self._acted:
                return replace(self._acted[event_id], repeated=True)
            self.acts.append((who, handoff, act, event_id))
            if self.is_erased:
                return Acted(view=None)
            turn = self.talk.take(RepDid(at=self._now(), handoff=handoff, rep=self._rep(who), act=act))
            self._tell(turn)
            whispers = tuple(effect.text for effect in turn.effects if isinstance(effect, Whisper))
            acted = Acted(view=self._view(), whispers=whispers)
            self._acted[event_id] = acted
        await self.settled()
        return acted

    async def view(self, handoff: int) -> DeskView | None:
        return self._view() if handoff == HANDOFF else None

    async def handoff_at(self, target: str, reference: str) -> int | None:
        assert target == "slack"
        return HANDOFF if reference in {post.reference for post in self.posts.kept.values()} else None

    async def colleagues(self) -> Sequence[Colleague]:
        return TEAM

    async def availability(self, who: Person) -> Availability:
        return self.availabilities.get(who.id, Availability.TAKING)

    async def set_availability(self, who: Person, availability: Availability) -> None:
        self.availabilities[who.id] = availability

    async def board(self, who: Person) -> Board:
        return self.listed

    async def keep_list(self, target: str, key: str, reference: str, handoffs: Collection[int]) -> None:
        assert target == "slack" and key and reference and len(key) <= 190 and len(reference) <= 200
        self.lists.pop((key, reference), None)
        if handoffs:
            self.lists[key, reference] = frozenset(handoffs)

    async def look_up(self, text: str, most: int = 10) -> Sequence[LeadFacts]:
        return [facts()] if text.lower() in "ada lovelace" else []

    async def questions(self, handoff: int) -> Sequence[Question]:
        answers = self.talk.answers
        fields = self.talk.script.fields
        options = (("now", "This month"), ("later", "Later"))
        return [
            Question(
                field=name,
                label=str(name).capitalize(),
                type=field.type.name,
                shown=str(answers.get(name) or ""),
                options=options if field.type.name == "choice" else (),
            )
            for name, field in fields.items()
        ]

    async def canned_replies(self, handoff: int, who: Person) -> Sequence[CannedReply]:
        return self.canned

    async def typing(self, handoff: int, who: Person) -> None:
        self.typing_by.append(who.id)

    # Within.

    def _now(self) -> datetime:
        self.talk.clock.pass_(seconds=1)
        return self.talk.clock()

    def _rep(self, who: Person) -> Rep:
        known = next((one.rep for one in TEAM if one.ids.get("slack") == who.id), None)
        return known or Rep(key=f"slack:{who.id}", name=who.name, picture=who.picture)

    def _view(self) -> DeskView | None:
        if self.is_erased:
            return None
        state = self.talk.here
        lines = [(str(one["from"]), str(one["text"])) for one in self.messages]
        known: dict[str, Any] = {
            "name": state.answers.get("name"),
            "company": None,
            "contacts": [("email", state.answers["mail"])] if state.answers.get("mail") else [],
            "answers": [(name.capitalize(), str(value)) for name, value in state.answers.items()],
            "stage": state.stage.value,
            "last_lines": lines[-6:],
        }
        return DeskView(
            handoff=HANDOFF,
            id=f"handoff-{HANDOFF}",
            lead=facts(**(known | self.facts)),
            desk=self.desk,
            messages=self.messages[self.posts.relayed_to :],
            visitor_is_here=self.is_here,
            at=self.talk.clock(),
        )

    def _note(self, message: dict[str, Any]) -> None:
        self.messages.append({"seq": len(self.messages) + 1, **message})

    def _tell(self, turn: Turn) -> None:
        at = self.talk.clock().isoformat()
        for effect in turn.effects:
            match effect:
                case Say(text=text) | GiveMagnet(text=text):
                    self._note({"from": "bot", "text": text, "at": at, "persona": {"name": "Mia"}})
                case RepSay():
                    self._note(rep_message(effect, at))
                case ShowDesk():
                    self.to_show += 1
                case _:
                    pass
