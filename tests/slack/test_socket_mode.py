"""Socket Mode, with Slack's own client on the other side."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import Slack
from tests.slack.socket_mode import MOST_CONNECTIONS
from tests.slack.test_chat import CARD, refusal
from tests.slack.workspace import Channel, Person


class Listener:
    """What came down one client's connection, and how it is acknowledged."""

    def __init__(self, slack: Slack, client: AsyncWebClient) -> None:
        self.client = SocketModeClient(slack.app_token, web_client=client, ping_interval=0.2)
        self.client.socket_mode_request_listeners.append(self._hear)
        self.heard: list[SocketModeRequest] = []
        self.payload: dict[str, Any] | None = None
        self.silent_for = 0

    async def close(self) -> None:
        await self.client.close()  # type: ignore[no-untyped-call]

    async def _hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.silent_for:
            self.silent_for -= 1
            return
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.payload))


@pytest_asyncio.fixture(loop_scope="session")
async def listener(slack: Slack, client: AsyncWebClient) -> AsyncIterator[Listener]:
    one = Listener(slack, client)
    await one.client.connect_to_new_endpoint(force=True)
    yield one
    await slack.settled()
    await one.close()


async def connect(slack: Slack, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    return await session.ws_connect(slack.socket_mode.ticket())


async def test_an_event_comes_in_an_envelope_and_is_acknowledged(
    slack: Slack, listener: Listener, sales: Channel, anna: Person
) -> None:
    message = await slack.say(anna, sales, "hello")
    (request,) = listener.heard
    assert (request.type, request.payload["event"]["ts"]) == ("events_api", message.ts)
    assert (request.retry_attempt, request.accepts_response_payload) == (0, False)
    assert slack.deliveries[-1].accepted
    assert slack.socket_mode.acknowledgements == [{"envelope_id": request.envelope_id}]


async def test_clicks_and_commands_come_too_and_may_be_answered(
    slack: Slack, client: AsyncWebClient, listener: Listener, sales: Channel, anna: Person
) -> None:
    await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    await slack.click(anna, slack.messages(sales)[0], "claim")
    assert (listener.heard[-1].type, listener.heard[-1].payload["type"]) == ("interactive", "block_actions")
    listener.payload = {"text": "Nobody is called zoe."}
    await slack.command(anna, "/handraiser", "zoe")
    assert (listener.heard[-1].type, listener.heard[-1].payload["text"]) == ("slash_commands", "zoe")
    assert [slack.shown(one) for one in slack.ephemerals(anna)] == ["Nobody is called zoe."]


async def test_what_is_not_acknowledged_comes_again(
    slack: Slack, listener: Listener, sales: Channel, anna: Person
) -> None:
    slack.patience = 0.5
    listener.silent_for = 1
    await slack.say(anna, sales, "hello")
    first, second = listener.heard
    assert (first.retry_attempt, second.retry_attempt, second.retry_reason) == (0, 1, "timeout")
    assert first.payload["event_id"] == second.payload["event_id"]
    assert slack.deliveries[-1].accepted


async def test_an_event_goes_to_any_one_of_the_connections(
    slack: Slack, client: AsyncWebClient, listener: Listener, sales: Channel, anna: Person
) -> None:
    other = Listener(slack, client)
    await other.client.connect_to_new_endpoint(force=True)
    await slack.until(lambda: len(slack.socket_mode.connections) == 2)
    for _ in range(4):
        await slack.say(anna, sales, "hello")
    assert (len(listener.heard), len(other.heard)) == (2, 2)
    await other.close()


async def test_after_a_refresh_the_client_is_back_on_a_new_connection(
    slack: Slack, listener: Listener, sales: Channel, anna: Person
) -> None:
    (old,) = slack.socket_mode.connections
    await slack.socket_mode.disconnect(old, "refresh_requested")
    await slack.until(lambda: [one for one in slack.socket_mode.connections if one is not old])
    await slack.say(anna, sales, "hello")
    assert len(listener.heard) == 1


async def test_a_warning_leaves_the_old_connection_to_be_closed_by_the_client(
    slack: Slack, listener: Listener, sales: Channel, anna: Person
) -> None:
    (old,) = slack.socket_mode.connections
    await slack.socket_mode.disconnect(old, "warning")
    await slack.until(lambda: slack.socket_mode.connections and old not in slack.socket_mode.connections)
    await slack.say(anna, sales, "hello")
    assert len(listener.heard) == 1


async def test_what_was_on_a_line_that_was_cut_comes_again(
    slack: Slack, listener: Listener, sales: Channel, anna: Person
) -> None:
    listener.silent_for = 1
    saying = asyncio.ensure_future(slack.say(anna, sales, "hello"))
    await slack.until(lambda: [one for one in slack.socket_mode.connections if one.received])
    slack.socket_mode.cut(slack.socket_mode.connections[0])
    await saying
    attempts = slack.deliveries[-1].attempts
    assert [one.failure for one in attempts] == ["connection_failed", None]


async def test_a_line_that_is_dead_answers_no_ping(slack: Slack, listener: Listener) -> None:
    (old,) = slack.socket_mode.connections
    slack.socket_mode.answers_pings = False
    await slack.until(lambda: slack.socket_mode.connections and old not in slack.socket_mode.connections)
    slack.socket_mode.answers_pings = True


async def test_ten_connections_are_the_most(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await connect(slack, session) for _ in range(MOST_CONNECTIONS)]
        hellos = [await one.receive_json() for one in sockets]
        assert [one["num_connections"] for one in hellos] == list(range(1, MOST_CONNECTIONS + 1))
        one_more = await connect(slack, session)
        goodbye = await one_more.receive_json()
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "too_many_websockets")
        assert (await one_more.receive()).type is aiohttp.WSMsgType.CLOSE
        for one in (*sockets, one_more):
            await one.close()


async def test_an_address_is_good_for_one_connection(slack: Slack) -> None:
    address = slack.socket_mode.ticket()
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)


async def test_acknowledgements_of_nothing_are_noted(slack: Slack) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await connect(slack, session)
        await socket.send_str("hello?")
        await socket.send_json({"envelope_id": "never-sent"})
        await slack.until(lambda: len(slack.violations) == 2)
        assert "not JSON" in slack.violations[0]
        assert "what was never sent" in slack.violations[1]
        await socket.close()
    slack.violations.clear()


async def test_a_revoked_app_token_opens_nothing(slack: Slack, client: AsyncWebClient) -> None:
    slack.tokens[slack.app_token].refused_with = "token_revoked"
    assert await refusal(client.apps_connections_open(app_token=slack.app_token)) == "token_revoked"


async def test_where_nobody_is_connected_a_click_is_not_acknowledged(
    slack: Slack, client: AsyncWebClient, listener: Listener, sales: Channel, anna: Person
) -> None:
    await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    await slack.settled()
    await listener.close()
    await slack.until(lambda: not slack.socket_mode.connections)
    slack.patience = 0.1
    delivery = await slack.click(anna, slack.messages(sales)[0], "claim")
    assert delivery.last.failure == "connection_failed"
