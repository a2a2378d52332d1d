"""The rules of Block Kit: what is at the limit passes, what is beyond is refused, and where."""

from typing import Any

import pytest

from tests.slack.blocks import BLOCKS
from tests.slack.elements import ELEMENTS
from tests.slack.surfaces import message_problems, view_is_too_large, view_problems

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: str = "x", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(one)) for one in range(count)]


def button(action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": action_id, **more}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options(2), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": list(blocks), **more}


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
GROUPS = [{"label": plain("g"), "options": [option("g1"), option("g2")]}]

RIGHT: dict[str, Json] = {
    "section": section("x" * 3000),
    "section with fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    "section with button": section(accessory=button()),
    "section with image": section(accessory={"type": "image", "image_url": "https://e.example/a.png", "alt_text": "A"}),
    "section with several to choose": section(
        accessory={"type": "multi_static_select", "action_id": "m", "options": options(100), "max_selected_items": 2}
    ),
    "header": {"type": "header", "text": plain("x" * 150)},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [mrkdwn(), plain()] * 5},
    "image": {"type": "image", "image_url": "https://e.example/a.png", "alt_text": "A", "title": plain()},
    "buttons": actions(*(button(str(one)) for one in range(25))),
    "button to the limit": actions(button("a" * 255, value="v" * 2000, style="primary", text=plain("x" * 75))),
    "link": actions({"type": "button", "text": plain(), "url": "https://e.example/"}),
    "confirmed": actions(button(confirm=CONFIRM, style="danger")),
    "select": actions(select(options=options(100), placeholder=plain("x" * 150))),
    "groups": actions({"type": "static_select", "action_id": "pick", "option_groups": GROUPS}),
    "begins with": actions(select(initial_option=options(2)[1])),
    "overflow": actions({"type": "overflow", "action_id": "more", "options": options(5)}),
    "people": actions({"type": "users_select", "action_id": "who", "initial_user": "U1"}),
    "dates": actions(
        {"type": "datepicker", "action_id": "d", "initial_date": "2027-01-31"},
        {"type": "timepicker", "action_id": "t", "initial_time": "23:59"},
        {"type": "datetimepicker", "action_id": "dt", "initial_date_time": 1800000000},
    ),
    "boxes": actions(
        {"type": "checkboxes", "action_id": "c", "options": [{"text": mrkdwn("*x*"), "value": "1"}]},
        {"type": "radio_buttons", "action_id": "r", "options": options(10)},
    ),
    "typed": asked({"type": "plain_text_input", "action_id": "p", "multiline": True, "max_length": 3000}),
    "number": asked({"type": "number_input", "is_decimal_allowed": True, "min_value": "0"}),
    "rich text": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"bold": True}}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
            },
        ],
    },
    "markdown": {"type": "markdown", "text": "**x**"},
}


@pytest.mark.parametrize("block", RIGHT.values(), ids=RIGHT)
def test_what_the_documentation_allows_is_taken(block: Json) -> None:
    assert message_problems([block]) == []


