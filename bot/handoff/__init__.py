"""Every way to pass a lead to people: one file and one line each."""

from bot.desk.contract import HandoffTarget
from bot.handoff.terminal import TerminalTarget

HANDOFF_TARGETS: dict[str, type[HandoffTarget]] = {
    "terminal": TerminalTarget,
}
"""By the name that routing in the configuration uses; the composition root constructs them."""
