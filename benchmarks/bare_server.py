"""The bare program behind an aiohttp WebSocket, JSON in and JSON out: ``bare_server DATABASE RECORDED``."""

import asyncio
import json
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

from aiohttp import WSMsgType, web

from benchmarks.bare import BareProgram, SQLiteWriter, read_recorded
from benchmarks.lead_dialog import GREETING

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BareServer:
    """Serves ``/ws``: hello, welcome, say, messages."""

    def __init__(self, program: BareProgram, first: int) -> None:
        self._program = program
        self._numbers = count(first)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One socket, one conversation."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        number = next(self._numbers)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                frame = json.loads(message.data)
                if frame["type"] == "hello":
                    await self._program.begin(number)
                    answer = {"type": "welcome", "messages": [{"from": "bot", "text": GREETING}]}
                else:
                    text = await self._program.say(number, frame["text"])
                    answer = {"type": "messages", "messages": [{"from": "bot", "text": text}]}
                await socket.send_str(_dumps(answer))
        return socket


async def application(database: Path, recorded: Path) -> web.Application:
    """The web application over a database that has our tables."""
    with closing(sqlite3.connect(database)) as raw:
        (last,) = raw.execute("SELECT coalesce(max(id), 0) FROM conversations").fetchone()
    program = BareProgram(read_recorded(recorded), SQLiteWriter(database))
    app = web.Application()
    app.router.add_get("/ws", BareServer(program, last + 1).serve)
    return app


async def main(database: str, recorded: str) -> None:
    """Serve until the process is ended."""
    runner = web.AppRunner(await application(Path(database), Path(recorded)), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    print(f"The bare server is ready: http://127.0.0.1:{runner.addresses[0][1]}/", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
