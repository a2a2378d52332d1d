"""The stand-in for Slack beside what Slack itself documents and sends: nothing that Slack gives is missing."""

import html
import re
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.corpora.reading import Corpora
from tests.slack.an_app import AnApp
from tests.slack.rendering import pings_in, read
from tests.slack.server import Slack
from tests.slack.signing import signature
from tests.slack.test_chat import CARD
from tests.slack.test_views import WON
from tests.slack.workspace import Channel, Person

Json = dict[str, Any]

OF_LARGER_WORKSPACES = {
    "enterprise_id", "enterprise_name", "authed_users", "enterprise", "is_org_shared", "has_2fa", "color",
    "avatar_hash", "image_original", "image_1024", "first_name", "last_name", "phone", "skype", "title", "locale",
    "last_read", "latest",
    "parent_conversation", "is_read_only", "unread_count", "unread_count_display", "priority", "pin_count", "icon_url",
    "cache_ts", "previous_view_id", "image_102", "image_44", "image_68", "image_88", "image_132", "image_230",
    "is_app_user",
}  # fmt: skip
"""What the stand-in does not care to say."""


def missing(sample: Any, ours: Any, where: str = "") -> list[str]:
    """The properties of a sample that ours has not."""
    if isinstance(sample, list) and isinstance(ours, list) and sample and ours:
        return min((missing(sample[0], one, f"{where}[]") for one in ours), key=len)
    if not isinstance(sample, dict) or not isinstance(ours, dict):
        return []
    found = []
    for key, value in sample.items():
        if key in OF_LARGER_WORKSPACES:
            continue
        if key not in ours:
            found.append(f"{where}.{key}")
        else:
            found += missing(value, ours[key], f"{where}.{key}")
    return found


async def answers(slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel, anna: Person) -> dict[str, Json]:
    """One good answer of every method, after a little life in the workspace."""
    posted = await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    reply = await slack.say(anna, sales, "hello", posted["ts"])
    await slack.click(anna, slack.messages(sales)[0], "claim")
    trigger = next(one["trigger_id"] for one in app.heard if "trigger_id" in one)
    found = {
        "auth.test": await client.auth_test(),
        "chat.getPermalink": await client.chat_getPermalink(channel=sales.id, message_ts=posted["ts"]),
        "chat.postEphemeral": await client.chat_postEphemeral(channel=sales.id, user=anna.id, text="x"),
        "chat.update": await client.chat_update(channel=sales.id, ts=posted["ts"], text="x"),
        "conversations.history": await client.conversations_history(channel=sales.id),
        "conversations.info": await client.conversations_info(channel=sales.id),
        "conversations.join": await client.conversations_join(channel=sales.id),
        "conversations.list": await client.conversations_list(),
        "reactions.add": await client.reactions_add(channel=sales.id, timestamp=reply.ts, name="eyes"),
        "team.info": await client.team_info(),
        "users.info": await client.users_info(user=anna.id),
        "users.list": await client.users_list(),
        "users.lookupByEmail": await client.users_lookupByEmail(email=str(anna.email)),
        "views.open": await client.views_open(trigger_id=trigger, view=WON),
        "views.update": await client.views_update(view_id=slack.modals(anna)[0].id, view=WON),
        "chat.delete": await client.chat_delete(channel=sales.id, ts=posted["ts"]),
    }
    return {name: dict(one.data) for name, one in found.items() if isinstance(one.data, dict)}


async def test_every_documented_answer(
    corpora: Corpora, slack: Slack, slack_client: AsyncWebClient, slack_app: AnApp, sales: Channel, anna: Person
) -> None:
    ours = await answers(slack, slack_client, slack_app, sales, anna)
    cases = {one["method"]: one["responses"]["200"]["example"] for one in corpora.slack("web_api_examples")}
    cases["views.open"]["view"].pop("blocks")
    cases["views.update"]["view"].pop("blocks")
    assert {name: lost for name, one in ours.items() if (lost := missing(cases[name], one))} == {}
    assert set(ours) <= set(cases)


