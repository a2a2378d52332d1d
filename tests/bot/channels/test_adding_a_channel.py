"""The messenger that ``docs/adding-a-channel.md`` shows works as it stands there: one file, one line, one section."""

import asyncio
import hashlib
import hmac
import json
import re
import sys
import types
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.app import Application
from bot.channels.contract import MessengerKind
from bot.settings.problems import ConfigError
from tests.application import config_for, running
from tests.bot.messengers.conftest import HELP

PAGE = Path(__file__).parents[3] / "docs" / "adding-a-channel.md"
SECRET = "coo-coo-0f1e2d3c"


@pytest.fixture
def kind() -> Iterator[MessengerKind]:
    """What the page's file says, under the name that it would have."""
    (source,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    module = types.ModuleType("bot.channels.pigeon")
    sys.modules[module.__name__] = module
    exec(compile(source, "pigeon.py", "exec"), module.__dict__)
    yield module.KIND
    del sys.modules[module.__name__]


@dataclass
class Post:
    """The platform, seen from outside."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    """What is answered next; 200 when there is none."""
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        """A message of ours."""
        assert request.headers["Authorization"] == f"Bearer {SECRET}"
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.sent.append(await request.json())
        self.news.set()
        return web.json_response({"id": f"m{len(self.sent)}"}, status=status, headers={"Retry-After": "0"})

    async def until(self, count: int) -> list[str]:
        """The texts, once there are so many."""
        async with asyncio.timeout(60):
            while len(self.sent) < count:
                self.news.clear()
                await self.news.wait()
        return [one["text"] for one in self.sent]


@pytest_asyncio.fixture
async def post() -> AsyncIterator[tuple[Post, str]]:
    post = Post()
    app = web.Application()
    app.router.add_post("/messages", post.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield post, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def brings(application: Application, message: dict[str, Any], secret: str = SECRET) -> int:
    """The platform brings a message; the status of our answer."""
    body = json.dumps(message).encode()
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    url = f"{application.listens_at}/pigeon/webhook"
    headers = {"X-Signature": signature}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


async def test_people_talk_on_it(kind: MessengerKind, post: tuple[Post, str], sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "help.yaml").write_text(HELP, "utf-8")
    platform, api_url = post
    sections = {"pigeon": {"secret": SECRET, "api_url": api_url}}
    config = replace(config_for(sqlite_url, tmp_path), sections=sections)
    async with running(config, targets={}, messengers={"pigeon": lambda: kind}) as application:
        hello = {"from": "ada", "id": "1", "text": "/start"}
        assert await brings(application, hello, secret="another") == 401
        assert await brings(application, hello) == 200
        assert await platform.until(1) == ["How can I help?"]
        assert [one["label"] for one in platform.sent[0]["buttons"]] == ["Prices", "A question"]
        platform.statuses = [503, 429]  # It is tried again, and said once.
        pressed = {"from": "ada", "id": "2", "text": "Prices", "button": platform.sent[0]["buttons"][0]["key"]}
        for _ in range(2):  # Brought twice, answered once.
            assert await brings(application, pressed) == 200
        assert (await platform.until(2))[1:] == ["What is your number?"]
        assert await brings(application, {"text": "nobody"}) == 200
        assert await brings(application, {"from": "ada", "id": "3", "text": "+49 170 1234567"}) == 200
        assert "Which colour?" in (await platform.until(3))[2]
        assert "1. Red" in platform.sent[2]["text"]  # More than it has buttons for.


async def test_what_is_missing_is_told(kind: MessengerKind, sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "help.yaml").write_text(HELP, "utf-8")
    config = replace(config_for(sqlite_url, tmp_path), sections={"pigeon": {"secrt": "x"}})
    with pytest.raises(ConfigError, match=r"pigeon\.secrt: unknown setting, did you mean \"secret\"") as caught:
        async with running(config, targets={}, messengers={"pigeon": lambda: kind}):
            pass
    assert "pigeon.secret: is missing; Pigeon Post shows it under Settings" in str(caught.value)
