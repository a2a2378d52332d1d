"""``handraiser init``: a folder that works as it is."""

import io
import shlex
import sys
from pathlib import Path

import pytest

from bot.config import STARTER_SCRIPTS, load_config
from bot.script_files import files_in
from tests.bot.cli.conftest import Call


def test_the_new_folder_is_right_from_the_beginning(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = call("init", "chats")
    assert done.status == 0
    assert "cd chats" in done.out
    config = load_config(tmp_path / "chats" / "handraiser.toml", {})
    assert config.dialogs.folder == tmp_path / "chats" / "dialogs"
    assert config.storage.url == f"sqlite:///{tmp_path}/chats/data/handraiser.db"
    assert (tmp_path / "chats" / "dialogs" / "files").is_dir()
    monkeypatch.chdir(tmp_path / "chats")
    assert call("check").status == 0


@pytest.mark.parametrize("is_found", [True, False])
def test_the_next_steps_can_be_typed_as_they_stand(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_found: bool
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if is_found else None)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "activate").touch()
    steps = call("init", "my chats").out.partition("Next:\n")[2].splitlines()
    typed = [shlex.split(step, comments=True) for step in steps]
    assert [words for words in typed if words[0] == "source"] == (
        [] if is_found else [["source", f"{tmp_path}/bin/activate"]]
    )
    assert ["cd", "my chats"] in typed
    monkeypatch.chdir(tmp_path / "my chats")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    commands = [words[1:] for words in typed if words[0] == "handraiser"]
    assert [words[0] for words in commands] == ["chat", "check", "run"]
    for words in commands[:-1]:
        assert call(*words).status == 0


@pytest.mark.parametrize("name", [path.stem for path in files_in(STARTER_SCRIPTS)])
def test_every_starter_script_can_be_chosen_and_has_no_mistakes(call: Call, name: str) -> None:
    assert call("init", "chats", "--script", name).status == 0
    done = call("check", "chats/dialogs")
    assert done.status == 0, done.out


def test_nothing_is_overwritten(call: Call, folder: Path) -> None:
    before = (folder / "handraiser.toml").read_text()
    done = call("init", ".")
    assert done.status == 1
    assert "exists already, and nothing is overwritten" in done.err
    assert (folder / "handraiser.toml").read_text() == before
    assert "is a file" in call("init", "handraiser.toml").err


def test_an_unknown_starter_script_is_a_wrong_call(call: Call, folder: Path) -> None:
    done = call("init", "chats", "--script", "crm-gide")
    assert done.status == 2
    assert 'did you mean "crm-guide"?' in done.err
    assert not (folder / "chats").exists()
