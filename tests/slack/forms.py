"""What people fill in: the state of inputs, and what Slack itself refuses before the app hears of it."""

import re
from typing import Any

from tests.slack.blocks import elements_of
from tests.slack.objects import options_of
from tests.slack.workspace import Json

_INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""By element: the property of its state, and the property it begins with."""

_LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}


class NotSent(Exception):
    """Slack itself shows errors, and the app hears nothing. By block id."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(f"Slack does not send it: {errors}")
        self.errors = errors


def keeps_state(element: Json) -> bool:
    """Whether something is chosen or typed in it, rather than just pressed."""
    return element["type"] in _INITIAL


def initial_values(blocks: list[Json]) -> dict[str, Json]:
    """The state of all inputs before anybody touched them."""
    values: dict[str, Json] = {}
    for block in blocks:
        for element, _ in elements_of(block):
            if element["type"] in _INITIAL and "action_id" in element:
                shape, initial = _INITIAL[element["type"]]
                nothing: Any = [] if shape in _LISTS else None
                state = {"type": element["type"], shape: element.get(initial, nothing)}
                values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def chosen(element: Json, value: Any) -> Json:
    """The state of an element when a person chose or typed ``value``.

    Options are named by their value or by what they say.
    """
    kind = element["type"]
    if kind not in _INITIAL:
        return {"type": kind}
    shape, _ = _INITIAL[kind]
    if shape == "selected_option":
        value = None if value is None else _option(element, value)
    elif shape == "selected_options":
        value = [_option(element, one) for one in value]
    return {"type": kind, shape: value}


def _option(element: Json, wanted: Any) -> Json:
    if isinstance(wanted, dict):
        return wanted
    options: list[Json] = options_of(element)
    for option in options:
        if wanted in {option["value"], option["text"]["text"]}:
            return option
    raise AssertionError(f"no option {wanted!r}; there are {[one['text']['text'] for one in options]}")


def filled(blocks: list[Json], typed: Json) -> dict[str, Json]:
    """What a person's values make of the inputs: ``{block id or action id: value}``."""
    values: dict[str, Json] = {}
    left = dict(typed)
    for block in blocks:
        for element, _ in elements_of(block):
            action_id = element.get("action_id", "")
            for name in (block["block_id"], action_id):
                if name in left:
                    values.setdefault(block["block_id"], {})[action_id] = chosen(element, left.pop(name))
                    break
    assert not left, f"no such inputs: {sorted(left)}; there are {[one['block_id'] for one in blocks]}"
    return values


def refuse_as_slack_does(blocks: list[Json], values: dict[str, Json]) -> None:
    """Raise ``NotSent`` with what Slack's own checks find, before anything is sent."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element.get("action_id", ""), {})
        shape = _INITIAL.get(element["type"], ("", ""))[0]
        if error := _wrong(block, element, state.get(shape)):
            errors[block["block_id"]] = error
    if errors:
        raise NotSent(errors)


def _wrong(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    match element["type"]:
        case "plain_text_input":
            if len(value) < element.get("min_length", 0):
                return f"Must be at least {element['min_length']} characters"
            if len(value) > element.get("max_length", 3000):
                return f"Must be less than {element.get('max_length', 3000) + 1} characters"
        case "number_input":
            return _wrong_number(element, value)
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
            return "Enter a valid email address"
        case "url_text_input" if not re.match(r"https?://[^\s/]+", value):
            return "Enter a valid URL"
    return None


def _wrong_number(element: Json, value: str) -> str | None:
    if not re.fullmatch(r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+", value):
        return "Enter a number"
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Must be at least {element['min_value']}"
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Must be at most {element['max_value']}"
    return None
