"""Files by the real application and the strict stand-ins: fetched with our key, kept as sent, an answer like any."""

import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Application
from tests.application import HeardTarget, config_for, running
from tests.bot.channels.whatsapp.conftest import VERIFY_TOKEN, section_for
from tests.bot.messengers.test_files import SCRIPT
from tests.bot.web.test_uploads import PDF, PNG
from tests.telegram.server import Telegram
from tests.whatsapp.people import Person as WhatsAppPerson
from tests.whatsapp.server import WhatsApp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dialogs"
    folder.mkdir()
    (folder / "welcome.yaml").write_text(SCRIPT, "utf-8")
    return folder


@asynccontextmanager
async def serving(folder: Path, url: str, **more: Any) -> AsyncIterator[Application]:
    config = dataclasses.replace(config_for(url, folder), sections=more.pop("sections"))
    async with running(config, targets={"terminal": HeardTarget()}, **more) as app:
        yield app


def kept(app: Application) -> list[bytes]:
    return [path.read_bytes() for path in sorted(app.config.uploads.folder.rglob("*")) if path.is_file()]


async def test_a_document_on_telegram_is_fetched_once_and_answers(
    telegram: Telegram, folder: Path, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    api_url = telegram.base_url.removesuffix("/bot")
    sections = {"telegram": {"token": telegram.token, "api_url": api_url}}
    async with serving(folder, sqlite_url, sections=sections) as app:
        ada = telegram.person("Ada")
        await ada.says("/start")
        await telegram.until(lambda: len(ada.sees) >= 1)
        await ada.sends_file("huge.pdf", size=21 * 2**20)
        await telegram.until(lambda: any("too large" in one.text for one in ada.sees))
        await ada.sends_file("../brief.pdf", PDF, mime="text/html")
        await telegram.until(lambda: any("I have brief.pdf" in one.text for one in ada.sees))
        assert kept(app) == [PDF]
        await ada.sends_photo(PNG)
        await telegram.until(lambda: any("I have got photo.jpg" in one.text for one in ada.sees))
        assert sorted(kept(app)) == sorted([PDF, PNG])
        assert len(telegram.downloads) == 2
    assert telegram.token not in caplog.text


async def test_a_document_on_whatsapp_is_fetched_and_answers(
    whatsapp: WhatsApp, wanda: WhatsAppPerson, folder: Path, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    def clock() -> datetime:
        return datetime.fromtimestamp(whatsapp.date(), UTC)

    async with serving(folder, sqlite_url, sections={"whatsapp": section_for(whatsapp)}, clock=clock) as app:
        assert await whatsapp.subscribes(f"{app.listens_at}/whatsapp/webhook", VERIFY_TOKEN)
        await wanda.says("Hello")
        await whatsapp.until(lambda: len(wanda.sees) >= 1)
        await wanda.sends_file("brief.pdf", PDF)
        await whatsapp.until(lambda: any("I have brief.pdf" in one.text for one in wanda.sees))
        assert kept(app) == [PDF]
        await whatsapp.settled()
        whatsapp.notifier.url = None
    assert whatsapp.token not in caplog.text
