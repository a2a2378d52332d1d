"""What may stand in ``reply_markup``.

https://core.telegram.org/bots/api#inlinekeyboardmarkup, …#replykeyboardmarkup
"""

import json
from typing import Any

from tests.telegram import links
from tests.telegram.chats import Json
from tests.telegram.refusals import Malformed

LONGEST_CALLBACK_DATA = 64
MOST_INLINE_BUTTONS = 100
MOST_BUTTONS = 300
MOST_IN_AN_INLINE_ROW = 8
MOST_IN_A_ROW = 12
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_STYLES = {"", "default", "primary", "danger", "success"}


def read_markup(value: Any) -> Json | None:
    """The markup as the server understands it, None where there is none. Raises ``Malformed``."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise Malformed("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise Malformed("object expected as reply markup")
    if rows := _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays', "keyboard button"):
        for row in rows:
            _not_too_many(rows, row, MOST_BUTTONS, MOST_IN_A_ROW)
        return {**value, "keyboard": [[_button(one) for one in row] for row in rows]}
    wrong = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    if rows := _rows(value, "inline_keyboard", wrong, "inline keyboard button"):
        for row in rows:
            _not_too_many(rows, row, MOST_INLINE_BUTTONS, MOST_IN_AN_INLINE_ROW)
        return {"inline_keyboard": [[_inline_button(one) for one in row] for row in rows]}
    if value.get("remove_keyboard") is True or value.get("force_reply") is True:
        return value
    if value and "inline_keyboard" not in value and "keyboard" not in value:
        raise Malformed("reply markup of no known kind")
    return None


def inline_only(value: Any) -> Json | None:
    """The inline keyboard of an edit."""
    markup = read_markup(value)
    if markup is not None and "inline_keyboard" not in markup:
        raise Malformed("inline keyboard expected")
    return markup


def _rows(value: Json, name: str, wrong: str, button: str) -> list[list[Any]]:
    rows = value.get(name, [])
    if not isinstance(rows, list):
        raise Malformed(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise Malformed(wrong)
    for row in rows:
        for one in row:
            _text_of(one, f"can't parse {button}: ", plain_too=name == "keyboard")
    return [row for row in rows if row]


def _text_of(button: Any, prefix: str, *, plain_too: bool) -> None:
    if isinstance(button, str) and plain_too:
        return
    if not isinstance(button, dict):
        must = "KeyboardButton must be a String or an Object" if plain_too else "InlineKeyboardButton must be an Object"
        raise Malformed(prefix + must)
    if "text" not in button:
        raise Malformed(prefix + 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise Malformed(prefix + 'Field "text" must be of type String')
    if str(button.get("style", "")).lower() not in _STYLES:
        raise Malformed(prefix + "invalid button style specified")
    if not button["text"].strip():
        raise Malformed(prefix + "the text of a button is empty")


def _not_too_many(rows: list[list[Any]], row: list[Any], most: int, most_in_a_row: int) -> None:
    if sum(map(len, rows)) > most or len(row) > most_in_a_row:
        raise Malformed("reply markup is too long")


def _button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    wishes = [one for one in button if one.startswith("request_") or one == "web_app"]
    if len(wishes) > 1:
        raise Malformed(f"can't parse keyboard button: it asks for several things at once: {wishes}")
    return dict(button)


def _inline_button(button: Json) -> Json:
    actions = [one for one in _ACTIONS if button.get(one) not in (None, "") or (one in button and "switch" in one)]
    if not actions:
        raise Malformed("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Malformed(f"can't parse inline keyboard button: exactly one of {actions} must be used")
    match actions[0]:
        case "callback_data":
            if not isinstance(button["callback_data"], str):
                raise Malformed('can\'t parse inline keyboard button: Field "callback_data" must be of type String')
            if len(button["callback_data"].encode()) > LONGEST_CALLBACK_DATA:
                raise Malformed("BUTTON_DATA_INVALID")
        case "url":
            link = links.checked(str(button["url"]))
            if isinstance(link, links.Wrong):
                raise Malformed(f"inline keyboard button URL '{button['url']}' is invalid: {link.reason}")
        case "web_app":
            link = links.checked(str(button["web_app"].get("url", "")))
            if isinstance(link, links.Wrong) or not link.startswith("https://"):
                raise Malformed("inline keyboard button Web App URL is invalid: Only HTTPS links are allowed")
        case "copy_text":
            if not 1 <= len(str(button["copy_text"].get("text", ""))) <= 256:
                raise Malformed("BUTTON_COPY_TEXT_INVALID")
    return dict(button)
