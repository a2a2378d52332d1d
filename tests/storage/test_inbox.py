from functools import partial

from storage import inbox
from storage.database import Database
from tests.storage.samples import NOON, later

take_in = partial(inbox.take_in, channel="telegram", at=NOON)


async def test_what_is_taken_in_waits_in_order(database: Database) -> None:
    first = await database.write(partial(take_in, external_id="1", raw='{"x": "\x00"}', address="chat 7"))
    await database.write(partial(take_in, external_id="2", raw="{}"))
    assert await database.write(partial(take_in, external_id="1", raw="again")) is None
    waiting = await database.read(lambda tx: inbox.waiting(tx, "telegram"))
    assert [(one.external_id, one.raw, one.address) for one in waiting] == [
        ("1", '{"x": "\ufffd"}', "chat 7"), ("2", "{}", None),
    ]  # fmt: skip
    assert await database.read(lambda tx: inbox.waiting(tx, "slack")) == []
    assert first is not None
    assert await database.write(lambda tx: inbox.dealt_with(tx, first))
    assert not await database.write(lambda tx: inbox.dealt_with(tx, first))
    assert [one.external_id for one in await database.read(lambda tx: inbox.waiting(tx, "telegram"))] == ["2"]


async def test_what_cannot_be_read_stands_aside_until_somebody_lets_it_out(database: Database) -> None:
    junk = await database.write(partial(take_in, external_id="junk", raw="<html>", reason="not JSON"))
    slow = await database.write(partial(take_in, external_id="slow", raw="{}"))
    assert junk is not None
    assert slow is not None
    await database.write(lambda tx: inbox.attempted(tx, slow))
    await database.write(lambda tx: inbox.quarantine(tx, slow, "boom " * 1000))
    assert await database.read(lambda tx: inbox.waiting(tx, "telegram")) == []
    quarantined = await database.read(inbox.quarantined)
    assert [(one.external_id, one.attempts, (one.reason or "")[:8]) for one in quarantined] == [
        ("junk", 0, "not JSON"), ("slow", 1, "boom boo"),
    ]  # fmt: skip
    assert len(quarantined[1].reason or "") == inbox.REASON_MAX_CHARACTERS
    await database.write(lambda tx: inbox.release(tx, slow))
    assert [one.id for one in await database.read(lambda tx: inbox.waiting(tx, "telegram"))] == [slow]
    assert quarantined[0].received == NOON < later(1)
