"""``handraiser chat``: a talk in the terminal, with what it understood and counted beside it."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.conftest import SCRIPT, Call, Done

Talk = Callable[..., Done]


@pytest.fixture
def talk(call: Call, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Types lines into a chat with the script."""

    def run(*lines: str, script: str = "demo", options: tuple[str, ...] = ()) -> Done:
        typed = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        return call("chat", script, *options)

    return run


def test_a_talk_shows_words_buttons_answers_and_points(talk: Talk) -> None:
    done = talk("1", "about 80 people", "yes")
    assert done.status == 0
    said = [line.strip() for line in done.out.splitlines()]
    assert said[1:] == [
        "Mia: Hi there!",
        "[1] Go on   [2] That is all",
        "> 1",
        "Mia: How many are you?",
        "> about 80 people",
        "team_size = 80 (Team size)",
        "Mia: Newsletter?",
        "[1] Yes   [2] No",
        "+30 fit: Team of 50 or more (team_size = 80)",
        "= fit 30, engagement 0, warm",
        "> yes",
        "newsletter = Yes (Newsletter)",
        "Mia: Goodbye!",
        "(The conversation has ended. /restart begins anew.)",
    ]


def test_a_button_is_pressed_by_its_number_or_its_words(talk: Talk) -> None:
    assert "Goodbye!" in talk("2").out
    assert "Goodbye!" in talk("that is ALL").out
    assert "Goodbye!" not in talk("3").out


def test_a_number_that_answers_a_question_is_no_button(talk: Talk) -> None:
    assert "team_size = 1 " in talk("1", "1").out


def test_a_script_is_found_by_its_name_its_files_name_or_its_path(talk: Talk, folder: Path) -> None:
    (folder / "dialogs" / "second.yaml").write_text(SCRIPT.replace("dialog: demo", "dialog: other-name # not demo"))
    for name in ("demo", "dialogs/demo.yaml", "other-name", "second", str(folder / "dialogs" / "demo.yaml")):
        assert "Mia: Hi there!" in talk("2", script=name).out


def test_an_unknown_script_is_a_wrong_call_and_a_broken_one_a_failure(talk: Talk, folder: Path) -> None:
    done = talk(script="dmo")
    assert done.status == 2
    assert 'did you mean "demo"?' in done.err
    assert talk(script="nowhere/demo.yaml").status == 2
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("go: bye", "go: by"))
    done = talk()
    assert done.status == 1
    assert "demo.yaml:" in done.err


def test_state_and_score_can_be_looked_at(talk: Talk) -> None:
    done = talk("1", "80", "/score", "/state")
    assert done.out.count("+30 fit: Team of 50 or more (team_size = 80)") == 2
    assert '"answers": {' in done.out


def test_a_wait_can_be_shortened_and_time_moves_on(talk: Talk, folder: Path) -> None:
    waiting = SCRIPT.replace("- step: bye", "- wait: 2 days\n  - step: bye")
    (folder / "dialogs" / "demo.yaml").write_text(waiting)
    done = talk("1", "80", "yes", "/wait", "/wait")
    assert "/wait lets it pass" in done.out
    assert done.out.index("/wait lets it pass") < done.out.index("Goodbye!")
    assert "Nothing is being waited for." in done.out


def test_a_question_that_may_be_skipped_says_so(talk: Talk, folder: Path) -> None:
    text = SCRIPT.replace("text: How many are you?", "text: How many are you?\n    optional: true")
    (folder / "dialogs" / "demo.yaml").write_text(text)
    done = talk("1", "skip")
    assert "(may be skipped)" in done.out
    assert "Mia: Newsletter?" in done.out


def test_acts_visits_and_new_beginnings_can_be_played(talk: Talk, folder: Path) -> None:
    rule = "scoring:\n  engagement:\n    rules:\n      - {on: visit, points: 2, most: 5, because: Came back}\n"
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("scoring:\n", rule))
    done = talk("/return", "/did visit", "/score", "/restart", "/quit", "never said")
    assert done.out.count("+2 engagement: Came back") >= 4
    assert done.out.count("Mia: Hi there!") == 2
    assert "never said" not in done.out


