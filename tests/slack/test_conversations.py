"""``conversations.*``, ``reactions.*`` and files."""

from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.an_app import AnApp
from tests.slack.server import Slack
from tests.slack.test_chat import refusal
from tests.slack.workspace import BOT_USER, Channel, Person


async def test_channels_are_listed_page_by_page(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    slack.workspace.add_channel("board", anna, private=True)
    slack.workspace.add_channel("hidden", anna, private=True, with_app=False)
    slack.archives(slack.workspace.add_channel("old"))
    pages = [one["channels"] async for one in await client.conversations_list(limit=1)]
    assert [[one["name"] for one in page] for page in pages] == [["sales"], ["old"]]
    both = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert [one["name"] for one in both["channels"]] == ["sales", "board"]


async def test_a_channel_says_whether_the_app_is_in_it(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    outside = slack.workspace.add_channel("board", anna, with_app=False)
    assert (await client.conversations_info(channel=sales.id))["channel"]["is_member"]
    assert not (await client.conversations_info(channel=outside.id))["channel"]["is_member"]
    await client.conversations_join(channel=outside.id)
    assert (await client.conversations_info(channel=outside.id))["channel"]["is_member"]
    assert (await client.conversations_join(channel=outside.id))["warning"] == "already_in_channel"
    members = await client.conversations_members(channel=outside.id)
    assert set(members["members"]) == {anna.id, BOT_USER}


async def test_what_kind_a_channel_is_decides_on_the_scope(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    board = slack.workspace.add_channel("board", anna, private=True)
    slack.bot.scopes -= {"groups:read", "groups:history"}
    assert await refusal(client.conversations_info(channel=board.id)) == "missing_scope"
    assert await refusal(client.conversations_history(channel=board.id)) == "missing_scope"
    assert await refusal(client.conversations_list(types="private_channel")) == "missing_scope"
    await client.conversations_history(channel=sales.id)


async def test_history_is_read_newest_first_between_bounds(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    first, second, third = [await slack.say(anna, sales, text) for text in ("1", "2", "3")]
    await slack.say(anna, sales, "reply", first.ts)
    await slack.say(anna, sales, "to all", first.ts, broadcast=True)
    whole = await client.conversations_history(channel=sales.id)
    assert [one["text"] for one in whole["messages"]] == ["to all", "3", "2", "1"]
    assert whole["messages"][-1]["reply_count"] == 2
    between = await client.conversations_history(channel=sales.id, oldest=first.ts, latest=third.ts)
    assert [one["text"] for one in between["messages"]] == ["2"]
    inclusive = await client.conversations_history(channel=sales.id, oldest=second.ts, latest=second.ts, inclusive=True)
    assert [one["text"] for one in inclusive["messages"]] == ["2"]
    pages = [one["messages"] async for one in await client.conversations_history(channel=sales.id, limit=3)]
    assert [len(page) for page in pages] == [3, 1]


async def test_a_thread_is_read_oldest_first_with_its_root(
    slack: Slack, client: AsyncWebClient, sales: Channel, anna: Person
) -> None:
    root = await slack.say(anna, sales, "root")
    reply = await slack.say(anna, sales, "reply", root.ts)
    answer = await client.conversations_replies(channel=sales.id, ts=root.ts)
    assert [one["text"] for one in answer["messages"]] == ["root", "reply"]
    assert answer["messages"][1]["parent_user_id"] == anna.id
    later = await client.conversations_replies(channel=sales.id, ts=root.ts, oldest=reply.ts)
    assert [one["text"] for one in later["messages"]] == ["root"]
    assert await refusal(client.conversations_replies(channel=sales.id, ts="1.000001")) == "thread_not_found"


async def test_history_where_the_app_is_not(slack: Slack, client: AsyncWebClient, anna: Person) -> None:
    outside = slack.workspace.add_channel("board", anna, with_app=False)
    assert await refusal(client.conversations_history(channel=outside.id)) == "not_in_channel"


async def test_direct_messages_are_opened_once(slack: Slack, client: AsyncWebClient, anna: Person, ben: Person) -> None:
    first = await client.conversations_open(users=anna.id)
    assert (await client.conversations_open(users=[anna.id]))["channel"]["id"] == first["channel"]["id"]
    shown = await client.conversations_open(users=anna.id, return_im=True)
    assert shown["channel"]["user"] == anna.id
    ben.deleted = True
    assert await refusal(client.conversations_open(users=ben.id)) == "user_disabled"
    assert await refusal(client.conversations_open(users="U404")) == "user_not_found"


async def test_reactions_are_put_and_taken_back_once(
    slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel, anna: Person
) -> None:
    message = await slack.say(anna, sales, "!hello")
    mark = {"channel": sales.id, "timestamp": message.ts, "name": "white_check_mark"}
    await client.reactions_add(**mark)
    assert await refusal(client.reactions_add(**mark)) == "already_reacted"
    assert message.reactions == {"white_check_mark": [BOT_USER]}
    await slack.react(anna, message, "eyes")
    assert app.events[-1]["item"] == {"type": "message", "channel": sales.id, "ts": message.ts}
    assert (app.events[-1]["user"], app.events[-1]["reaction"]) == (anna.id, "eyes")
    await client.reactions_remove(**mark)
    assert await refusal(client.reactions_remove(**mark)) == "no_reaction"
    assert await refusal(client.reactions_add(**{**mark, "name": ":eyes:"})) == "invalid_name"
    slack.violations.clear()


async def test_a_file_is_uploaded_in_three_steps(slack: Slack, client: AsyncWebClient, sales: Channel) -> None:
    await client.files_upload_v2(channel=sales.id, filename="talk.txt", content="Ada: hello", title="The talk")
    (message,) = slack.messages(sales)
    assert slack.shown(message) == "[talk.txt]"
    (upload,) = slack.uploads.values()
    assert upload["data"] == b"Ada: hello"
