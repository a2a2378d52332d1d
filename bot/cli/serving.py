"""Running until somebody asks to stop: what ``handraiser run`` does."""

import asyncio
import contextlib
import gc
import signal
import sys

from bot.app import Application
from bot.config import Config
from bot.web.listening import make_room
from storage.errors import StorageError


async def serve(config: Config) -> int:
    """Run until a signal asks to stop; the process's exit status."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopping.set)
    make_room()
    application = Application(config)
    try:
        await application.start()
    except (StorageError, OSError) as error:
        print(f"Handraiser cannot start: {error.strerror if isinstance(error, OSError) else error}", file=sys.stderr)
        return 1
    # What stands now stays: the collector need not look through it again and again while visitors wait.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    names = application.scripts.names()
    elsewhere = f" (for visitors {application.base_url}/)" if application.base_url != application.listens_at else ""
    print(f"Handraiser is ready: {application.listens_at}/{elsewhere}", flush=True)
    print(
        f"Chats: {', '.join(names) if names else 'none yet; put a script into ' + str(config.dialogs.folder)}",
        flush=True,
    )
    try:
        await stopping.wait()
    finally:
        print("Stopping ...", flush=True)
        await application.stop()
    return 0
