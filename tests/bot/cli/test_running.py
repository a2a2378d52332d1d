"""``handraiser run``: it serves, refuses what it cannot do in one line, and ends when it is asked to."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.bot.cli.conftest import REPOSITORY, Call


@pytest.mark.skipif(os.name != "posix", reason="signals are others here")
@pytest.mark.parametrize("public_url", [None, "https://chat.example.com"])
def test_it_serves_where_it_says_until_it_is_asked_to_stop(folder: Path, public_url: str | None) -> None:
    public = {"HANDRAISER_WEB__PUBLIC_URL": public_url} if public_url else {}
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "run"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "HANDRAISER_WEB__PORT": "0", **public},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = None
        for line in process.stdout:
            if address is None and (match := re.search(r"ready: (http://\S+)", line)):
                address = match[1]
                assert ("(for visitors https://chat.example.com/)" in line) == (public_url is not None)
            if line.startswith("Chats:"):
                break
        assert address is not None
        with urllib.request.urlopen(f"{address}healthz", timeout=30) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_port_that_is_taken_is_one_clear_line(command: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = command("run", environ={"HANDRAISER_WEB__PORT": str(port)})
    assert done.status == 1
    assert f"127.0.0.1:{port}" in done.err
    assert done.err.count("\n") == 1


def test_settings_of_slack_that_are_wrong_are_told_before_anything_is_made(command: Call, folder: Path) -> None:
    path = folder / "handraiser.toml"
    path.write_text(f'{path.read_text()}[slack]\nbot_token = "xoxp-1"\n')
    done = command("run", environ={"HANDRAISER_WEB__PORT": "0"})
    assert done.status == 2
    assert "handraiser.toml:4: slack.bot_token: " in done.err
    assert "Traceback" not in done.err
    assert not (folder / "data").exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_damaged_database_is_one_clear_line_and_untouched(command: Call, folder: Path, content: bytes) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "handraiser.db").write_bytes(content)
    done = command("run", environ={"HANDRAISER_WEB__PORT": "0"})
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert (folder / "data" / "handraiser.db").read_bytes() == content


@pytest.mark.parametrize(
    ("settings", "port"),
    [({}, "8080"), ({"PORT": "9000"}, "9000"), ({"HANDRAISER_WEB__PORT": "9001"}, "9001")],
)
def test_make_run_listens_where_it_is_told_to(settings: dict[str, str], port: str) -> None:
    environ = {name: value for name, value in os.environ.items() if "PORT" not in name and "FLAGS" not in name}
    done = subprocess.run(
        ["make", "--dry-run", "run"], cwd=REPOSITORY, env=environ | settings, capture_output=True, check=True
    )
    assert f"HANDRAISER_WEB__PORT={port} " in done.stdout.decode()


def test_make_run_says_what_is_missing_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    python = tmp_path / "python-of-debian"
    python.write_text(
        "#!/bin/sh\n"
        'case "$*" in *venv*) mkdir -p .venv/bin; ln -s /bin/false .venv/bin/python; exit 1;; esac\n'
        f'exec {sys.executable} "$@"\n'
    )
    python.chmod(0o700)
    environ = {name: value for name, value in os.environ.items() if "FLAGS" not in name}
    done = subprocess.run(
        ["make", f"PYTHON={python}", "run"], cwd=tmp_path, env=environ, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert "sudo apt install python3-venv" in done.stdout.decode()
    assert not (tmp_path / ".venv").exists()
