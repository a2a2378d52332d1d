"""A scanner of the operator's choice looks at each file before anybody may fetch it."""

import asyncio
import contextlib
import logging
import shlex
from pathlib import Path

log = logging.getLogger(__name__)

PLACE = "{file}"
"""Stands for the file's path in the command; without it, the path comes last."""
OBJECTED = "the scanner objected"
UNANSWERED = "the scanner did not answer"


async def objection(command: str | None, path: Path, seconds: float) -> str | None:
    """Why a file is to be withheld; None where it may be fetched.

    The command is run without a shell. Only exit status 0 is a yes: a scanner that is missing, breaks or is too slow
    has not said so.
    """
    if command is None:
        return None
    words = shlex.split(command)
    if not any(PLACE in word for word in words):
        words.append(PLACE)
    words = [word.replace(PLACE, str(path)) for word in words]
    try:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError as error:
        log.error("uploads: [uploads] scan could not be run: %s", error.strerror)
        return UNANSWERED
    try:
        async with asyncio.timeout(seconds):
            status = await process.wait()
    except TimeoutError:
        log.error("uploads: [uploads] scan took longer than %g seconds", seconds)
        return UNANSWERED
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if status == 0:
        return None
    log.warning("uploads: the scanner objected to %s (exit status %s)", path.name, status)
    return OBJECTED
