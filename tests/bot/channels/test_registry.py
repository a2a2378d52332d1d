"""Every messenger in the registry keeps to the contract, whoever wrote it."""

import inspect
import subprocess
import sys

import pytest

from bot.channels import MESSENGERS
from bot.channels.contract import Capabilities, Messenger
from bot.config import OPEN_SECTIONS
from tests.bot.channels.test_rendering import bot, choices, shown
from tests.messenger import Carrier, CarrierMessenger

KINDS = {**MESSENGERS} | {"carrier": lambda: Carrier().kind}


@pytest.fixture(params=KINDS)
def capabilities(request: pytest.FixtureRequest) -> Capabilities:
    return KINDS[request.param]().capabilities


def test_its_capabilities_make_sense(capabilities: Capabilities) -> None:
    assert capabilities.name.isidentifier()
    assert capabilities.title
    assert capabilities.buttons >= 0
    assert capabilities.text_characters >= 100
    assert capabilities.caption_characters <= capabilities.text_characters or not capabilities.files
    assert capabilities.label_characters >= 10 or not capabilities.buttons
    assert capabilities.list_label_characters >= capabilities.label_characters or capabilities.list_above is None
    assert capabilities.file_bytes > 0 or not capabilities.files


def test_what_scripts_say_can_be_shown_on_it(capabilities: Capabilities) -> None:
    many = bot("Which? " * 900, choices=choices(*(f"The choice number {number}" for number in range(120))))
    parts = shown(many, capabilities)
    text = " ".join(part.text for part in parts)
    for number in range(120):
        label = f"The choice number {number}"
        assert label in text or any(button.label == label for part in parts for button in part.buttons)


@pytest.mark.parametrize("name", KINDS)
def test_its_section_is_its_own(name: str) -> None:
    assert name in (*OPEN_SECTIONS, "carrier")


def test_nothing_is_imported_for_messengers_that_are_not_configured() -> None:
    heavy = ("telegram", "slack_sdk", "slack_bolt", "httpx")
    program = f"import sys, bot.app, bot.cli; print([one for one in {heavy!r} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_messenger_of_the_tests_is_one() -> None:
    """What the contract asks for, the tests' own messenger has, with the same parameters."""
    for name, asked in inspect.getmembers(Messenger, inspect.isfunction):
        if name.startswith("_"):
            continue
        own = getattr(CarrierMessenger, name)
        assert list(inspect.signature(own).parameters) == list(inspect.signature(asked).parameters), name
