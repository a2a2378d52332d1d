"""Socket Mode: two connections, no gap when Slack renews them, nothing acknowledged that is not on disk."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.slack import socket_mode
from bot.slack.client import SlackClient
from bot.slack.listening import Ack, BlockAction, MessagePosted
from tests.bot.slack import payloads
from tests.bot.slack.conftest import House, open_door, settings_for
from tests.bot.slack.desk import DiskFull, eventually
from tests.slack.faults import refused
from tests.slack.server import Slack
from tests.slack.workspace import Channel, Person
from tests.stand_ins.faults import Status, TooMany


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries that come soon after each other."""
    monkeypatch.setattr(socket_mode, "SHORTEST_PAUSE", 0.01)
    monkeypatch.setattr(socket_mode, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(socket_mode, "REFUSED_PAUSE", 0.05)


@pytest_asyncio.fixture(loop_scope="session")
async def connected(slack: Slack, client: SlackClient) -> AsyncIterator[House]:
    """Our door with both connections open."""
    async with open_door(client) as house:
        await slack.until(lambda: len(slack.socket_mode.connections) == 2)
        await eventually(lambda: _line(house).connections == 2)
        yield house
        await slack.settled()


def _line(house: House) -> socket_mode.SocketMode:
    assert house.door.socket_mode is not None
    return house.door.socket_mode


async def test_everything_comes_in_over_both_connections(
    slack: Slack, connected: House, sales: Channel, anna: Person, client: SlackClient
) -> None:
    for number in range(4):
        await slack.say(anna, sales, f"! {number}", thread_ts="1.1")
    await slack.command(anna, "/handraiser", "ada")
    await slack.sends(payloads.pressed())
    events = await connected.heard.wait_for(6)
    texts = [one.text for one in events if isinstance(one, MessagePosted)]
    assert texts == ["! 0", "! 1", "! 2", "! 3"]
    assert any(isinstance(one, BlockAction) for one in events)
    assert all(connection.acknowledged for connection in slack.socket_mode.connections)
    assert all(one.accepted for one in slack.deliveries)


async def test_a_form_and_a_command_are_answered(slack: Slack, connected: House, anna: Person) -> None:
    connected.heard.answer = Ack(errors={"words": "Too short."})
    assert (await slack.sends(payloads.submitted())).errors == {"words": "Too short."}
    connected.heard.answer = Ack(text="2 leads", blocks=({"type": "divider"},))
    delivery = await slack.command(anna, "/handraiser", "ada")
    assert delivery.answer["text"] == "2 leads" and delivery.answer["blocks"] == [{"type": "divider"}]


async def test_what_cannot_be_saved_is_not_acknowledged(slack: Slack, connected: House) -> None:
    slack.patience = 0.1
    connected.desk.broken = DiskFull()
    tries = 0

    async def recover() -> None:
        nonlocal tries
        tries += 1
        if tries == 2:
            connected.desk.broken = None

    connected.desk.before_saving = recover
    delivery = await slack.sends(payloads.message())
    assert [one.failure for one in delivery.attempts] == ["http_timeout", None]
    await connected.heard.wait_for(1)
    assert connected.heard.tries == 1


@pytest.mark.parametrize("payload", [{"type": "from_the_future"}, {}, {"type": "event_callback", "event": 5}])
async def test_what_is_unknown_is_acknowledged_and_put_aside(
    slack: Slack, connected: House, payload: dict[str, Any]
) -> None:
    delivery = await slack.socket_mode.send("interactive", payload, 0, None)
    assert delivery.status == 200
    await eventually(lambda: len(connected.desk.aside) == 1)


async def test_frames_that_are_no_envelopes_change_nothing(slack: Slack, connected: House) -> None:
    for connection in slack.socket_mode.connections:
        for text in ("", "{", "[]", "7", "null", '{"type": "hello"}', '{"type": "from_the_future"}', "[" * 100_000):
            await connection.socket.send_str(text)
        await connection.socket.send_bytes(b"\x00")
    assert (await slack.sends(payloads.message())).accepted
    assert len(slack.socket_mode.connections) == 2


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_while_one_connection_is_renewed_the_other_takes_everything(
    slack: Slack, connected: House, reason: Any
) -> None:
    old, kept = slack.socket_mode.connections
    await slack.socket_mode.disconnect(old, reason)
    assert slack.socket_mode.connections == [kept]
    assert (await slack.sends(payloads.message())).accepted
    await slack.until(lambda: len(slack.socket_mode.connections) == 2)
    assert old not in slack.socket_mode.connections
    assert (await slack.sends(payloads.message())).accepted


async def test_after_a_warning_the_next_connection_is_open_before_the_old_one_goes(
    slack: Slack, connected: House
) -> None:
    old = list(slack.socket_mode.connections)
    for connection in old:
        await slack.socket_mode.disconnect(connection, "warning")
    await slack.until(lambda: len(slack.socket_mode.connections) == 4)
    for _ in range(4):  # Down the old ones, too.
        assert (await slack.sends(payloads.message())).accepted
    for connection in old:
        assert connection.acknowledged
        await connection.socket.close()
    await slack.until(lambda: len(slack.socket_mode.connections) == 2)
    assert (await slack.sends(payloads.message())).accepted


async def test_a_connection_that_slack_forgets_to_close_is_let_go(
    slack: Slack, client: SlackClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "GRACE_SECONDS", 0.02)
    async with open_door(client):
        await slack.until(lambda: len(slack.socket_mode.connections) == 2)
        old = slack.socket_mode.connections[0]
        await slack.socket_mode.disconnect(old, "warning")
        await slack.until(lambda: old not in slack.socket_mode.connections)
        await slack.until(lambda: len(slack.socket_mode.connections) == 2)


async def test_lines_that_are_cut_are_replaced(slack: Slack, connected: House) -> None:
    for connection in list(slack.socket_mode.connections):
        slack.socket_mode.cut(connection)
    await slack.until(lambda: len(slack.socket_mode.connections) == 2)
    assert (await slack.sends(payloads.message())).accepted


async def test_slack_down_and_back(slack: Slack, connected: House, caplog: pytest.LogCaptureFixture) -> None:
    await slack.goes_down()
    await eventually(lambda: connected.door.problem != "")
    assert _line(connected).connections == 0
    assert "Slack cannot be reached" in _line(connected).problem
    await slack.comes_back()
    await slack.until(lambda: len(slack.socket_mode.connections) == 2)
    await eventually(lambda: _line(connected).problem == "")
    assert (await slack.sends(payloads.message())).accepted
    told = [record.getMessage() for record in caplog.records if "Socket Mode:" in record.getMessage()]
    assert len([one for one in told if "no connection" in one]) == 1, "one alarm"
    assert slack.app_token not in caplog.text and "ticket" not in caplog.text


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (refused("invalid_auth"), "Slack does not know [slack] app_token"),
        (refused("token_revoked"), "[slack] app_token was revoked"),
        (refused("missing_scope", needed="connections:write"), "lacks the scope connections:write"),
        (Status(500), "Slack has trouble of its own"),
        (TooMany(0), "takes no more calls"),
    ],
)
async def test_why_there_is_no_connection_is_told_and_it_is_tried_again(
    slack: Slack, client: SlackClient, fault: Any, told: str
) -> None:
    slack.fails("apps.connections.open", fault)
    async with open_door(client) as house:
        await eventually(lambda: told in _line(house).problem)
        slack.recovers()
        await slack.until(lambda: len(slack.socket_mode.connections) == 2)
        await eventually(lambda: _line(house).problem == "")


