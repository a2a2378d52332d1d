"""What the documentation says is true: its commands exist, its script works, it leaves nothing out."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from bot.cli.command import CalledWrongly, Command
from bot.cli.program import COMMANDS, Entry, Group
from bot.config import SECTIONS, load_config
from bot.handoff import HANDOFF_TARGETS
from bot.magnets import MAGNET_OPTIONS
from bot.settings.reading import key_of
from dialogs.checking import load_and_check
from dialogs.questions import QUESTION_TYPES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
EXAMPLE = ROOT / "config.example.toml"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def blocks(page: Path, language: str) -> list[str]:
    """The page's examples in a language."""
    return [body for found, body in _FENCE.findall(page.read_text("utf-8")) if found == language]


def commands(text: str) -> Iterator[list[str]]:
    """The words of each ``handraiser …`` that is to be typed."""
    for line in text.splitlines():
        for part in line.split("&&"):
            if part.strip().startswith("handraiser "):
                yield shlex.split(part, comments=True)[1:]


def typed() -> list[list[str]]:
    """The commands of the documentation's examples."""
    return [words for page in PAGES for block in blocks(page, "sh") for words in commands(block)]


def named() -> list[list[str]]:
    """The commands that the documentation names in its sentences."""
    texts = [_FENCE.sub("", page.read_text("utf-8")) for page in (*PAGES, EXAMPLE)]
    return [words for text in texts for code in _CODE.findall(text) for words in commands(code)]


def command_of(words: list[str]) -> tuple[Command, list[str]]:
    """The command and what follows it. Raises ``CalledWrongly``."""
    entry = COMMANDS.get(words[0])
    rest = words[1:]
    if isinstance(entry, Group):
        entry, rest = entry.commands.get(rest[0] if rest else ""), rest[1:]
    if not isinstance(entry, Entry):
        raise CalledWrongly(f"there is no command {' '.join(words)}")
    return entry.load(), rest


def test_there_are_commands_to_look_at() -> None:
    assert {words[0] for words in typed()} >= {"init", "check", "chat", "run", "leads"}
    assert {words[0] for words in named()} >= {"scripts", "doctor"}


@pytest.mark.parametrize("words", typed(), ids=" ".join)
def test_every_command_can_be_typed_as_it_stands(words: list[str]) -> None:
    command, rest = command_of(words)
    command.parser("handraiser").read(rest)


@pytest.mark.parametrize("words", named(), ids=" ".join)
def test_every_command_that_is_named_exists(words: list[str]) -> None:
    command, rest = command_of(words)
    if rest:
        command.parser("handraiser").read(rest)


def test_readmes_script_has_no_mistakes() -> None:
    (text,) = blocks(README, "yaml")
    result = load_and_check(text, "README.md", MAGNET_OPTIONS)
    assert result.problems == ()
    assert result.script is not None
    assert f"dialogs/{result.script.name}.yaml" in README.read_text("utf-8")
    assert f"handraiser chat {result.script.name}" in README.read_text("utf-8")


def test_readmes_settings_are_right(tmp_path: Path) -> None:
    (text,) = blocks(README, "toml")
    (tmp_path / "handraiser.toml").write_text(text, "utf-8")
    web = load_config(tmp_path / "handraiser.toml", {}).web
    (tag,) = blocks(README, "html")
    assert f'src="{web.public_url}/widget.js"' in tag
    assert f"<{web.allowed_origins[0]}>" in README.read_text("utf-8")


def test_every_question_type_is_documented() -> None:
    (listed,) = re.findall(r"Types: `([^`]+)`", (ROOT / "docs" / "scripts.md").read_text("utf-8"))
    assert set(listed.split()) == set(QUESTION_TYPES)


@pytest.mark.parametrize("kind", MAGNET_OPTIONS)
def test_every_lead_magnet_is_documented_with_its_options(kind: str) -> None:
    text = (ROOT / "docs" / "scripts.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| `{kind}` \| (.*) \|$", text, re.MULTILINE)
    assert set(MAGNET_OPTIONS[kind].model_fields) <= set(_CODE.findall(row))
    assert f"kind: {kind}" in "".join(blocks(ROOT / "docs" / "scripts.md", "yaml"))


@pytest.mark.parametrize("target", HANDOFF_TARGETS)
def test_every_handoff_target_is_documented(target: str) -> None:
    assert any(f"`{target}`" in page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_is_documented(section: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    shown = text[text.index(f"\n[{section}]\n") :].split("\n[", 2)[1]
    for setting in fields(SECTIONS[section]):
        assert re.search(rf"^(# )?{key_of(setting)} = ", shown, re.MULTILINE), setting.name
    assert section in tomllib.loads(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)|src=\"([^\"]+)\"", text):
        path = target[0] or target[1]
        assert "://" in path or (page.parent / path).exists(), path
