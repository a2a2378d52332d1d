"""Composition objects of Block Kit: texts, options, confirmations.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

import re
from typing import Any

from tests.slack.schema import Check, Found, both, flag, kinds, many, matching, one_of, text, thing, whole

action_id = text(255)
block_id = text(255)
url = matching(re.compile(r"(https?://[^\s/?#]+|mailto:.+|tel:.+)", re.IGNORECASE).match, "a valid URL")
image_url = matching(re.compile(r"https?://[^\s/?#]+", re.IGNORECASE).match, "a valid image URL")
day = matching(re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$").match, "a date YYYY-MM-DD")
time_of_day = matching(re.compile(r"([01]\d|2[0-3]):[0-5]\d$").match, "a time HH:mm")
moment = whole(1_000_000_000, 9_999_999_999)
anything = text(3000, 0)


def plain(most: int) -> Check:
    """A ``plain_text`` object; ``mrkdwn`` is refused here."""
    return kinds({"plain_text": thing({"text": text(most)}, {"emoji": flag})})


def words(most: int) -> Check:
    """A text object of either kind."""
    return kinds(
        {
            "plain_text": thing({"text": text(most)}, {"emoji": flag}),
            "mrkdwn": thing({"text": text(most)}, {"verbatim": flag}),
        }
    )


confirm = thing(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
plain_option = thing({"text": plain(75), "value": text(150)}, {"description": plain(75)})
either_option = thing({"text": words(75), "value": text(150)}, {"description": words(75)})
link_option = thing({"text": plain(75), "value": text(150)}, {"description": plain(75), "url": url})
option_group = thing({"label": plain(75), "options": many(plain_option, 100)})
slack_file = thing({}, {"id": text(255), "url": image_url})
dispatch_config = thing({}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})
conversation_filter = thing(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)


def options_of(element: dict[str, Any]) -> list[Any]:
    """All options of an element, those in groups too."""
    options = element.get("options")
    listed = list(options) if isinstance(options, list) else []
    for group in element.get("option_groups") or ():
        if isinstance(group, dict) and isinstance(group.get("options"), list):
            listed += group["options"]
    return listed


def _initial_is_offered(value: dict[str, Any], where: str, found: Found) -> None:
    options = options_of(value)
    if "initial_option" in value and value["initial_option"] not in options:
        found.add("initial option was not found in the options list", f"{where}/initial_option")
    initial = value.get("initial_options")
    for index, one in enumerate(initial if isinstance(initial, list) else ()):
        if one not in options:
            found.add("initial option was not found in the options list", f"{where}/initial_options/{index}")


def _options_or_groups(value: dict[str, Any], where: str, found: Found) -> None:
    if ("options" in value) == ("option_groups" in value):
        found.add("must define either `options` or `option_groups`", where)


def _values_differ(value: dict[str, Any], where: str, found: Found) -> None:
    values = [one.get("value") for one in options_of(value) if isinstance(one, dict)]
    for again in sorted({str(one) for one in values if values.count(one) > 1}):
        found.add(f"option values must be unique: {again}", f"{where}/options")


def _image_has_a_source(value: dict[str, Any], where: str, found: Found) -> None:
    if ("image_url" in value) == ("slack_file" in value):
        found.add("must define either `image_url` or `slack_file`", where)


def offering(check: Check, *, groups: bool = False) -> Check:
    """An element with options: what is chosen at first is among them, and they can be told apart."""
    if groups:
        return both(check, _options_or_groups, _initial_is_offered, _values_differ)
    return both(check, _initial_is_offered, _values_differ)


image = both(
    thing({"alt_text": text(2000)}, {"image_url": image_url, "slack_file": slack_file}),
    _image_has_a_source,
)
