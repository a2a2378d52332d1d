"""``handraiser outbox`` and ``handraiser reports``: what could not be told to people, and how fast they were."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.options import now
from dialogs.facts import Fact, FactKind
from storage import outbox
from storage.database import open_database
from storage.leavings import save_facts
from storage.letterheads import letterhead_of
from storage.outbox import SHOW_DESK, NewEffect
from storage.transaction import Transaction
from tests.bot.cli.conftest import Call
from tests.storage.samples import begun

WHY = "Undeliverable: Slack: #sales is archived; take it out of the archive, or name another channel"


@pytest.fixture
def desk(folder: Path) -> Path:
    """A lead that was told, seen, taken and answered; one effect that fails, and one that was given up."""
    (folder / "data").mkdir()
    path = folder / "data" / "handraiser.db"

    async def fill() -> None:
        async with await open_database(f"sqlite:///{path}") as database:
            stored = await begun(database)
            began = now() - timedelta(hours=1)
            stamp = letterhead_of(stored.state).stamp
            facts = [
                (FactKind.HANDED_OFF, "Ready to buy", 0),
                (FactKind.ALERTED, "slack", 0.2),
                (FactKind.SEEN, "anna", 4),
                (FactKind.CLAIMED, "anna", 9),
                (FactKind.SPOKEN, "anna", 75),
            ]

            def write(tx: Transaction) -> None:
                for kind, detail, seconds in facts:
                    save_facts(tx, stored.id, stamp, [Fact(kind, "", detail)], began + timedelta(seconds=seconds))
                for handoff in (1, 2):
                    outbox.queue(tx, None, NewEffect(kind=SHOW_DESK, payload={"handoff": handoff}), began)
                first, second = outbox.due(tx, now(), limit=2, owner="test", lease_seconds=60)
                outbox.failed(tx, first.id, "test", next_try=now() + timedelta(minutes=5), error=WHY)
                outbox.failed(tx, second.id, "test", next_try=None, error=WHY)

            await database.write(write)

    asyncio.run(fill())
    return path


def test_what_fails_and_what_was_given_up_is_shown_with_the_reason(call: Call, desk: Path) -> None:
    shown = call("outbox", "list")
    assert shown.status == 0
    assert "1 waiting, 1 of them failing, 1 given up." in shown.out
    assert shown.out.count("show a lead to people") == 2
    assert "#sales is archived" in shown.out
    assert "outbox resend" in shown.err


def test_what_was_given_up_can_be_sent_again_and_forgotten(call: Call, desk: Path) -> None:
    def given_up() -> list[int]:
        return [one["id"] for one in json.loads(call("outbox", "list", "--json").out)["given_up"]]

    (number,) = given_up()
    assert call("outbox", "resend", str(number)).status == 0
    assert given_up() == []
    assert call("outbox", "drop", str(number)).status == 1
    assert "nothing of number 999" in call("outbox", "drop", "999").out


def test_resending_needs_to_know_what(call: Call, desk: Path) -> None:
    assert "--all" in call("outbox", "resend").err
    assert call("outbox", "resend", "--all").status == 0


def test_how_fast_people_were_is_counted_from_the_hot_lead(call: Call, desk: Path) -> None:
    shown = call("reports", "speed").out.splitlines()[1]
    assert shown.split("  ")[-4:] == ["0.2 s, 0.2 s (1)", "4.0 s, 4.0 s (1)", "9.0 s, 9.0 s (1)", "75 s, 75 s (1)"]
    (anna,) = json.loads(call("reports", "speed", "--by", "rep", "--json").out)
    assert (anna["group"], anna["handoffs"], anna["claimed"]["median"]) == ("anna", 1, 9.0)


@pytest.mark.parametrize("by", ["hour", "source", "script"])
def test_speed_is_split_by_hour_source_and_script(call: Call, desk: Path, by: str) -> None:
    (only,) = json.loads(call("reports", "speed", "--by", by, "--json").out)
    assert only["handoffs"] == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("speed", "--by", "colour"), "rep"),
        (("speed", "--zone", "Mars/Base"), "Europe/Berlin"),
        (("speed", "--since", "soon"), "7 days"),
        (("funnel", "demo", "--by", "variant"), "--experiment"),
        (("funnel",), "SCRIPT"),
    ],
)
def test_wrong_words_are_answered_with_right_ones(call: Call, desk: Path, words: tuple[str, ...], message: str) -> None:
    done = call("reports", *words)
    assert done.status == 2
    assert message in done.err


def test_a_time_without_leads_is_told_so(call: Call, desk: Path) -> None:
    assert "No lead became hot" in call("reports", "speed", "--since", "1 minute").err
    assert "Nobody talked" in call("reports", "funnel", "unknown").err
