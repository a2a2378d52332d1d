"""Modals and homes, from the click that opens them to what the app answers."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.an_app import AnApp
from tests.slack.core import View
from tests.slack.forms import NotSent
from tests.slack.server import Slack
from tests.slack.test_blocks import asked, button, modal, option, plain, section, select
from tests.slack.test_chat import CARD, refusal
from tests.slack.workspace import Channel, Person

AMOUNT = asked(
    {"type": "number_input", "action_id": "amount", "is_decimal_allowed": False, "min_value": "1"}, block_id="amount"
)
WHY = asked({"type": "plain_text_input", "action_id": "why", "min_length": 3}, block_id="why", optional=True)
WON = modal(AMOUNT, WHY, title=plain("Won"), callback_id="won", private_metadata="7", notify_on_close=True)

Opens = Callable[..., Awaitable[View]]


@pytest.fixture
async def trigger(slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel, anna: Person) -> str:
    await client.chat_postMessage(channel=sales.id, text="card", blocks=CARD)
    await slack.click(anna, slack.messages(sales)[0], "claim")
    found: str = app.heard[-1]["trigger_id"]
    return found


@pytest.fixture
async def won(slack: Slack, client: AsyncWebClient, trigger: str, anna: Person) -> View:
    await client.views_open(trigger_id=trigger, view=WON)
    return slack.modals(anna)[0]


def answering(app: AnApp, answer: dict[str, Any]) -> None:
    async def reply(payload: dict[str, Any]) -> web.Response:
        return web.json_response(answer)

    app.reply = reply


async def test_a_click_opens_a_modal_for_whoever_clicked(slack: Slack, won: View, anna: Person, ben: Person) -> None:
    assert slack.modals(anna) == [won]
    assert slack.modals(ben) == []
    assert slack.shown(won) == "Won\nx: []\nx: []"


async def test_a_trigger_is_good_once_and_for_three_seconds(
    slack: Slack, client: AsyncWebClient, app: AnApp, trigger: str, anna: Person
) -> None:
    await client.views_open(trigger_id=trigger, view=WON)
    assert await refusal(client.views_open(trigger_id=trigger, view=WON)) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.3", view=WON)) == "invalid_trigger_id"
    assert len(slack.violations) == 2
    slack.violations.clear()
    await slack.command(anna, "/handraiser", "ada")
    slack.pass_(3.1)
    late = app.heard[-1]["trigger_id"]
    assert await refusal(client.views_open(trigger_id=late, view=WON)) == "expired_trigger_id"


async def test_what_was_filled_in_comes_with_the_state(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    delivery = await slack.submit(anna, won, {"amount": "5000"})
    heard = app.heard[-1]
    assert heard["type"] == "view_submission"
    assert heard["view"]["state"]["values"] == {
        "amount": {"amount": {"type": "number_input", "value": "5000"}},
        "why": {"why": {"type": "plain_text_input", "value": None}},
    }
    assert (heard["view"]["callback_id"], heard["view"]["private_metadata"]) == ("won", "7")
    assert delivery.accepted
    assert slack.modals(anna) == []


@pytest.mark.parametrize(
    ("values", "block", "words"),
    [
        ({}, "amount", "complete this required field"),
        ({"amount": "a lot"}, "amount", "Enter a number"),
        ({"amount": "0"}, "amount", "at least 1"),
        ({"amount": "5", "why": "no"}, "why", "at least 3 characters"),
    ],
)
async def test_slack_itself_refuses_what_the_inputs_forbid(
    slack: Slack, app: AnApp, won: View, anna: Person, values: dict[str, Any], block: str, words: str
) -> None:
    heard = len(app.heard)
    with pytest.raises(NotSent) as caught:
        await slack.submit(anna, won, values)
    assert words in caught.value.errors[block]
    assert len(app.heard) == heard
    assert slack.modals(anna) == [won]


async def test_errors_keep_the_modal_open(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    answering(app, {"response_action": "errors", "errors": {"amount": "That is too much."}})
    delivery = await slack.submit(anna, won, {"amount": "5000"})
    assert delivery.errors == {"amount": "That is too much."}
    assert slack.modals(anna) == [won]


async def test_errors_for_what_is_no_input_are_noted(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    answering(app, {"response_action": "errors", "errors": {"price": "?"}})
    await slack.submit(anna, won, {"amount": "5000"})
    assert slack.violations.pop() == "response_action errors names what is no input: ['price']"


async def test_the_answer_may_show_another_modal(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    answering(app, {"response_action": "push", "view": modal(section("Sure?"), title=plain("Sure?"))})
    await slack.submit(anna, won, {"amount": "5000"})
    assert [one.title for one in slack.modals(anna)] == ["Won", "Sure?"]
    answering(app, {"response_action": "update", "view": modal(section("Done"), title=plain("Done"))})
    await slack.submit(anna, slack.modals(anna)[-1])
    assert [one.title for one in slack.modals(anna)] == ["Won", "Done"]
    answering(app, {"response_action": "clear"})
    await slack.submit(anna, slack.modals(anna)[-1])
    assert slack.modals(anna) == []


async def test_an_answer_with_a_view_that_cannot_be_is_noted(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    answering(app, {"response_action": "update", "view": modal(section(""), title=plain("Done"))})
    await slack.submit(anna, won, {"amount": "5000"})
    assert "must be more than 0 characters" in slack.violations.pop()
    assert slack.modals(anna) == [won]


async def test_a_form_that_is_not_acknowledged_stays(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    async def fails(payload: dict[str, Any]) -> web.Response:
        return web.Response(status=500)

    app.reply = fails
    delivery = await slack.submit(anna, won, {"amount": "5000"})
    assert (delivery.accepted, len(delivery.attempts)) == (False, 1)
    assert slack.modals(anna) == [won]


async def test_closing_is_told_where_it_was_asked_for(slack: Slack, app: AnApp, won: View, anna: Person) -> None:
    await slack.close(anna, won)
    assert (app.heard[-1]["type"], app.heard[-1]["is_cleared"]) == ("view_closed", False)
    assert slack.modals(anna) == []


async def test_modals_stack_three_deep(
    slack: Slack, client: AsyncWebClient, app: AnApp, won: View, anna: Person
) -> None:
    step = modal(section("x", accessory=button("on"), block_id="s"))
    await client.views_update(view_id=won.id, view=step)
    for _ in range(2):
        await slack.click(anna, slack.modals(anna)[-1], "on")
        await client.views_push(trigger_id=app.heard[-1]["trigger_id"], view=step)
    await slack.click(anna, slack.modals(anna)[-1], "on")
    call = client.views_push(trigger_id=app.heard[-1]["trigger_id"], view=step)
    assert await refusal(call) == "push_limit_reached"
    assert [one.root_id for one in slack.modals(anna)] == [won.id] * 3


async def test_an_update_of_what_changed_meanwhile_is_refused(slack: Slack, client: AsyncWebClient, won: View) -> None:
    old = won.hash
    await client.views_update(view_id=won.id, view=WON, hash=old)
    assert await refusal(client.views_update(view_id=won.id, view=WON, hash=old)) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V404", view=WON)) == "not_found"


async def test_an_update_keeps_what_was_typed(
    slack: Slack, client: AsyncWebClient, app: AnApp, won: View, anna: Person
) -> None:
    with pytest.raises(NotSent):
        await slack.submit(anna, won, {"why": "because"})
    await client.views_update(view_id=won.id, view=modal(WHY, section("new")))
    await slack.submit(anna, won)
    assert app.heard[-1]["view"]["state"]["values"]["why"]["why"]["value"] == "because"


async def test_external_ids_are_unique_among_open_views(
    slack: Slack, client: AsyncWebClient, app: AnApp, won: View, anna: Person, ben: Person
) -> None:
    await client.views_update(view_id=won.id, view={**WON, "external_id": "lead-7"})
    await client.views_update(external_id="lead-7", view={**WON, "external_id": "lead-7"})
    await slack.command(ben, "/handraiser")
    trigger = app.heard[-1]["trigger_id"]
    call = client.views_open(trigger_id=trigger, view={**WON, "external_id": "lead-7"})
    assert await refusal(call) == "duplicate_external_id"


async def test_a_modal_that_cannot_be_is_refused(slack: Slack, client: AsyncWebClient, trigger: str) -> None:
    call = client.views_open(trigger_id=trigger, view={**WON, "title": plain("x" * 25)})
    assert await refusal(call) == "invalid_arguments"
    assert "less than 25 characters" in slack.violations.pop()


async def test_a_home_is_published_opened_and_clicked(
    slack: Slack, client: AsyncWebClient, app: AnApp, anna: Person, ben: Person
) -> None:
    await slack.open_home(anna)
    assert (app.events[-1]["type"], "view" in app.events[-1]) == ("app_home_opened", False)
    home = {"type": "home", "blocks": [section("2 leads", accessory=button("busy"), block_id="state")]}
    await client.views_publish(user_id=anna.id, view=home)
    shown = slack.home(anna)
    assert shown is not None
    assert slack.shown(shown) == "2 leads\n[x]"
    assert slack.home(ben) is None
    await slack.open_home(anna)
    assert app.events[-1]["view"]["id"] == shown.id
    await slack.click(anna, shown, "busy")
    assert app.heard[-1]["container"] == {"type": "view", "view_id": shown.id}
    old = shown.hash
    await client.views_publish(user_id=anna.id, view=home)
    assert await refusal(client.views_publish(user_id=anna.id, view=home, hash=old)) == "hash_conflict"


async def test_choices_are_named_by_what_they_say(
    slack: Slack, client: AsyncWebClient, app: AnApp, sales: Channel, anna: Person
) -> None:
    pick = select(options=[option("1", "One"), option("2", "Two")])
    typed = {"type": "checkboxes", "action_id": "boxes", "options": [option("a", "A"), option("b", "B")]}
    blocks = [{"type": "actions", "block_id": "row", "elements": [pick, typed, button("go")]}]
    await client.chat_postMessage(channel=sales.id, text="choose", blocks=blocks)
    (message,) = slack.messages(sales)
    await slack.click(anna, message, "pick", "Two")
    assert app.heard[-1]["actions"][0]["selected_option"]["value"] == "2"
    await slack.click(anna, message, "go", inputs={"boxes": ["A"]})
    assert app.heard[-1]["state"]["values"]["row"]["boxes"]["selected_options"][0]["value"] == "a"


async def test_options_are_asked_of_the_app(
    slack: Slack, app: AnApp, client: AsyncWebClient, trigger: str, anna: Person
) -> None:
    menu = {"type": "external_select", "action_id": "lead", "min_query_length": 1}
    await client.views_open(trigger_id=trigger, view=modal(asked(menu, block_id="lead")))
    answering(app, {"options": [option("7", "Ada"), option("8", "Adam")]})
    assert await slack.options(anna, slack.modals(anna)[0], "lead", "ad") == ["Ada", "Adam"]
    assert (app.heard[-1]["type"], app.heard[-1]["value"]) == ("block_suggestion", "ad")