async def test_a_connection_over_which_nothing_is_said_is_not_kept(
    slack: Slack, client: SlackClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "HELLO_SECONDS", 0.05)
    slack.socket_mode.says_hello = False
    async with open_door(client) as house:
        await eventually(lambda: "said nothing" in _line(house).problem)
        slack.socket_mode.says_hello = True
        await eventually(lambda: _line(house).connections == 2)


async def test_with_ten_connections_elsewhere_ours_wait(slack: Slack, client: SlackClient) -> None:
    async with client.session.ws_connect(slack.socket_mode.ticket()):
        others = [await client.session.ws_connect(slack.socket_mode.ticket()) for _ in range(9)]
        async with open_door(client) as house:
            await eventually(lambda: "too_many_websockets" in _line(house).problem)
            for other in others:
                await other.close()
            await eventually(lambda: _line(house).connections == 2)


async def test_a_connection_outlives_the_time_that_a_call_may_take(slack: Slack, sales: Channel) -> None:
    async with SlackClient(settings_for(slack), seconds=0.2) as client, open_door(client) as house:
        await slack.until(lambda: len(slack.socket_mode.connections) == 2)
        first = list(slack.socket_mode.connections)
        await asyncio.sleep(0.5)  # What is waited for is that nothing happens.
        assert slack.socket_mode.connections == first and _line(house).connections == 2
        assert (await slack.sends(payloads.message())).accepted


async def test_when_we_stop_every_connection_closes_and_what_was_acknowledged_is_dealt_with(
    slack: Slack, client: SlackClient
) -> None:
    async with open_door(client) as house:
        await slack.until(lambda: len(slack.socket_mode.connections) == 2)
        house.heard.hold["! x"] = asyncio.Event()
        assert (await slack.sends(payloads.message("! x"))).accepted
        house.heard.hold["! x"].set()
    await slack.until(lambda: not slack.socket_mode.connections)
    assert not house.desk.waiting


async def test_an_acknowledgement_says_nothing_else(slack: Slack, connected: House) -> None:
    await slack.sends(payloads.message())
    (acknowledgement,) = slack.socket_mode.acknowledgements
    assert list(acknowledgement) == ["envelope_id"]


async def test_both_doors_lead_to_the_same_names(slack: Slack, connected: House, client: SlackClient) -> None:
    """What came over Socket Mode and comes again over HTTP, after the mode was changed, is known."""
    body = payloads.pressed()
    await slack.sends(body)
    await connected.heard.wait_for(1)
    http = SlackClient(settings_for(slack, mode="http"))
    async with http, open_door(http, connected.desk) as other:
        assert (await slack.sends(body, to=other.url)).accepted
        assert other.heard.tries == 0