def test_a_file_can_be_sent(talk: Talk, folder: Path) -> None:
    asks = "brief: {type: file, label: Brief, types: pdf}\nsteps:\n  - ask: brief\n    text: Send it.\n"
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("steps:\n", asks.replace("brief:", "  brief:", 1)))
    (folder / "brief.pdf").write_bytes(b"%PDF-1.7")
    (folder / "page.pdf").write_bytes(b"<html>")
    done = talk(f"/file {folder}/none.pdf", f"/file {folder}/page.pdf", f"/file {folder}/brief.pdf")
    assert "none.pdf cannot be read: No such file or directory" in done.out
    assert "I can't take that kind of file here. These work: a PDF." in done.out
    assert "brief.pdf (8 bytes)" in done.out
    assert "Mia: Hi there!" in done.out


def test_a_changed_script_goes_on_in_the_middle_of_a_talk(talk: Talk, folder: Path, call: Call) -> None:
    path = folder / "dialogs" / "demo.yaml"

    class Typing(io.BytesIO):
        def __iter__(self) -> Any:
            yield b"1\n"
            path.write_text(SCRIPT.replace("Newsletter?", "Do you want our letter?"))
            yield b"/reload\n"
            yield b"80\n"
            path.write_text("broken")
            yield b"/reload\n"
            yield b"no\n"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(Typing()))
        done = call("chat", "demo")
    assert "Mia: Do you want our letter?" in done.out
    assert "demo.yaml has mistakes:" in done.out
    assert "Mia: Goodbye!" in done.out


def test_commands_are_explained_and_a_message_may_begin_with_a_slash(talk: Talk) -> None:
    assert "/reload" in talk("/hlep").out
    assert "> //etc" in talk("//etc").out


def test_programs_get_one_object_for_each_turn(talk: Talk) -> None:
    done = talk("1", "80", options=("--json",))
    arrived, pressed, answered = (json.loads(line) for line in done.out.splitlines())
    assert (arrived["said"], pressed["said"]) == (None, "1")
    assert arrived["effects"][0]["text"] == "Hi there!"
    assert answered["answers"] == {"team_size": 80}
    assert [receipt["points"] for receipt in answered["receipts"]] == [30]
    assert (answered["fit"], answered["stage"], answered["status"]) == (30, "warm", "asking")


def test_language_page_and_channel_can_be_chosen(talk: Talk, folder: Path) -> None:
    text = SCRIPT.replace("language: en", "language: en\nlanguages: [en, de]")
    text = text.replace("- say: Hi there!", "- {when: utm_source == 'ads', say: Ad!}\n  - say: {en: Hi, de: Hallo}")
    (folder / "dialogs" / "demo.yaml").write_text(text)
    page = "https://example.com/?utm_source=ads"
    done = talk("2", options=("--language", "de-AT", "--page", page))
    assert "Mia: Ad!\nMia: Hallo\n" in done.out


def test_what_is_typed_cannot_move_the_cursor(talk: Talk) -> None:
    done = talk("\x1b[2Jhello\u202e", "\x1b[2J")
    assert not {"\x1b", "\u202e"} & set(done.out)


def test_bytes_that_are_no_text_are_read_around(command: Call) -> None:
    done = command("chat", "demo", stdin=b"\xff\xfe\n1\n\xed\xa0\x80 80\n")
    assert done.status == 0
    assert "team_size = 80" in done.out


def test_a_terminal_that_only_knows_ascii_shows_everything(command: Call, folder: Path) -> None:
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("Hi there!", "Grüß dich 👋"), encoding="utf-8")
    done = command("chat", "demo", stdin="2 €\n2\n".encode(), environ={"PYTHONIOENCODING": "ascii"})
    assert done.status == 0
    assert "Gr\\xfc\\xdf dich" in done.out


def test_the_dialogs_name_goes_before_another_files_name(talk: Talk, folder: Path) -> None:
    (folder / "dialogs" / "other.yaml").write_text("\ufeff" + SCRIPT.replace("Hi there!", "Hi from demo!"))
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("dialog: demo", "dialog: second"))
    assert "Mia: Hi from demo!" in talk("2", script="demo").out
    assert "Mia: Hi there!" in talk("2", script="second").out
    assert "Mia: Hi there!" in talk("2", script="demo.yaml").out
