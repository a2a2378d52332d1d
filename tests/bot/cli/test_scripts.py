"""``handraiser scripts``: publishing, looking back, going back."""

import asyncio
import json
from pathlib import Path

from storage.database import open_database
from storage.magnets import PoolCount, pools
from tests.bot.cli.conftest import SCRIPT, Call

SHORTER = SCRIPT.replace("Hi there!", "Hi!")


def publish(call: Call, folder: Path, text: str) -> str:
    (folder / "dialogs" / "demo.yaml").write_text(text)
    done = call("scripts", "publish", "dialogs/demo.yaml", "--json")
    assert done.status == 0, done.err
    return str(json.loads(done.out)["version"])


def live(call: Call) -> str:
    (script,) = json.loads(call("scripts", "list", "--json").out)
    return str(script["version"])


def test_a_script_is_published_once(call: Call, folder: Path) -> None:
    done = call("scripts", "publish", "dialogs/demo.yaml", "--note", "first try")
    assert done.status == 0
    assert done.out.startswith("demo is live, version ")
    assert "was live already" in call("scripts", "publish", "dialogs/demo.yaml").out
    listed = call("scripts", "list").out
    assert "demo.yaml" in listed
    assert "first try" in listed


def test_a_script_with_mistakes_is_refused_and_what_was_live_goes_on(call: Call, folder: Path) -> None:
    version = publish(call, folder, SCRIPT)
    (folder / "dialogs" / "demo.yaml").write_text(SCRIPT.replace("go: bye", "go: by"))
    done = call("scripts", "publish", "dialogs/demo.yaml")
    assert done.status == 1
    assert 'dialogs/demo.yaml:12:27: unknown step "by", did you mean "bye"?' in done.err
    assert live(call) == version


def test_what_saving_would_change_is_shown(call: Call, folder: Path) -> None:
    publish(call, folder, SCRIPT)
    assert "are the same" in call("scripts", "diff", "demo").err
    (folder / "dialogs" / "demo.yaml").write_text(SHORTER)
    done = call("scripts", "diff", "demo")
    assert done.status == 0
    assert "-  - say: Hi there!\n+  - say: Hi!\n" in done.out


def test_two_versions_are_compared_by_their_first_digits(call: Call, folder: Path) -> None:
    first, second = publish(call, folder, SCRIPT), publish(call, folder, SHORTER)
    done = call("scripts", "diff", "demo", first[:6], second[:6])
    assert "+  - say: Hi!" in done.out
    assert call("scripts", "diff", "demo", first[:6]).out == done.out


def test_going_back_is_one_command_and_can_be_undone(call: Call, folder: Path) -> None:
    first, second = publish(call, folder, SCRIPT), publish(call, folder, SHORTER)
    assert json.loads(call("scripts", "rollback", "demo", "--json").out) == {"name": "demo", "version": first}
    assert live(call) == first
    assert call("scripts", "rollback", "demo", second[:8], "--note", "no").status == 0
    assert live(call) == second


def test_every_version_is_listed_with_when_and_why(call: Call, folder: Path) -> None:
    first, second = publish(call, folder, SCRIPT), publish(call, folder, SHORTER)
    assert call("scripts", "rollback", "demo", "--note", "too short").status == 0
    versions = json.loads(call("scripts", "list", "demo", "--json").out)
    assert [(one["version"], one["live"], one["why"]) for one in versions] == [
        (first, True, "rollback: too short"),
        (second, False, ""),
    ]
    assert {one["file"] for one in versions} == {"demo.yaml"}
    assert all(one["created"] <= one["published"] for one in versions)
    head, live_now, before = call("scripts", "list", "demo").out.splitlines()
    assert head.split()[:1] == ["VERSION"]
    assert live_now.startswith(f"live  {first}  ")
    assert live_now.endswith("  rollback: too short")
    assert before.startswith(f"      {second}  ")


def test_going_back_after_an_earlier_text_was_saved_again_undoes_that(call: Call, folder: Path) -> None:
    texts = [SCRIPT.replace("Hi there!", f"Hi {letter}!") for letter in "ABCD"]
    versions = [publish(call, folder, text) for text in (*texts, texts[0])]
    assert versions[4] == versions[0]
    assert json.loads(call("scripts", "rollback", "demo", "--json").out)["version"] == versions[3]


def test_a_script_is_taken_off_and_brought_back(call: Call, folder: Path) -> None:
    version = publish(call, folder, SCRIPT)
    done = call("scripts", "retire", "demo", "--note", "the offer is over")
    assert done.status == 0
    assert "demo is taken off" in done.out
    assert json.loads(call("scripts", "list", "--json").out) == []
    listed = call("scripts", "list", "demo")
    assert version in listed.out
    assert "demo was taken off" in listed.err
    assert "was taken off" in call("scripts", "diff", "demo").err
    again = call("scripts", "retire", "demo")
    assert again.status == 1
    assert "was taken off already" in again.err
    assert json.loads(call("scripts", "rollback", "demo", "--json").out) == {"name": "demo", "version": version}
    assert json.loads(call("scripts", "retire", "demo", "--json").out) == {"name": "demo", "retired": version}
    assert "is live, version" in call("scripts", "publish", "dialogs/demo.yaml").out


def test_a_script_from_elsewhere_is_remembered_by_all_of_its_path(call: Call, folder: Path) -> None:
    (folder / "draft.yaml").write_text(SCRIPT)
    assert call("scripts", "publish", "draft.yaml").status == 0
    assert json.loads(call("scripts", "list", "--json").out)[0]["file"] == str(folder / "draft.yaml")


def test_what_cannot_be_found_is_named_with_what_there_is(call: Call, folder: Path) -> None:
    version = publish(call, folder, SCRIPT)
    for words in (["diff", "dmeo"], ["rollback", "dmeo"], ["retire", "dmeo"], ["list", "dmeo"]):
        done = call("scripts", *words)
        assert done.status == 1
        assert 'no script "dmeo" was ever published, did you mean "demo"?' in done.err
    done = call("scripts", "rollback", "demo", "zzz")
    assert done.status == 1
    assert f'"zzz" is no version of demo; there are {version}' in done.err
    assert "has no earlier version" in call("scripts", "rollback", "demo").err
    assert call("scripts", "publish", "nowhere.yaml").status == 2


def test_codes_are_brought_along(call: Call, folder: Path) -> None:
    (folder / "dialogs" / "files").mkdir()
    (folder / "dialogs" / "files" / "spring.txt").write_text("AAA\n\nBBB \n")
    magnets = "magnets:\n  rebate: {kind: code, title: Rebate, codes: spring.txt}\nsteps:\n  - offer: rebate\n"
    publish(call, folder, SCRIPT.replace("steps:\n", magnets))
    counts = asyncio.run(_pools(folder))
    assert [(count.pool, count.left) for count in counts] == [("spring.txt", 2)]


async def _pools(folder: Path) -> list[PoolCount]:
    async with await open_database(f"sqlite:///{folder}/data/handraiser.db") as database:
        return list(await database.read(pools))


def test_without_anything_published_the_list_says_how_to_begin(call: Call, folder: Path) -> None:
    async def make() -> None:
        await (await open_database(f"sqlite:///{folder}/data/handraiser.db")).close()

    asyncio.run(make())
    assert "Nothing is published yet" in call("scripts", "list").out
