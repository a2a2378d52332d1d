"""What a message, a modal and a home view must be, as a whole: the doors to the rules of Block Kit."""

import json
from typing import Any

from tests.slack.blocks import MOST_IN_A_MESSAGE, MOST_IN_A_VIEW, check_blocks, elements_of
from tests.slack.objects import plain
from tests.slack.schema import Check, Found, flag, text, thing

MOST_VIEW_BYTES = 250_000

_view: dict[str, Check] = {"private_metadata": text(3000, 0), "callback_id": text(255, 0), "external_id": text(255, 0)}


def _blocks(value: Any, where: str, found: Found) -> None:
    check_blocks(value, where, found, most=MOST_IN_A_VIEW, least=0)


_modal = thing(
    {"title": plain(24), "blocks": _blocks},
    {
        **_view,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
_home = thing({"blocks": _blocks}, _view)


def message_problems(blocks: Any) -> list[str]:
    """What Slack would refuse about the blocks of a message; empty where it takes them."""
    found = Found()
    check_blocks(blocks, "/blocks", found, most=MOST_IN_A_MESSAGE)
    return found.problems


def view_problems(view: Any, kind: str) -> list[str]:
    """What Slack would refuse about a view of this kind (``modal``, ``home``); empty where it takes it."""
    found = Found()
    if not isinstance(view, dict):
        found.add("must be an object", "/view")
        return found.problems
    if view.get("type") != kind:
        found.add(f"must be a valid enum value: {kind}", "/view/type")
        return found.problems
    (_modal if kind == "modal" else _home)(view, "/view", found)
    blocks = [one for one in view.get("blocks") or () if isinstance(one, dict)]
    if kind == "modal" and any(one.get("type") == "input" for one in blocks) and "submit" not in view:
        found.add("`submit` is required when an input block is within blocks", "/view/submit")
    focused = [one for each in blocks for one, _ in elements_of(each) if one.get("focus_on_load")]
    if len(focused) > 1:
        found.add("only one element may have `focus_on_load`", "/view/blocks")
    return found.problems


def view_is_too_large(view: Any) -> bool:
    """More than 250 kB."""
    return len(json.dumps(view, ensure_ascii=False).encode(errors="surrogatepass")) > MOST_VIEW_BYTES
