"""Every way to pass a lead to people: one file and one line each."""

from bot.desk.contract import HandoffTarget
from bot.handoff.email import EmailTarget
from bot.handoff.slack.target import SlackTarget
from bot.handoff.terminal import TerminalTarget
from bot.handoff.webhook import WebhookTarget

HANDOFF_TARGETS: dict[str, type[HandoffTarget]] = {
    "terminal": TerminalTarget,
    "slack": SlackTarget,
    "email": EmailTarget,
    "webhook": WebhookTarget,
}
"""By the name that routing in the configuration uses; the composition root constructs them."""