def kind_of(payload: Json) -> str:
    """What it is: the event with its subtype, and whether a bot caused it; else the interaction."""
    if "command" in payload:
        return "command"
    event = payload.get("event", {})
    words = [event.get("type", payload.get("type")), event.get("subtype"), "by a bot" if "bot_id" in event else None]
    return " ".join(one for one in words if one)


async def told(slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel, anna: Person) -> dict[str, Json]:
    """One of each that the app is told, by kind, event and subtype."""
    await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    await slack.click(anna, slack.messages(sales)[0], "claim")
    trigger = next(one["trigger_id"] for one in app.heard if "trigger_id" in one)
    await client.views_open(trigger_id=trigger, view=WON)
    await slack.submit(anna, slack.modals(anna)[0], {"amount": "5"})
    await slack.command(anna, "/handraiser")
    await client.views_open(trigger_id=app.heard[-1]["trigger_id"], view=WON)
    await slack.close(anna, slack.modals(anna)[0])
    await slack.command(anna, "/handraiser", "ada", sales)
    message = await slack.mention(anna, sales, "hello")
    await slack.say(anna, sales, "to all", message.ts, broadcast=True)
    await slack.shares(anna, sales, "test.png", "here")
    await slack.edit(message, "bye")
    await slack.react(anna, message, "eyes")
    await slack.delete(await slack.say(anna, sales, "gone"))
    await slack.open_home(anna, "messages")
    await slack.settled()
    found: dict[str, Json] = {}
    for one in app.heard:
        found.setdefault(kind_of(one), one)
    return found


LEFT_OUT = re.compile(
    r"\.files\[\]\.(thumb_.*|original_[wh]|display_as_bot|username|editable|external_type|pretty_type|permalink_public"
    r"|public_url_shared|has_rich_preview|image_exif_rotation|media_display_type)$|\.(upload|display_as_bot|item\.channel_type)$|\.state\.values\.|\.(view|message)\.blocks|\.workflow_step"
)
"""What the stand-in does not care to say of files and their kin, and what differs by nature."""


async def test_everything_that_the_app_is_told(
    corpora: Corpora, slack: Slack, slack_client: AsyncWebClient, slack_app: AnApp, sales: Channel, anna: Person
) -> None:
    ours = await told(slack, slack_client, slack_app, sales, anna)
    compared, lost = set(), set()
    for case in corpora.slack("bolt_payloads"):
        if isinstance(case["body"], dict) and (kind := kind_of(case["body"])) in ours:
            compared.add(kind)
            lost |= {(kind, one) for one in missing(case["body"], ours[kind]) if not LEFT_OUT.search(one)}
    assert lost == set()
    assert compared >= {
        "block_actions", "view_submission", "view_closed", "command", "message", "message by a bot",
        "message message_changed", "message message_deleted", "message thread_broadcast", "message file_share",
        "app_mention", "reaction_added", "app_home_opened",
    }  # fmt: skip


def test_signatures_are_slacks(corpora: Corpora) -> None:
    cases = [one for one in corpora.slack("signatures") if one["scheme"] == "slack-v0" and one["signature"]]
    for case in cases:
        made = signature(case["secret"], case["timestamp"], case["body"].encode())
        assert (made == case["signature"]) is (case["valid"] or case["now"] == "real")


async def test_escaped_texts_are_read_as_typed_and_ping_nobody(corpora: Corpora, slack: Slack) -> None:
    for case in corpora.slack("formatting"):
        if case["do"] == "send":
            assert pings_in(case["wire"]) == []
            assert html.unescape(case["wire"]) == read(slack.workspace, case["wire"]) == case["in"]
        elif case["do"] == "unescape":
            assert read(slack.workspace, case["in"]) == case["out"]


@pytest.mark.parametrize("token", ["<!everyone>", "<!subteam^S0000000001>", "<@U0000000001>", "<!here|here>"])
def test_what_pings_is_known(token: str) -> None:
    assert [one.token for one in pings_in(f"hey {token}!")] == [token]
