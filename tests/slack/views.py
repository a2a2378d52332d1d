"""``views.*``: modals and homes. https://docs.slack.dev/reference/methods/views.open"""

import copy
from typing import Any

from tests.slack.arguments import Malformed, Refusal
from tests.slack.chat import say_what_was_left_open, with_block_ids
from tests.slack.core import TRIGGER_SECONDS, Core, Trigger, View
from tests.slack.forms import initial_values
from tests.slack.payloads import view_shown
from tests.slack.surfaces import view_is_too_large, view_problems
from tests.slack.tokens import Token
from tests.slack.workspace import Json

MOST_STACKED = 3


def _checked(core: Core, body: Json, kind: str, *, instead_of: View | None = None) -> Json:
    if problems := view_problems(body, kind):
        raise Malformed("invalid_arguments", *problems)
    if view_is_too_large(body):
        raise Malformed("view_too_large")
    external = body.get("external_id")
    if external and any(
        one.body.get("external_id") == external and one.is_open and one is not instead_of for one in core.views.values()
    ):
        raise Refusal("duplicate_external_id")
    kept = copy.deepcopy(body)
    kept["blocks"] = with_block_ids(core, body["blocks"])
    say_what_was_left_open([kept.get(key) for key in ("title", "submit", "close")])
    return kept


def _new_hash(core: Core) -> str:
    return f"{core.workspace.ts().partition('.')[0]}.{core.workspace.number():08x}"


def _use_trigger(core: Core, identity: str) -> Trigger:
    trigger = core.triggers.get(identity)
    if trigger is None:
        raise Malformed("invalid_trigger_id")
    if trigger.used:
        raise Malformed("exchanged_trigger_id")
    if core.now() - trigger.at > TRIGGER_SECONDS:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger


def put_up(core: Core, user: str, body: Json, *, upon: View | None = None) -> View:
    """Show somebody a modal, upon another or as the only one."""
    identity = f"V{core.workspace.number():09d}"
    view = View(
        id=identity,
        user=user,
        body=body,
        hash=_new_hash(core),
        root_id=upon.root_id if upon is not None else identity,
        previous_id=upon.id if upon is not None else None,
        values=initial_values(body["blocks"]),
    )
    core.views[identity] = view
    if upon is None:
        for other in core.open_views.pop(user, []):
            other.is_open = False
    core.open_views.setdefault(user, []).append(view)
    core.news()
    return view


def put_up_from_answer(core: Core, view: View, body: Any) -> View:
    """``response_action: push``."""
    _room_for_one_more(core, view.user)
    return put_up(core, view.user, _checked(core, body, "modal"), upon=view)


def change(core: Core, view: View, body: Json) -> None:
    """Show something else in its place; what was typed stays where block and action are the same."""
    kept = _checked(core, body, body.get("type", "modal"), instead_of=view)
    typed = view.values
    view.body, view.hash = kept, _new_hash(core)
    fresh = initial_values(kept["blocks"])
    for block_id, actions in fresh.items():
        for action_id, value in typed.get(block_id, {}).items():
            if action_id in actions and actions[action_id].get("type") == value.get("type"):
                actions[action_id] = value
    view.values = fresh
    core.news()


def take_down(core: Core, view: View, *, all_of_them: bool = False) -> None:
    """Close a modal, or the whole stack."""
    stack = core.open_views.get(view.user, [])
    for one in list(stack) if all_of_them else [view]:
        one.is_open = False
        if one in stack:
            stack.remove(one)
    core.news()


def _room_for_one_more(core: Core, user: str) -> None:
    if len(core.open_views.get(user, [])) >= MOST_STACKED:
        raise Refusal("push_limit_reached")


async def open_(core: Core, arguments: Json, token: Token) -> Json:
    body = _checked(core, arguments["view"], "modal")
    trigger = _use_trigger(core, arguments["trigger_id"])
    return {"view": view_shown(put_up(core, trigger.user, body))}


async def push(core: Core, arguments: Json, token: Token) -> Json:
    body = _checked(core, arguments["view"], "modal")
    trigger = _use_trigger(core, arguments["trigger_id"])
    if trigger.view is None or not trigger.view.is_open or trigger.view.body["type"] != "modal":
        raise Refusal("invalid_trigger_id")
    _room_for_one_more(core, trigger.user)
    return {"view": view_shown(put_up(core, trigger.user, body, upon=trigger.view))}


async def update(core: Core, arguments: Json, token: Token) -> Json:
    if ("view_id" in arguments) == ("external_id" in arguments):
        raise Malformed("invalid_arguments", "[ERROR] either view_id or external_id")
    if "view_id" in arguments:
        view = core.views.get(arguments["view_id"])
    else:
        wanted = arguments["external_id"]
        view = next((one for one in core.views.values() if one.body.get("external_id") == wanted and one.is_open), None)
    if view is None or not view.is_open:
        raise Refusal("not_found")
    _same_hash(view, arguments)
    change(core, view, arguments["view"])
    return {"view": view_shown(view)}


async def publish(core: Core, arguments: Json, token: Token) -> Json:
    if not core.home_is_enabled:
        raise Refusal("not_enabled")
    user = arguments["user_id"]
    if user not in core.workspace.people:
        raise Malformed("invalid_arguments", "[ERROR] invalid user_id [json-pointer:/user_id]")
    view = core.homes.get(user)
    if view is not None:
        _same_hash(view, arguments)
    body = _checked(core, arguments["view"], "home", instead_of=view)
    if view is None:
        identity = f"V{core.workspace.number():09d}"
        view = View(id=identity, user=user, body=body, hash=_new_hash(core), root_id=identity)
        core.homes[user] = core.views[identity] = view
    view.body, view.hash, view.values = body, _new_hash(core), initial_values(body["blocks"])
    core.news()
    return {"view": view_shown(view)}


def _same_hash(view: View, arguments: Json) -> None:
    if arguments.get("hash", view.hash) != view.hash:
        raise Refusal("hash_conflict")