WRONG: dict[str, tuple[Json, str]] = {
    "section empty": (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "section long": (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    "section bare": ({"type": "section"}, "missing required field: text or fields"),
    "section 11 fields": ({"type": "section", "fields": [mrkdwn()] * 11}, "no more than 10 items allowed"),
    "field long": ({"type": "section", "fields": [mrkdwn("x" * 2001)]}, "less than 2001 characters"),
    "section with typed": (section(accessory={"type": "plain_text_input", "action_id": "p"}), "unsupported type"),
    "text as a string": ({"type": "section", "text": "x"}, "must be an object [json-pointer:/blocks/0/text]"),
    "header long": ({"type": "header", "text": plain("x" * 151)}, "less than 151 characters"),
    "header mrkdwn": ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn"),
    "context 11": ({"type": "context", "elements": [mrkdwn()] * 11}, "no more than 10 items allowed"),
    "context with button": ({"type": "context", "elements": [button()]}, "unsupported type: button"),
    "image without words": ({"type": "image", "image_url": "https://e.example/a.png"}, "alt_text"),
    "image from nowhere": (
        {"type": "image", "image_url": "javascript:alert(1)", "alt_text": "A"},
        "must be a valid image URL",
    ),
    "26 buttons": (actions(*(button(str(one)) for one in range(26))), "no more than 25 items allowed"),
    "no buttons": (actions(), "no fewer than 1 items allowed"),
    "button text": (actions(button(text=plain("x" * 76))), "must be less than 76 characters"),
    "button mrkdwn": (actions(button(text=mrkdwn())), "unsupported type: mrkdwn"),
    "button value": (actions(button(value="x" * 2001)), "must be less than 2001 characters"),
    "button value number": (actions(button(value=7)), "must be a string"),
    "button style": (actions(button(style="default")), "must be a valid enum value: primary, danger"),
    "button link": (actions(button(url="acme.example")), "must be a valid URL"),
    "button unknown": (actions(button(colour="red")), "invalid additional property: colour"),
    "action id": (actions(button("a" * 256)), "must be less than 256 characters"),
    "action id missing": (actions({"type": "button", "text": plain()}), "missing required field: action_id"),
    "action id twice": (actions(button(), button()), "`action_id` already exists: go"),
    "block id": (section(block_id="b" * 256), "must be less than 256 characters"),
    "confirm": (
        actions(button(confirm={"title": plain(), "text": plain(), "confirm": plain()})),
        "required field: deny",
    ),
    "confirm mrkdwn": (actions(button(confirm={**CONFIRM, "text": mrkdwn()})), "unsupported type: mrkdwn"),
    "select 101": (actions(select(options=options(101))), "no more than 100 items allowed"),
    "select none": (actions(select(options=[])), "no fewer than 1 items allowed"),
    "select both": (actions(select(option_groups=GROUPS)), "either `options` or `option_groups`"),
    "select neither": (actions({"type": "static_select", "action_id": "p"}), "either `options` or `option_groups`"),
    "begins elsewhere": (actions(select(initial_option=option("z"))), "initial option was not found"),
    "option text": (actions(select(options=[option(text="x" * 76)])), "must be less than 76 characters"),
    "option value": (actions(select(options=[option("x" * 151)])), "must be less than 151 characters"),
    "option twice": (actions(select(options=[option(), option()])), "option values must be unique: v"),
    "option mrkdwn": (actions(select(options=[{"text": mrkdwn(), "value": "v"}])), "unsupported type: mrkdwn"),
    "placeholder": (actions(select(placeholder=plain("x" * 151))), "must be less than 151 characters"),
    "overflow 6": (
        actions({"type": "overflow", "action_id": "m", "options": options(6)}),
        "no more than 5 items allowed",
    ),
    "boxes 11": (
        actions({"type": "checkboxes", "action_id": "m", "options": options(11)}),
        "no more than 10 items allowed",
    ),
    "date": (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "31.01.2027"}),
        "must be a date YYYY-MM-DD",
    ),
    "time": (actions({"type": "timepicker", "action_id": "t", "initial_time": "24:00"}), "must be a time HH:mm"),
    "moment": (
        actions({"type": "datetimepicker", "action_id": "t", "initial_date_time": "1800000000"}),
        "must be an integer",
    ),
    "typed in actions": (actions({"type": "plain_text_input", "action_id": "p"}), "unsupported type"),
    "moment in section": (section(accessory={"type": "datetimepicker", "action_id": "d"}), "unsupported type"),
    "button in input": (asked(button()), "unsupported type: button"),
    "label mrkdwn": ({**asked(select()), "label": mrkdwn()}, "unsupported type: mrkdwn"),
    "label long": ({**asked(select()), "label": plain("x" * 2001)}, "must be less than 2001 characters"),
    "input without": ({"type": "input", "label": plain()}, "missing required field: element"),
    "lengths": (
        asked({"type": "plain_text_input", "action_id": "p", "min_length": 5, "max_length": 4}),
        "min_length must be less than or equal to max_length",
    ),
    "begins too long": (
        asked({"type": "plain_text_input", "action_id": "p", "max_length": 2, "initial_value": "abc"}),
        "initial_value must be between min_length and max_length",
    ),
    "number without decimal": (asked({"type": "number_input"}), "missing required field: is_decimal_allowed"),
    "unknown block": ({"type": "sparkles"}, "unsupported type: sparkles [json-pointer:/blocks/0/type]"),
    "no type": ({"text": plain()}, "missing required field: type"),
    "unknown key": (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    "rich text link": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": "nope"}]}],
        },
        "must be a valid URL",
    ),
}


