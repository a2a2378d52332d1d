"""The folder of scripts: what is saved is published, what cannot be is refused, nothing changes behind one's back."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.folder import Gone, Held, Outcome, Published, Refused, ScriptFolder, told
from bot.magnets import MAGNET_OPTIONS
from bot.manager import utc_now
from bot.scripts import Scripts
from storage import scripts as stored
from storage.database import Database
from storage.errors import StorageBusy
from storage.magnets import PoolCount, pools

SCRIPT = """\
dialog: guide
title: The guide
language: en
persona: {name: Mia}
magnets:
  guide: {kind: link, title: The guide, url: https://example.com/guide}
steps:
  - say: Hello!
  - offer: guide
"""
GIFT = SCRIPT.replace(
    "kind: link, title: The guide, url: https://example.com/guide", "kind: file, title: G, file: g.pdf"
)
CODES = SCRIPT.replace(
    "kind: link, title: The guide, url: https://example.com/guide", "kind: code, title: C, codes: c.txt"
)

Save = Callable[..., None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The folder."""
    path = tmp_path / "dialogs"
    (path / "files").mkdir(parents=True)
    return path


@pytest.fixture
def save(path: Path) -> Save:
    """Saves a file, each time at another moment."""
    moments = iter(range(1_800_000_000, 1_900_000_000))

    def write(text: str, name: str = "guide.yaml") -> None:
        (path / name).write_text(text, "utf-8")
        os.utime(path / name, (moment := next(moments), moment))

    return write


@pytest_asyncio.fixture
async def folder(path: Path, database: Database) -> ScriptFolder:
    """The folder as a server that has just started sees it, with nothing in it."""
    folder = opened(path, database)
    assert await folder.scan(starting=True) == []
    return folder


def opened(path: Path, database: Database) -> ScriptFolder:
    return ScriptFolder(path, database, Scripts(database, MAGNET_OPTIONS), MAGNET_OPTIONS, utc_now)


async def live(database: Database) -> dict[str, str]:
    return {one.name: one.version for one in await database.read(stored.live)}


async def went_live(folder: ScriptFolder) -> str:
    (outcome,) = await folder.scan()
    assert isinstance(outcome, Published)
    return outcome.version


async def roll_back(database: Database) -> str:
    return await database.write(partial(stored.rollback, name="guide", at=utc_now()))


async def test_each_save_is_published_once(folder: ScriptFolder, database: Database, save: Save) -> None:
    save(SCRIPT)
    version = await went_live(folder)
    assert await live(database) == {"guide": version}
    assert await folder.scan() == []
    save(SCRIPT)
    assert await folder.scan() == []


async def test_saving_the_file_again_after_a_rollback_publishes_it_again(
    folder: ScriptFolder, database: Database, save: Save
) -> None:
    save(SCRIPT)
    first = await went_live(folder)
    save(SCRIPT.replace("Hello!", "Hi!"))
    second = await went_live(folder)
    assert await roll_back(database) == first
    assert await folder.scan() == []
    assert await live(database) == {"guide": first}
    save(SCRIPT.replace("Hello!", "Hi!"))
    assert await went_live(folder) == second


async def test_a_start_undoes_no_rollback_and_says_so(
    folder: ScriptFolder, database: Database, path: Path, save: Save
) -> None:
    save(SCRIPT)
    first = await went_live(folder)
    save(SCRIPT.replace("Hello!", "Hi!"))
    second = await went_live(folder)
    await roll_back(database)
    again = opened(path, database)
    assert await again.scan(starting=True) == [Held("guide", second, "guide.yaml", first)]
    assert await again.scan() == []
    assert await live(database) == {"guide": first}
    await database.write(partial(stored.retire, name="guide", at=utc_now()))
    assert await opened(path, database).scan(starting=True) == [Held("guide", second, "guide.yaml", None)]
    assert await live(database) == {}


async def test_a_start_publishes_what_was_changed_meanwhile(database: Database, path: Path, save: Save) -> None:
    save(SCRIPT)
    (outcome,) = await opened(path, database).scan(starting=True)
    assert isinstance(outcome, Published)
    assert await opened(path, database).scan(starting=True) == []


@pytest.mark.parametrize(("text", "gift"), [(GIFT, "g.pdf"), (CODES, "c.txt")])
async def test_a_script_without_its_gift_is_refused_until_the_gift_is_there(
    folder: ScriptFolder, database: Database, path: Path, save: Save, text: str, gift: str
) -> None:
    save(text)
    (outcome,) = await folder.scan()
    assert isinstance(outcome, Refused)
    assert str(outcome.problems[0]) == (
        f"guide.yaml:6:3: there is no file files/{gift}; put it there, or correct its name here"
    )
    assert await folder.scan() == []
    (path / "files" / "other.txt").write_text("something else")
    assert await folder.scan() == []
    assert await live(database) == {}
    (path / "files" / gift).write_text("ONE\nTWO\n")
    await went_live(folder)


async def test_a_gift_with_a_misspelt_name_is_recognised(folder: ScriptFolder, path: Path, save: Save) -> None:
    (path / "files" / "gg.pdf").write_text("the guide")
    save(GIFT)
    (outcome,) = await folder.scan()
    assert isinstance(outcome, Refused)
    assert outcome.problems[0].message == 'there is no file files/g.pdf, did you mean "gg.pdf"?'


async def test_codes_come_along_and_what_is_no_text_is_refused(
    folder: ScriptFolder, database: Database, path: Path, save: Save
) -> None:
    (path / "files" / "c.txt").write_bytes(b"\xff\xfeA\x00")
    save(CODES)
    (outcome,) = await folder.scan()
    assert isinstance(outcome, Refused)
    assert "files/c.txt is no text in UTF-8" in outcome.problems[0].message
    (path / "files" / "c.txt").write_bytes(b"\xef\xbb\xbfONE\r\n\r\n TWO \r\nONE\r\n")
    await went_live(folder)
    assert await database.read(pools) == [PoolCount(pool="c.txt", left=2, taken=0)]


async def test_codes_that_are_added_later_are_given_without_saving_the_script(
    folder: ScriptFolder, database: Database, path: Path, save: Save, caplog: pytest.LogCaptureFixture
) -> None:
    (path / "files" / "c.txt").write_text("ONE\n")
    save(CODES)
    await went_live(folder)
    (path / "files" / "c.txt").write_text("ONE\nTWO\nTHREE\n")
    assert await folder.scan() == []
    assert await database.read(pools) == [PoolCount(pool="c.txt", left=3, taken=0)]
    (path / "files" / "c.txt").unlink()
    assert [await folder.scan() for _ in range(3)] == [[], [], []]
    assert caplog.text.count("cannot be read") == 1
    (path / "files" / "c.txt").write_text("FOUR\n")
    assert await folder.scan() == []
    assert await database.read(pools) == [PoolCount(pool="c.txt", left=4, taken=0)]


async def test_a_missing_picture_is_only_warned_of(folder: ScriptFolder, save: Save) -> None:
    save(SCRIPT.replace("{name: Mia}", "{name: Mia, picture: mia.png}"))
    await went_live(folder)


async def test_a_name_that_no_file_can_have_is_missing_like_any_other(folder: ScriptFolder, save: Save) -> None:
    save(GIFT.replace("g.pdf", "€" * 150 + ".pdf"))
    (outcome,) = await folder.scan()
    assert isinstance(outcome, Refused)
    assert outcome.problems[0].message.startswith("there is no file files/€€€")


async def test_a_script_with_mistakes_is_refused_each_time_it_is_saved(folder: ScriptFolder, save: Save) -> None:
    save(SCRIPT)
    await went_live(folder)
    for _ in range(2):
        save(SCRIPT.replace("offer: guide", "offer: giude"))
        (outcome,) = await folder.scan()
        assert isinstance(outcome, Refused)
        assert await folder.scan() == []


async def test_a_file_that_is_gone_is_told_once_and_its_script_stays_live(
    folder: ScriptFolder, database: Database, path: Path, save: Save
) -> None:
    save(SCRIPT)
    await went_live(folder)
    (path / "guide.yaml").unlink()
    assert await folder.scan() == []  # An editor may be about to put it back.
    assert await folder.scan() == [Gone("guide", "guide.yaml")]
    assert await folder.scan() == []
    assert list(await live(database)) == ["guide"]
    assert await opened(path, database).scan(starting=True) == [Gone("guide", "guide.yaml")]
    save(SCRIPT)
    assert await folder.scan() == []
    (path / "guide.yaml").unlink()
    assert await folder.scan() + await folder.scan() == [Gone("guide", "guide.yaml")]
    await database.write(partial(stored.retire, name="guide", at=utc_now()))
    assert await opened(path, database).scan(starting=True) == []


async def test_a_file_with_another_name_or_with_mistakes_is_not_gone(
    folder: ScriptFolder, path: Path, save: Save
) -> None:
    save(SCRIPT)
    await went_live(folder)
    (path / "guide.yaml").rename(path / "moved.yaml")
    assert await folder.scan() + await folder.scan() == []
    save(SCRIPT.replace("offer: guide", "offer: giude"), "moved.yaml")
    assert [type(one) for one in await folder.scan() + await folder.scan()] == [Refused]
    save("\x00", "guide.yaml")
    (path / "moved.yaml").unlink()
    assert [type(one) for one in await folder.scan() + await folder.scan()] == [Refused]


async def test_a_file_that_holds_another_script_now_leaves_the_first_without_one(
    folder: ScriptFolder, save: Save
) -> None:
    save(SCRIPT)
    await went_live(folder)
    save(SCRIPT.replace("dialog: guide", "dialog: leaflet"))
    outcomes = await folder.scan() + await folder.scan()
    assert [type(one) for one in outcomes] == [Published, Gone]


async def test_what_was_published_from_elsewhere_needs_no_file(database: Database, path: Path) -> None:
    publish = partial(
        stored.publish, name="guide", version="v1", text=SCRIPT, path="/elsewhere/guide.yaml", at=utc_now()
    )
    await database.write(publish)
    assert await opened(path, database).scan(starting=True) == []


async def test_a_folder_that_cannot_be_read_for_a_while_loses_nothing(
    folder: ScriptFolder, path: Path, save: Save, caplog: pytest.LogCaptureFixture
) -> None:
    save(SCRIPT)
    await went_live(folder)
    path.rename(path.with_name("away"))
    assert [await folder.scan() for _ in range(3)] == [[], [], []]
    assert caplog.text.count("cannot be read") == 1
    path.with_name("away").rename(path)
    assert await folder.scan() == []


async def test_a_save_is_not_forgotten_when_the_database_cannot_take_it(
    folder: ScriptFolder, database: Database, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: Any) -> None:
        raise StorageBusy("another process is in the way")

    save(SCRIPT)
    with monkeypatch.context() as trouble:
        trouble.setattr(database, "write", busy)
        with pytest.raises(StorageBusy):
            await folder.scan()
    await went_live(folder)


@pytest.mark.parametrize(
    "outcome",
    [
        Published("guide", "0123", "guide.yaml"),
        Refused("guide.yaml", ()),
        Held("guide", "0123", "guide.yaml", "4567"),
        Held("guide", "0123", "guide.yaml", None),
        Gone("guide", "guide.yaml"),
    ],
)
def test_every_outcome_is_told_with_the_file(outcome: Outcome) -> None:
    assert "guide.yaml" in " ".join(told(outcome))
