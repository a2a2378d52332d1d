"""Every way to pass a lead to people: one file and one line each."""

from bot.handoff.terminal import TerminalTarget
from bot.ports import HandoffTarget

HANDOFF_TARGETS: dict[str, type[HandoffTarget]] = {
    "terminal": TerminalTarget,
}
"""By the name that routing in the configuration uses; the composition root constructs them."""
