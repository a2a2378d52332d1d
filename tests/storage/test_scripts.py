import asyncio
from functools import partial

import pytest

from storage import scripts
from storage.database import Database, open_database
from storage.hints import open_hints
from storage.scripts import CHANGED, UnknownVersion, VersionTaken
from storage.transaction import Hint
from tests.storage.samples import later


async def published(database: Database, version: str, text: str | None = None, name: str = "guide") -> bool:
    publish = partial(
        scripts.publish, name=name, version=version, text=text or f"text of {version}", path="guide.yaml", at=later(1)
    )
    return await database.write(partial(publish, note="by hand"))


async def live(database: Database) -> dict[str, str]:
    return {one.name: one.version for one in await database.read(scripts.live)}


async def test_the_version_published_last_is_live(database: Database) -> None:
    assert await live(database) == {}
    assert await published(database, "v1", name="other")
    assert await published(database, "v1")
    assert await published(database, "v2")
    assert await live(database) == {"other": "v1", "guide": "v2"}
    assert await database.read(lambda tx: scripts.text_of(tx, "guide", "v1")) == "text of v1"
    assert await database.read(lambda tx: scripts.text_of(tx, "guide", "v9")) is None


async def test_the_same_text_again_changes_nothing(database: Database) -> None:
    await published(database, "v1")
    assert not await published(database, "v1")
    assert len(await database.read(lambda tx: scripts.versions(tx, "guide"))) == 1


async def test_a_published_version_never_changes(database: Database) -> None:
    await published(database, "v1")
    with pytest.raises(VersionTaken):
        await published(database, "v1", "another text")
    assert await database.read(lambda tx: scripts.text_of(tx, "guide", "v1")) == "text of v1"


async def test_going_back_goes_back_step_by_step(database: Database) -> None:
    for version in ("v1", "v2", "v3"):
        await published(database, version)
    back = partial(scripts.rollback, name="guide", at=later(2))
    assert await database.write(back) == "v2"
    assert await live(database) == {"guide": "v2"}
    assert await database.write(back) == "v1"
    with pytest.raises(UnknownVersion):
        await database.write(back)
    assert await database.write(partial(back, version="v3")) == "v3"
    with pytest.raises(UnknownVersion):
        await database.write(partial(back, version="v9"))
    with pytest.raises(UnknownVersion):
        await database.write(partial(scripts.rollback, name="nobody", at=later(2)))
    versions = await database.read(lambda tx: scripts.versions(tx, "guide"))
    assert [(one.version, one.live, one.note, one.why) for one in versions] == [
        ("v3", True, "by hand", "rollback"), ("v1", False, "by hand", "rollback"), ("v2", False, "by hand", "rollback"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("history", "targets"),
    [
        ("A B C D A", ["D", "C", "B", "A"]),
        ("A B A B", ["A", "B", "A"]),
        ("A B C <B", ["A"]),
        ("A B C <A B", ["A"]),
        ("A B C <A <C", ["A"]),
        ("A B x", ["B", "A"]),
        ("A x B", ["A"]),
        ("A x A", []),
    ],
)
async def test_going_back_leads_to_what_was_live_before(database: Database, history: str, targets: list[str]) -> None:
    for word in history.split():
        if word == "x":
            await database.write(partial(scripts.retire, name="guide", at=later(2)))
        elif word.startswith("<"):
            back_to = partial(scripts.rollback, name="guide", version=word[1:], note="no good", at=later(2))
            assert await database.write(back_to) == word[1:]
        else:
            assert await published(database, word)
    back = partial(scripts.rollback, name="guide", at=later(3))
    assert [await database.write(back) for _ in targets] == targets
    with pytest.raises(UnknownVersion):
        await database.write(back)


async def test_a_script_that_was_taken_off_is_live_for_nobody_and_keeps_its_versions(database: Database) -> None:
    await published(database, "v1")
    await published(database, "v1", name="other")
    retire = partial(scripts.retire, name="guide", note="the offer is over", at=later(2))
    assert await database.write(retire) == "v1"
    assert await live(database) == {"other": "v1"}
    assert await database.read(lambda tx: scripts.live_version(tx, "guide")) is None
    assert await database.read(lambda tx: scripts.text_of(tx, "guide", "v1")) == "text of v1"
    assert [one.live for one in await database.read(lambda tx: scripts.versions(tx, "guide"))] == [False]
    with pytest.raises(UnknownVersion):
        await database.write(retire)
    assert await published(database, "v1")
    assert await live(database) == {"guide": "v1", "other": "v1"}


async def test_every_node_is_hinted_at_a_change(database: Database, database_url: str) -> None:
    heard: asyncio.Queue[Hint] = asyncio.Queue()
    async with open_hints(database) as hints, await open_database(database_url) as elsewhere:
        hints.listen(heard.put_nowait)
        await published(database, "v1")
        assert await asyncio.wait_for(heard.get(), 20) == CHANGED
        await published(elsewhere, "v2")
        assert await asyncio.wait_for(heard.get(), 20) in (CHANGED, Hint(None, 0, True))


async def test_an_earlier_text_that_is_saved_again_goes_live_again(database: Database) -> None:
    for version in ("v1", "v2", "v1"):
        assert await published(database, version)
    assert await live(database) == {"guide": "v1"}


async def test_two_nodes_may_publish_the_same_at_once(database: Database) -> None:
    await asyncio.gather(*(published(database, "v1") for _ in range(8)))
    assert await live(database) == {"guide": "v1"}
