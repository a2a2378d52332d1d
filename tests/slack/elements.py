"""Block elements: what people can press, choose from and type into.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Mapping
from typing import Any

from tests.slack.objects import (
    action_id,
    anything,
    confirm,
    conversation_filter,
    day,
    dispatch_config,
    either_option,
    image,
    link_option,
    moment,
    offering,
    option_group,
    plain,
    plain_option,
    time_of_day,
    url,
)  # fmt: skip
from tests.slack.schema import Check, Found, both, flag, kinds, many, one_of, text, thing, whole

_action: Mapping[str, Check] = {"action_id": action_id}
_focus: Mapping[str, Check] = {"action_id": action_id, "focus_on_load": flag, "placeholder": plain(150)}
_choose: Mapping[str, Check] = {**_focus, "confirm": confirm}
_several: Mapping[str, Check] = {**_choose, "max_selected_items": whole(1, 1000)}
_type_in: Mapping[str, Check] = {**_focus, "dispatch_action_config": dispatch_config}
_options: Mapping[str, Check] = {"options": many(plain_option, 100), "option_groups": many(option_group, 100)}
_person = text(255)


def _lengths_in_order(value: dict[str, Any], where: str, found: Found) -> None:
    least, most, initial = value.get("min_length", 0), value.get("max_length", 3000), value.get("initial_value")
    if isinstance(least, int) and isinstance(most, int):
        if least > most:
            found.add("min_length must be less than or equal to max_length", where)
        if isinstance(initial, str) and initial and not least <= len(initial) <= most:
            found.add("initial_value must be between min_length and max_length", f"{where}/initial_value")


def _without_action_on_link(value: dict[str, Any], where: str, found: Found) -> None:
    # A button without an action_id gets one from Slack, and then nobody knows which one was pressed.
    if "action_id" not in value and "url" not in value:
        found.add("missing required field: action_id", where)


button = both(
    thing(
        {"text": plain(75)},
        {
            **_action,
            "value": text(2000),
            "url": url,
            "style": one_of("primary", "danger"),
            "confirm": confirm,
            "accessibility_label": text(75),
        },
    ),
    _without_action_on_link,
)

ELEMENTS: dict[str, Check] = {
    "button": button,
    "image": image,
    "overflow": offering(thing({"options": many(link_option, 5)}, {**_action, "confirm": confirm})),
    "static_select": offering(thing({}, {**_choose, **_options, "initial_option": plain_option}), groups=True),
    "multi_static_select": offering(
        thing({}, {**_several, **_options, "initial_options": many(plain_option, 100)}), groups=True
    ),
    "external_select": thing({}, {**_choose, "initial_option": plain_option, "min_query_length": whole(0, 100)}),
    "multi_external_select": thing(
        {}, {**_several, "initial_options": many(plain_option, 100), "min_query_length": whole(0, 100)}
    ),
    "users_select": thing({}, {**_choose, "initial_user": _person}),
    "multi_users_select": thing({}, {**_several, "initial_users": many(_person, 1000)}),
    "conversations_select": thing(
        {},
        {
            **_choose,
            "initial_conversation": _person,
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": conversation_filter,
        },
    ),
    "multi_conversations_select": thing(
        {},
        {
            **_several,
            "initial_conversations": many(_person, 1000),
            "default_to_current_conversation": flag,
            "filter": conversation_filter,
        },
    ),
    "channels_select": thing({}, {**_choose, "initial_channel": _person, "response_url_enabled": flag}),
    "multi_channels_select": thing({}, {**_several, "initial_channels": many(_person, 1000)}),
    "datepicker": thing({}, {**_choose, "initial_date": day}),
    "timepicker": thing({}, {**_choose, "initial_time": time_of_day, "timezone": text(100)}),
    "datetimepicker": thing({}, {**_action, "confirm": confirm, "focus_on_load": flag, "initial_date_time": moment}),
    "checkboxes": offering(
        thing(
            {"options": many(either_option, 10)},
            {**_action, "confirm": confirm, "focus_on_load": flag, "initial_options": many(either_option, 10)},
        )
    ),
    "radio_buttons": offering(
        thing(
            {"options": many(either_option, 10)},
            {**_action, "confirm": confirm, "focus_on_load": flag, "initial_option": either_option},
        )
    ),
    "plain_text_input": both(
        thing(
            {},
            {
                **_type_in,
                "initial_value": anything,
                "multiline": flag,
                "min_length": whole(0, 3000),
                "max_length": whole(1, 3000),
            },
        ),
        _lengths_in_order,
    ),
    "email_text_input": thing({}, {**_type_in, "initial_value": anything}),
    "url_text_input": thing({}, {**_type_in, "initial_value": anything}),
    "number_input": thing(
        {"is_decimal_allowed": flag},
        {**_type_in, "initial_value": anything, "min_value": text(100), "max_value": text(100)},
    ),
    "file_input": thing({}, {**_action, "filetypes": many(text(20), 100), "max_files": whole(1, 10)}),
}
"""Every element we know, by its ``type``."""

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI = tuple(f"multi_{one}" for one in _SELECTS)
_PICKERS = ("datepicker", "timepicker")
_BOXES = ("checkboxes", "radio_buttons")
_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def _only(*names: str) -> Check:
    return kinds({name: ELEMENTS[name] for name in names})


in_actions = _only("button", "overflow", *_SELECTS, *_PICKERS, "datetimepicker", *_BOXES)
in_section = _only("button", "image", "overflow", *_SELECTS, *_MULTI, *_PICKERS, *_BOXES)
in_input = _only(*_TYPED, *_SELECTS, *_MULTI, *_PICKERS, "datetimepicker", *_BOXES, "file_input")
