"""``handraiser check``: mistakes with their places, for people and for programs."""

import json
from pathlib import Path

import pytest

from tests.bot.cli.conftest import SCRIPT, Call

BROKEN = SCRIPT.replace("- ask: newsletter", "- ask: newsleter").replace("- That is all: {go: bye}", "- No: {go: by}")


def test_without_a_path_the_configuration_and_its_scripts_are_checked(call: Call) -> None:
    done = call("check")
    assert done.status == 0
    assert done.out == "1 script: 0 errors, 0 warnings\n"
    assert "handraiser.toml: the configuration is right" in done.err


def test_each_mistake_is_named_by_file_line_and_column(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "broken.yaml").write_text(BROKEN)
    done = call("check", "dialogs/broken.yaml")
    assert done.status == 1
    assert 'dialogs/broken.yaml:15:10: unknown field "newsleter", did you mean "newsletter"?' in done.out
    assert done.out.endswith("1 script: 2 errors, 0 warnings\n")


def test_a_folder_is_checked_file_by_file(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "broken.yml").write_text(BROKEN)
    (folder / "dialogs" / "notes.txt").write_text("no script")
    done = call("check", "dialogs", "dialogs/demo.yaml")
    assert done.status == 1
    assert "2 scripts: 2 errors" in done.out


def test_programs_get_json(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "broken.yaml").write_text(BROKEN)
    done = call("check", "--json")
    assert done.status == 1
    result = json.loads(done.out)
    assert (result["errors"], result["warnings"]) == (2, 0)
    broken, demo = result["files"]
    assert (broken["name"], demo["name"]) == (None, "demo")
    first = result["problems"][0]
    assert set(first) == {"path", "line", "column", "severity", "message"}
    assert first["severity"] == "error"


@pytest.mark.parametrize(("kind", "gift"), [("file, file", "guide.pdf"), ("code, codes", "codes.txt")])
def test_what_a_script_gives_away_must_be_there(call: Call, folder: Path, kind: str, gift: str) -> None:
    magnets = f"magnets:\n  guide: {{kind: {kind}: {gift}, title: Guide}}\nsteps:\n  - offer: guide\n"
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("steps:\n", magnets))
    done = call("check")
    assert done.status == 1
    missing = f"dialogs/demo.yaml:9:3: there is no file dialogs/files/{gift}; put it there, or correct its name here\n"
    assert missing in done.out
    assert missing in call("scripts", "publish", "dialogs/demo.yaml").err
    (folder / "dialogs" / "files").mkdir()
    (folder / "dialogs" / "files" / gift).write_text("something to give")
    assert call("check").out == "1 script: 0 errors, 0 warnings\n"
    assert call("scripts", "publish", "dialogs/demo.yaml").status == 0


def test_a_picture_that_is_missing_is_warned_of(call: Call, folder: Path) -> None:
    text = SCRIPT.replace("persona: {name: Mia}", "persona: {name: Mia, picture: mia.png}")
    (folder / "dialogs" / "demo.yaml").write_text(text)
    (folder / "dialogs" / "pictures").mkdir()
    (folder / "dialogs" / "pictures" / "mia.svg").write_text("<svg/>")
    done = call("check")
    assert done.status == 0
    assert 'there is no file dialogs/pictures/mia.png, did you mean "mia.svg"?' in done.out
    assert done.out.endswith("1 script: 0 errors, 1 warning\n")


def test_two_files_of_one_name_are_a_mistake(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "other.yaml").write_text(SCRIPT)
    done = call("check")
    assert done.status == 1
    assert '"demo" is also the name of the script in demo.yaml' in done.out


def test_a_file_that_is_no_script_is_a_mistake_not_a_crash(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "binary.yaml").write_bytes(b"\xff\x00\xfe")
    (folder / "dialogs" / "empty.yaml").write_bytes(b"")
    (folder / "dialogs" / "huge.yaml").write_bytes(b"a: b\n" * 300_000)
    done = call("check")
    assert done.status == 1
    assert "not UTF-8" in done.out
    assert "the file is empty" in done.out
    assert "larger than 1 MiB" in done.out


def test_a_path_that_does_not_exist_is_a_wrong_call(call: Call, folder: Path) -> None:
    assert call("check", "nowhere.yaml").status == 2
    assert "there is no file nowhere.yaml" in call("check", "nowhere.yaml").err
    (folder / "empty").mkdir()
    assert "there is no script (*.yaml) in empty" in call("check", "empty").err


def test_what_a_script_says_cannot_move_the_cursor(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("Hi there!", '"\\u001b[2J{{ nme\\u202e }}"'))
    assert not {"\x1b", "\u202e"} & set(call("check").out)


TEAM = """\
time_zone: Europe/Berlin
hours: {mon-fri: "09:00-17:00"}
reps:
  anna: {name: Anna Berg}
routes:
  - {to: anna, when: team_size >= 50}
  - {to: everybody}
"""


def configure_team(folder: Path, text: str = TEAM) -> None:
    (folder / "team.yaml").write_text(text)
    (folder / "handraiser.toml").write_text('[dialogs]\nfolder = "dialogs"\n[handoff]\nteam = "team.yaml"\n')


def test_the_configured_team_file_is_checked_against_the_scripts(call: Call, folder: Path) -> None:
    configure_team(folder)
    assert call("check").out == "1 script and 1 team file: 0 errors, 0 warnings\n"
    configure_team(folder, TEAM.replace("team_size", "team_sise").replace("to: anna", "to: ana"))
    done = call("check")
    assert done.status == 1
    assert 'team.yaml:6:10: unknown person or group "ana", did you mean "anna"?\n' in done.out
    assert 'team.yaml:6:21: unknown field "team_sise", did you mean "team_size"?\n' in done.out
    assert done.out.endswith("1 script and 1 team file: 2 errors, 0 warnings\n")


def test_a_team_file_may_be_named_alone_or_with_its_scripts(call: Call, folder: Path) -> None:
    (folder / "people.yaml").write_text(TEAM.replace("team_size", "team_sise"))
    assert call("check", "people.yaml").out == "1 team file: 0 errors, 0 warnings\n"
    done = call("check", "people.yaml", "dialogs")
    assert done.status == 1
    assert done.out.endswith("1 script and 1 team file: 1 error, 0 warnings\n")


def test_beside_a_broken_script_a_team_file_may_speak_of_any_field(call: Call, folder: Path) -> None:
    configure_team(folder, TEAM.replace("team_size", "team_sise"))
    (folder / "dialogs" / "broken.yaml").write_text(BROKEN)
    done = call("check")
    assert "team_sise" not in done.out
    assert done.out.endswith("2 scripts and 1 team file: 2 errors, 0 warnings\n")


def test_programs_get_the_team_file_as_json(call: Call, folder: Path) -> None:
    configure_team(folder)
    assert json.loads(call("check", "--json").out)["teams"] == [
        {"path": str(folder / "team.yaml"), "people": 1, "routes": 2}
    ]
    configure_team(folder, "reps: {}\nraps: {}\n")
    result = json.loads(call("check", "--json").out)
    assert result["teams"] == [{"path": str(folder / "team.yaml"), "people": None, "routes": None}]
    assert (result["errors"], result["problems"][0]["line"]) == (1, 2)
