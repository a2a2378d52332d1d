"""config.example.toml and the code say the same."""

import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.config import OPEN_SECTIONS, SECTIONS, Config, load_config
from bot.settings.reading import key_of, keys_of

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
_LINE = re.compile(r"(?:# )?([a-z_]+) = \S")
_SECTION = re.compile(r"(?:# )?\[([a-z_]+)\]$")


def shown() -> dict[str, set[str]]:
    """Every setting that the example shows, also those that are commented out."""
    settings: dict[str, set[str]] = {}
    section = ""
    for line in EXAMPLE.read_text().splitlines():
        if match := _SECTION.match(line):
            section = match[1]
        elif match := _LINE.match(line):
            settings.setdefault(section, set()).add(match[1])
    return settings


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_shows_every_setting(section: str) -> None:
    assert {key_of(one) for one in fields(SECTIONS[section])} <= shown()[section]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_shows_nothing_that_does_not_exist(section: str) -> None:
    assert shown()[section] <= set(keys_of(SECTIONS[section]))


def test_the_example_has_no_section_that_does_not_exist() -> None:
    assert set(shown()) <= {*SECTIONS, *OPEN_SECTIONS}


def test_the_example_can_be_loaded_and_shows_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "handraiser.toml").write_text(EXAMPLE.read_text())
    config = load_config(tmp_path / "handraiser.toml", {})
    defaults = Config()
    for section in set(SECTIONS) - {"storage", "uploads"}:
        assert getattr(config, section) == getattr(defaults, section)
    assert config.storage.url == f"sqlite:///{tmp_path}/data/handraiser.db"
    assert config.uploads == replace(defaults.uploads, folder=tmp_path / "data" / "uploads")


def test_what_is_commented_out_can_be_used_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "dialogs").mkdir()
    (tmp_path / "team.yaml").touch()
    text = EXAMPLE.read_text()
    for line in text.splitlines():
        if (match := _LINE.match(line)) and line.startswith("# ") and f"\n{match[1]} = " in text:
            text = text.replace(f"\n{match[1]} = ", f"\n#{match[1]} = ")
    wanted = re.sub(r"^# ([a-z_]+ = \S)", r"\1", text, flags=re.MULTILINE)
    assert tomllib.loads(wanted)
    path = tmp_path / "handraiser.toml"
    path.write_text(wanted)
    config = load_config(path, {})
    assert config.web.public_url == "https://chat.example.com"
    assert config.handoff.team == tmp_path / "team.yaml"
