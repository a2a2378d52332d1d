"""Every kind of lead magnet: one file and one line each."""

from pydantic import BaseModel

from bot.magnets.code import CodeMagnet
from bot.magnets.event import EventMagnet
from bot.magnets.file import FileMagnet
from bot.magnets.link import LinkMagnet
from bot.ports import LeadMagnet

MAGNETS: dict[str, LeadMagnet] = {
    "file": FileMagnet(),
    "code": CodeMagnet(),
    "link": LinkMagnet(),
    "event": EventMagnet(),
}
"""By the word in scripts: ``kind: file``."""

MAGNET_OPTIONS: dict[str, type[BaseModel]] = {kind: magnet.options for kind, magnet in MAGNETS.items()}
"""What a script may say about a magnet of each kind; the script loader checks by it."""
