"""The command line as a whole: its commands, its help, its exit statuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.program import COMMANDS, Entry, Group
from tests.bot.cli.conftest import REPOSITORY, Call


def entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name, entry in COMMANDS.items():
        match entry:
            case Group(commands=commands):
                found |= {f"{name} {one}": its for one, its in commands.items()}
            case Entry():
                found[name] = entry
    return found


@pytest.mark.parametrize("name", entries())
def test_every_command_explains_itself_with_examples(call: Call, name: str) -> None:
    done = call(*name.split(), "--help")
    assert done.status == 0
    assert done.out.startswith(f"usage: handraiser {name} ")
    assert f"examples:\n  handraiser {name}" in done.out
    assert done.err == ""


def test_help_lists_every_command(call: Call) -> None:
    done = call("--help")
    assert done.status == 0
    assert all(f"  {name}" in done.out for name in COMMANDS)
    assert call("help") == done
    assert call("help", "read") == call("read", "--help")
    assert "rollback" in call("scripts", "--help").out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "which command? There are run, init,"),
        (["raed"], 'unknown command "raed", did you mean "read"?'),
        (["leads"], "which command? There are list, show, export, erase"),
        (["leads", "lst"], 'unknown command "lst", did you mean "list"?'),
        (["--jsn"], 'unknown option "--jsn"'),
        (["--config"], "--config needs the path of a file"),
        (["check", "--josn"], 'unknown option "--josn", did you mean "--json"?'),
        (["doctor", "now"], '"now" is one word too many'),
        (["chat"], "SCRIPT must be given"),
    ],
)
def test_a_wrong_call_says_what_was_probably_meant_and_ends_with_status_2(
    call: Call, words: list[str], expected: str
) -> None:
    done = call(*words)
    assert done.status == 2
    assert expected in done.err
    assert "--help" in done.err
    assert done.out == ""


def test_the_configuration_may_be_named_before_or_after_the_command(call: Call) -> None:
    for words in (["--config", "no.toml", "check"], ["check", "--config=no.toml"], ["--config=no.toml", "check"]):
        done = call(*words)
        assert done.status == 2
        assert "no.toml: there is no such file" in done.err


def test_the_version_is_said(call: Call) -> None:
    assert call("version").out.startswith("handraiser ")
    assert call("--version") == call("version")


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], ("aiohttp", "sqlalchemy", "pydantic", "jinja2", "asyncio")),
        (["read", "number", "5"], ("aiohttp", "sqlalchemy", "slack_bolt", "telegram", "alembic")),
    ],
)
def test_a_command_loads_only_what_it_needs(words: list[str], unwanted: tuple[str, ...]) -> None:
    program = f"import sys; from bot.cli import main; main({words!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, timeout=60, check=True
    )
    assert "bot.cli.program" in done.stderr.split()
    assert not set(unwanted) & set(done.stderr.split())


def test_ctrl_c_ends_quietly(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.version.handraiser_version", interrupted)
    done = call("version")
    assert done.status == 130
    assert done.err == "\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_words_that_cannot_be_written_are_a_failure_of_one_line(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.endswith(": No space left on device\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="streams are closed as Unix does it")
def test_a_process_without_any_streams_does_what_it_is_called_for(folder: Path) -> None:
    shell = 'exec "$0" -m bot.cli "$@" <&- >&- 2>&-'
    for words, status in ((["version"], 0), (["read", "email", "ada@acme.com"], 0), (["nonsense"], 2)):
        done = subprocess.run(["sh", "-c", shell, sys.executable, *words], cwd=REPOSITORY, timeout=60, check=False)
        assert done.returncode == status