@pytest.mark.parametrize(("block", "problem"), WRONG.values(), ids=WRONG)
def test_what_the_documentation_forbids_is_refused(block: Json, problem: str) -> None:
    problems = message_problems([block])
    assert len(problems) == 1, problems
    assert problem in problems[0]


def test_every_block_and_element_we_know_is_tried_above() -> None:
    tried = str([*RIGHT.values(), *WRONG.values()])
    rarely = {
        "external_select", "multi_external_select", "multi_users_select", "conversations_select", "channels_select",
        "multi_conversations_select", "multi_channels_select", "email_text_input", "url_text_input", "file_input",
    }  # fmt: skip
    assert {one for one in (*BLOCKS, *ELEMENTS) if f"'{one}'" not in tried} == rarely


def test_fifty_blocks_are_the_most_in_a_message() -> None:
    assert message_problems([section()] * 50) == []
    assert message_problems([section()] * 51) == ["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]


def test_block_ids_differ_and_action_ids_only_within_a_block() -> None:
    assert message_problems([actions(button()), actions(button())]) == []
    assert message_problems([section(block_id="b"), section(block_id="b")]) == [
        "[ERROR] `block_id` already exists: b [json-pointer:/blocks/1/block_id]"
    ]


@pytest.mark.parametrize("blocks", [None, "x", {}, [None], ["x"], [[]], [{"type": None}], [{"type": ["section"]}], []])
def test_what_is_no_list_of_blocks_is_refused(blocks: Any) -> None:
    assert message_problems(blocks)


TYPED = asked({"type": "plain_text_input", "action_id": "p"}, block_id="b")

WRONG_VIEWS: dict[str, tuple[Json, str]] = {
    "title long": (modal(TYPED, title=plain("x" * 25)), "less than 25 characters [json-pointer:/view/title/text]"),
    "title mrkdwn": (modal(TYPED, title=mrkdwn()), "unsupported type: mrkdwn"),
    "submit long": (modal(TYPED, submit=plain("x" * 25)), "less than 25 characters"),
    "close long": (modal(TYPED, close=plain("x" * 25)), "less than 25 characters"),
    "submit missing": ({"type": "modal", "title": plain(), "blocks": [TYPED]}, "`submit` is required"),
    "metadata long": (modal(TYPED, private_metadata="x" * 3001), "less than 3001 characters"),
    "callback long": (modal(TYPED, callback_id="x" * 256), "less than 256 characters"),
    "101 blocks": (modal(*[section()] * 101), "no more than 100 items allowed"),
    "unknown key": (modal(TYPED, colour="red"), "invalid additional property: colour"),
    "other kind": ({"type": "home", "blocks": []}, "must be a valid enum value: modal"),
    "focus twice": (
        modal(
            asked({"type": "plain_text_input", "action_id": "p", "focus_on_load": True}),
            asked({"type": "plain_text_input", "action_id": "p", "focus_on_load": True}),
        ),
        "only one element may have `focus_on_load`",
    ),
}


@pytest.mark.parametrize(("view", "problem"), WRONG_VIEWS.values(), ids=WRONG_VIEWS)
def test_what_no_modal_may_be_is_refused(view: Json, problem: str) -> None:
    problems = view_problems(view, "modal")
    assert len(problems) == 1, problems
    assert problem in problems[0]


def test_what_a_view_may_be_is_taken() -> None:
    assert view_problems(modal(*[section()] * 100, private_metadata="x" * 3000, title=plain("x" * 24)), "modal") == []
    assert view_problems({"type": "modal", "title": plain(), "blocks": [section()]}, "modal") == []
    assert view_problems({"type": "home", "blocks": [section(), TYPED]}, "home") == []
    assert view_problems({"type": "home", "blocks": [], "title": plain()}, "home") == [
        "[ERROR] invalid additional property: title [json-pointer:/view]"
    ]


def test_a_view_has_at_most_250_kilobytes() -> None:
    assert not view_is_too_large(modal(*[section("x" * 2400)] * 100))
    assert view_is_too_large(modal(*[section("x" * 2600)] * 100))
