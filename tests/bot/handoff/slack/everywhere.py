"""A text in every place of everything that people may be shown in Slack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.desk.contract import Board, BoardLine, CannedReply, Colleague, DeskView, Question
from bot.handoff.slack.card import Shown, card
from bot.handoff.slack.digest import digest
from bot.handoff.slack.happenings import PINGING
from bot.handoff.slack.home import home
from bot.handoff.slack.lookup import found
from bot.handoff.slack.modals.base import Place
from bot.handoff.slack.modals.details import details_modal, trace_modal
from bot.handoff.slack.modals.filling import fill_modal, note_modal
from bot.handoff.slack.modals.giving import pass_on_modal, snooze_modal
from bot.handoff.slack.modals.judging import lost_modal, not_a_fit_modal, won_modal
from bot.handoff.slack.modals.replying import booking_modal, canned_modal, reply_modal
from bot.handoff.slack.offers import offer, passed_on
from bot.handoff.slack.thread import pieces
from bot.slack.kit import Block
from bot.slack.mrkdwn import neutral
from dialogs.desk.people import Availability, Rep
from tests.bot.handoff.slack.views import ANNA, AT, STANDINGS, colleague_says, desk, filled_with, view

LINK = "https://acme.slack.com/archives/C1/p1"
TYPES = (
    "text", "name", "email", "phone", "company", "website", "number", "money", "choice", "choices", "yes_no", "date",
    "time", "datetime", "duration", "rating", "consent", "file",
)  # fmt: skip


def messages(text: str) -> Iterator[Shown]:
    """Every message, with a stranger's and a colleague's words in all its places; nobody is to be called by it."""
    lead = filled_with(text)
    for name in ("open", "talking", "lost"):
        yield card(view(replace(STANDINGS[name], reasons=(text, text)), lead), meant_for=text)
    said = view(colleague_says(text), lead)
    yield card(said)
    yield offer(view(STANDINGS["offered"], lead), ANNA, card_link=LINK)
    yield offer(said, Rep(key="other", name=text))
    yield passed_on(said, text, text, card_link=LINK)
    yield found(text[:60], [lead], 1)
    yield found(text[:60], [], 1)
    told = digest(board(text), text)
    assert told is not None
    yield told
    yield from (piece.shown for piece in pieces(talk(text), (), neutral) if piece.shown is not None)
    backlog = replace(talk(text), messages=[*talk(text).messages] * 8)
    yield from (piece.shown for piece in pieces(backlog, (), neutral) if piece.shown is not None)
    for entry in said.desk.entries:
        if entry.what not in PINGING or entry.what == "passed_on":
            yield from (one.shown for one in pieces(replace(said, messages=()), (), neutral) if one.shown is not None)
            break


def windows(text: str) -> Iterator[Block]:
    """Every window and the home tab."""
    place = Place(handoff=7, channel="C1", ts="1.2", thread="1.2")
    said = view(colleague_says(text), filled_with(text))
    questions = [
        Question(field=f"f_{kind}", label=text or "?", type=kind, shown=text, options=(("a", text), ("b", text)))
        for kind in TYPES
    ]
    team = [
        Colleague(rep=Rep(key=f"k{n}", name=text or "?"), availability=one, ids={})
        for n, one in enumerate(Availability)
    ]
    yield reply_modal(said, place, text)
    yield booking_modal(replace(said, desk=replace(said.desk, plan=replace(said.desk.plan, booking_url=text))), place)
    yield canned_modal(said, place, [CannedReply(title=text or "?", text=text)], 0)
    yield not_a_fit_modal(said, place)
    yield won_modal(said, place)
    yield lost_modal(said, place)
    yield snooze_modal(said, place, AT, ZoneInfo("Europe/Berlin"))
    yield pass_on_modal(said, place, team)
    yield note_modal(said, place)
    for one in questions:
        yield fill_modal(said, place, questions, one.field)
    yield details_modal(said, place)
    yield trace_modal(said, place)
    yield home(board(text), Availability.TAKING, AT)


def board(text: str) -> Board:
    """Lists full of it."""
    line = BoardLine(
        handoff=1, lead="lead-1", name=text, company=text, reason=text, stage="mql", score=60, phase="claimed",
        rep=Rep(key="anna", name=text), at=AT, moved_at=AT, snoozed_until=AT + timedelta(hours=1),
    )  # fmt: skip
    lines = [replace(line, handoff=n, rep=None if n % 2 else line.rep) for n in range(1, 25)]
    return Board(mine=lines[:12], unclaimed=lines[12:18], cooling=lines[:3], today=lines[18:])


def talk(text: str) -> DeskView:
    """A talk of it."""
    at = AT + timedelta(seconds=10)
    said: list[dict[str, object]] = [
        {"from": "bot", "text": text, "persona": {"name": text}, "links": [{"label": text, "url": text}]},
        {"from": "visitor", "text": text, "files": [{"name": text, "url": text}], "card": {"title": text, "url": text}},
        {"from": "rep", "text": text, "persona": {"name": text}, "id": text},
        {"from": text, "text": text, "picture": text, "alt": text},
    ]
    numbered = [{"seq": n, "at": at.isoformat(), **one} for n, one in enumerate(said, 1)]
    return view(desk(), filled_with(text), messages=numbered)
