"""Files that people send on messengers: kept once, as answers and beside them; told kindly where that cannot be."""

from pathlib import Path

import pytest

from bot.app import Application
from bot.channels.contract import Said, SentFile
from bot.desk.contract import TryLater, Undeliverable
from bot.messengers import files
from storage import uploads
from storage.uploads import StoredUpload
from tests.bot.messengers.conftest import Run
from tests.bot.messengers.looking import stored, transcript
from tests.bot.web.test_uploads import PDF, PNG
from tests.clock import StoppedClock
from tests.messenger import Carrier, Person

SCRIPT = """
dialog: welcome
title: A brief
language: en
persona: {name: Mia}
fields:
  brief: {type: file, label: The brief, types: [pdf, .dwg]}
  email: {type: email, label: E-mail}
steps:
  - ask: brief
    text: Send me the brief.
  - ask: email
    text: I have {{ brief }}. Your address?
  - end: Bye.
"""


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.SentFiles.__init__, "__kwdefaults__", {"pauses": (0.0, 0.0)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    return folder


def sent(fetch: str, name: str = "brief.pdf", **more: object) -> SentFile:
    values = {"content_type": "application/pdf", "size": None, "caption": ""} | more
    return SentFile(name=name, fetch=fetch, **values)  # type: ignore[arg-type]


async def begun(carrier: Carrier, number: int) -> Person:
    person = carrier.person(number)
    await person.starts()
    await person.sees("Send me the brief.")
    return person


async def files_of(application: Application, number: int) -> list[StoredUpload]:
    conversation = (await stored(application, number)).id
    return await application.database.read(lambda tx: uploads.of_conversation(tx, conversation))


async def test_a_file_is_fetched_and_answers_the_question(application: Application, carrier: Carrier) -> None:
    ada = await begun(carrier, 1)
    carrier.files["f1"] = PDF
    event = await ada.does(sent("f1", "../our brief.pdf", caption="here", content_type="text/html"))
    await ada.sees("I have our brief.pdf (1.6 KB). Your address?")
    (file,) = await files_of(application, 1)
    assert (file.name, file.type, file.size) == ("our brief.pdf", "application/pdf", len(PDF))
    path = application.uploads.path_of(file.id)
    assert path is not None and path.read_bytes() == PDF
    assert (await stored(application, 1)).state.answers["brief"] == file.value()
    said = [text for who, text in await transcript(application, 1) if who == "visitor"]
    assert said == ["\U0001f4ce our brief.pdf (1.6 KB)\nhere"]
    await ada.messenger.hear(event)
    assert carrier.fetched == ["f1"]


async def test_a_file_that_was_fetched_before_the_process_ended_is_not_fetched_again(
    run: Run, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier.files["f1"] = PDF
    async with run() as application:
        ada = await begun(carrier, 2)
        event = ada.event(sent("f1"))
        await ada.messenger.take_in_only(event)
        conversation = (await stored(application, 2)).id
        # As far as it came before the end: bytes and row are there, the turn is not.
        said = files.SentFiles(application.uploads, application.messengers.fetch)
        heard = event.heard
        assert isinstance(heard, SentFile)
        await said.said(event.channel, conversation, event.event_id, heard, (), application.clock())
        assert await files_of(application, 2) == []
    async with run() as application:
        await ada.sees("I have brief.pdf")
        assert carrier.fetched == ["f1"]
        assert len(await files_of(application, 2)) == 1


LINK = "https://api.example/file/bot123:TOKEN/f1"
"""An address that is a key."""
LOST = ("could not get your file", "could not be fetched")


@pytest.mark.parametrize(
    ("file", "content", "told", "line"),
    [
        (sent("f1", size=10**9), PDF, "too large for me", "too large, not kept"),
        (sent("f1"), ValueError("larger"), "too large for me", "too large, not kept"),
        (sent("f1"), Undeliverable(LINK), *LOST),
        (sent("f1"), TryLater(LINK), *LOST),
        (sent("f1"), b"MZ\x90\0" * 9, "can't take that kind", "of a kind that is not taken, not kept"),
        (sent("f1"), b"", "is empty", "empty, not kept"),
    ],
)
async def test_what_cannot_be_had_is_told_and_the_question_stays_open(
    application: Application,
    carrier: Carrier,
    caplog: pytest.LogCaptureFixture,
    file: SentFile,
    content: bytes | Exception,
    told: str,
    line: str,
) -> None:
    ada = await begun(carrier, 3)
    carrier.files["f1"] = content
    await ada.does(file)
    await ada.sees(told)
    await ada.waits(lambda: ada.texts.count("Send me the brief.") == 2)
    assert line in (await transcript(application, 3))[1][1]
    assert "TOKEN" not in caplog.text
    assert await files_of(application, 3) == []
    carrier.files["f2"] = PDF
    await ada.does(sent("f2"))
    await ada.sees("I have brief.pdf")


async def test_a_platform_in_trouble_is_asked_again(application: Application, carrier: Carrier) -> None:
    ada = await begun(carrier, 4)
    carrier.files["f1"] = TryLater("busy", seconds=0)
    fetch = application.messengers.fetch

    async def comes_round(channel: str, file: SentFile, most: int) -> bytes:
        try:
            return await fetch(channel, file, most)
        finally:
            carrier.files["f1"] = PDF

    ada.messenger.house._answering._files._fetch = comes_round  # type: ignore[attr-defined]
    await ada.does(sent("f1"))
    await ada.sees("I have brief.pdf")
    assert carrier.fetched == ["f1", "f1"]


async def test_a_file_that_nobody_asked_for_is_kept_and_the_question_put_again(
    application: Application, carrier: Carrier, clock: StoppedClock
) -> None:
    ada = await begun(carrier, 5)
    carrier.files |= {"f1": PDF, "f2": PNG}
    await ada.does(sent("f1"))
    await ada.sees("Your address?")
    clock.pass_(seconds=1)
    await ada.does(sent("f2", "photo.png"))
    await ada.sees("Thank you, I have got photo.png.")
    await ada.does(Said(text="ada@example.com"))
    await ada.sees("Bye.")
    assert [one.name for one in await files_of(application, 5)] == ["brief.pdf", "photo.png"]
