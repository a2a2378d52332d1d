"""The app's manifest asks for what the code needs, no more and no less, and the documentation says what for."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.slack.door import PATH
from bot.slack.needs import APP_SCOPES, BOT_SCOPES, COMMAND, EVENTS, METHODS
from tests.slack.core import EVENTS as KNOWN_EVENTS
from tests.slack.methods import METHODS as KNOWN_METHODS
from tests.slack.tokens import first_tokens

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "slack-app-manifest.yaml").read_text("utf-8")
PAGE = (ROOT / "docs" / "slack.md").read_text("utf-8")
MANIFEST: dict[str, Any] = YAML(typ="safe").load(TEXT)
HTTP: dict[str, Any] = YAML(typ="safe").load(
    re.sub(r"# (url|request_url): ", r"\1: ", TEXT).replace("mode_enabled: true", "mode_enabled: false")
)
"""As it is for HTTP: the three addresses without their #."""
_METHOD = re.compile(
    r"(?:apps|auth|bots|chat|conversations|files|reactions|team|users|views)\.[a-z]+(?:[A-Z.][A-Za-z]+)*"
)


def called() -> set[str]:
    """Every method of the Web API that stands as a text in our code."""
    rooms = [*(ROOT / "bot" / "slack").rglob("*.py"), *(ROOT / "bot" / "handoff" / "slack").rglob("*.py")]
    constants = (node for path in rooms if path.name != "needs.py" for node in ast.walk(ast.parse(path.read_text())))
    texts = {node.value for node in constants if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if _METHOD.fullmatch(text)}


def test_the_manifest_asks_for_the_scopes_that_are_needed() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == BOT_SCOPES
    assert "user" not in MANIFEST["oauth_config"]["scopes"]


def test_the_manifest_subscribes_to_the_events_that_are_heard() -> None:
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)


def test_scopes_come_with_what_is_called() -> None:
    assert called() <= set(METHODS) and "chat.update" in METHODS
    assert first_tokens()["xoxb-1111-2222-handraiser"].scopes >= BOT_SCOPES
    assert set(EVENTS) <= KNOWN_EVENTS
    assert set(METHODS) <= set(KNOWN_METHODS)


@pytest.mark.skipif(not (ROOT / "bot" / "handoff" / "slack").exists(), reason="the cards are not here")
def test_nothing_is_asked_for_that_is_not_called() -> None:
    assert set(METHODS) <= called()


def test_the_stand_in_wants_the_scopes_that_we_name() -> None:
    for method, scopes in METHODS.items():
        assert set(KNOWN_METHODS[method].scopes) - APP_SCOPES <= set(scopes), method


def test_the_manifest_is_of_socket_mode_and_its_other_form_of_http() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert MANIFEST["settings"]["interactivity"] == {"is_enabled": True}
    assert MANIFEST["settings"]["token_rotation_enabled"] is False
    (command,) = HTTP["features"]["slash_commands"]
    address = f"https://chat.example.com{PATH}"
    assert (command["command"], command["url"]) == (COMMAND, address)
    assert HTTP["settings"]["interactivity"]["request_url"] == address
    assert HTTP["settings"]["event_subscriptions"]["request_url"] == address
    assert HTTP["settings"]["socket_mode_enabled"] is False


def test_the_manifest_keeps_to_slacks_lengths() -> None:
    shown = MANIFEST["display_information"]
    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80
    (command,) = MANIFEST["features"]["slash_commands"]
    assert len(command["description"]) <= 2000 and len(command["usage_hint"]) <= 1000


def test_the_documentation_says_what_every_scope_is_for() -> None:
    rows = re.findall(r"^\| (`.+`) \| .+ \|$", PAGE, re.MULTILINE)
    named = {scope for row in rows for scope in re.findall(r"`([a-z:_]+)`", row)}
    assert named >= BOT_SCOPES
    assert {scope for scope in named if ":" in scope} <= BOT_SCOPES
