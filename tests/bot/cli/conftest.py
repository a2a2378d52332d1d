"""The command line in a folder of its own, called in this process or as the real command."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import main

REPOSITORY = Path(__file__).parents[3]

SCRIPT = """\
dialog: demo
title: A demo
language: en
persona: {name: Mia}
fields:
  team_size: {type: number, label: Team size, min: 1}
  newsletter: {type: yes_no, label: Newsletter}
steps:
  - say: Hi there!
    choices:
      - Go on
      - That is all: {go: bye}
  - ask: team_size
    text: How many are you?
  - ask: newsletter
    text: Newsletter?
  - step: bye
    end: Goodbye!
scoring:
  fit:
    rules:
      - {when: team_size >= 50, points: 30, because: Team of 50 or more}
stages:
  warm: fit > 0
"""


class Done(NamedTuple):
    """What came of a command."""

    status: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a configuration and one script."""
    (tmp_path / "dialogs").mkdir()
    (tmp_path / "dialogs" / "demo.yaml").write_text(SCRIPT)
    (tmp_path / "handraiser.toml").write_text('[dialogs]\nfolder = "dialogs"\n')
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HANDRAISER_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the command line in this process."""

    def run(*words: str) -> Done:
        capsys.readouterr()
        status = main(words)
        return Done(status, *capsys.readouterr())

    return run


@pytest.fixture
def command(folder: Path) -> Call:
    """Runs the real command."""

    def run(*words: str, stdin: bytes = b"", environ: dict[str, str] | None = None) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *words],
            input=stdin,
            capture_output=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **(environ or {})},
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
