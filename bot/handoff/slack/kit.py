"""Blocks of Slack's Block Kit, made so that they keep its limits whatever they are given.

Words of ours are markup (``context``, ``section``); what a visitor or a colleague typed goes into ``plain_text`` and
rich text, which Slack shows as it is: no mention, link, formatting or emoji comes to life in it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.graphemes import cut
from bot.handoff.slack.mrkdwn import clean, short

Block = dict[str, Any]

VIEW_BLOCKS_MOST = 100
"""Of a modal or a home tab; a message may have 50."""
TEXT_MOST = 4000
"""Of a message's own text: what Slack recommends; it cuts at 40,000."""
SECTION_MOST = 3000
HEADER_MOST = 150
BUTTON_MOST = 75
VALUE_MOST = 2000
OPTION_MOST = 75
OPTION_VALUE_MOST = 150
OPTIONS_MOST = 100
TITLE_MOST = 24
PLACEHOLDER_MOST = 150
LABEL_MOST = 2000


def plain(text: str, most: int, *, emoji: bool = False) -> Block:
    """A text object that shows text as it is, on one line; a dash where there is none."""
    return {"type": "plain_text", "text": short(text, most) or "–", "emoji": emoji}


def header(text: str, block_id: str | None = None) -> Block:
    """A line in large letters."""
    return _named({"type": "header", "text": plain(text, HEADER_MOST)}, block_id)


def context(*markup: str, block_id: str | None = None) -> Block:
    """A line in small letters, of our own markup."""
    elements = [{"type": "mrkdwn", "text": text, "verbatim": True} for text in markup]
    return _named({"type": "context", "elements": elements}, block_id)


def small(text: str, most: int = SECTION_MOST, block_id: str | None = None) -> Block:
    """Somebody's words in small letters, with their line breaks."""
    words = {"type": "plain_text", "text": cut(clean(text).strip(), most) or "–", "emoji": False}
    return _named({"type": "context", "elements": [words]}, block_id)


def section(markup: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph of our own markup, with a button or a menu beside it."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": markup, "verbatim": True}}
    if accessory is not None:
        block["accessory"] = accessory
    return _named(block, block_id)


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(elements: Sequence[Block], block_id: str | None = None) -> Block:
    """A row of buttons, 25 at most."""
    return _named({"type": "actions", "elements": list(elements[:25])}, block_id)


def button(label: str, action_id: str, value: str, style: str = "", confirm: Block | None = None) -> Block:
    """A button; ``style`` is "", ``primary`` or ``danger``."""
    block: Block = {
        "type": "button",
        "text": plain(label, BUTTON_MOST, emoji=True),
        "action_id": action_id,
        "value": value[:VALUE_MOST],
    }
    if style:
        block["style"] = style
    if confirm is not None:
        block["confirm"] = confirm
    return block


def confirmation(title: str, text: str, yes: str, no: str = "Not yet") -> Block:
    """A question asked before a button does what it says."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(label: str, value: str, description: str = "") -> Block:
    """One line of a menu; ``value`` has at most 150 characters."""
    found: Block = {"text": plain(label, OPTION_MOST), "value": value[:OPTION_VALUE_MOST]}
    if description:
        found["description"] = plain(description, OPTION_MOST)
    return found


def select(
    action_id: str, options: Sequence[Block], *, placeholder: str = "", chosen: str | None = None, several: bool = False
) -> Block:
    """A menu of at most 100 lines; ``chosen`` is the value of the line that stands in it."""
    shown = options[:OPTIONS_MOST]
    block: Block = {
        "type": "multi_static_select" if several else "static_select",
        "action_id": action_id,
        "options": list(shown),
    }
    if placeholder:
        block["placeholder"] = plain(placeholder, PLACEHOLDER_MOST)
    now = next((one for one in shown if one["value"] == chosen), None)
    if now is not None and not several:
        block["initial_option"] = now
    return block


def grouped(action_id: str, groups: Iterable[tuple[str, Sequence[Block]]], *, placeholder: str = "") -> Block:
    """A menu whose lines stand under headings, 100 under each."""
    listed = [{"label": plain(label, OPTION_MOST), "options": list(lines)} for label, lines in groups if lines]
    block: Block = {"type": "static_select", "action_id": action_id, "option_groups": listed}
    return block | {"placeholder": plain(placeholder, PLACEHOLDER_MOST)} if placeholder else block


def picker(kind: str, action_id: str, **initial: Any) -> Block:
    """A calendar or a clock: ``datepicker``, ``timepicker``, ``datetimepicker``, ``users_select``."""
    return {"type": kind, "action_id": action_id, **initial}


def typed(
    action_id: str,
    *,
    lines: bool = False,
    placeholder: str = "",
    initial: str = "",
    most: int = SECTION_MOST,
    kind: str = "plain_text_input",
) -> Block:
    """A field to type in; ``most`` characters, on several ``lines`` or one."""
    block: Block = {"type": kind, "action_id": action_id}
    if kind == "plain_text_input":
        block |= {"multiline": lines, "max_length": most}
    if kind == "number_input":
        block["is_decimal_allowed"] = True
    if placeholder:
        block["placeholder"] = plain(placeholder, PLACEHOLDER_MOST)
    if initial:
        block["initial_value"] = cut(clean(initial), most)
    return block


def ask(
    block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "", reports: bool = False
) -> Block:
    """A field with its label; ``reports`` tells us at once when it changes."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL_MOST),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, LABEL_MOST)
    if reports:
        block["dispatch_action"] = True
    return block


def modal(
    callback_id: str, title: str, blocks: Iterable[Block], *, private: str = "", submit: str = "", close: str = "Cancel"
) -> Block:
    """A window over Slack; ``private`` comes back with it."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, TITLE_MOST),
        "blocks": list(blocks)[:VIEW_BLOCKS_MOST],
        "close": plain(close, TITLE_MOST),
        "private_metadata": private,
    }
    if submit:
        view["submit"] = plain(submit, TITLE_MOST)
    return view


def _named(block: Block, block_id: str | None) -> Block:
    return block if block_id is None else block | {"block_id": block_id}
