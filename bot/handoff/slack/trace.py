"""Why a lead came to whom it came: what routing wrote down, as people read it."""

from bot.desk.contract import DeskView
from bot.slack.kit import Block, context
from bot.slack.mrkdwn import moment, short
from bot.slack.rich import bullets, paragraph, rich, words

_SENTENCES_MOST = 60
_EACH_MOST = 300


def trace(view: DeskView) -> list[Block]:
    """The rule that matched, everybody who was considered, and what happened since."""
    plan = view.desk.plan
    rule = f'Rule "{plan.route}" matched.' if plan.route else "There are no routing rules: everybody may take it."
    items = [[words(short(sentence, _EACH_MOST))] for sentence in plan.trace[:_SENTENCES_MOST]]
    if len(plan.trace) > _SENTENCES_MOST:
        items.append([words(f"… {len(plan.trace) - _SENTENCES_MOST} more", italic=True)])
    parts = [paragraph([words(rule, bold=True)]), *([bullets(items)] if items else [])]
    return [rich(parts, block_id="trace"), *history(view)]


def history(view: DeskView) -> list[Block]:
    """The newest lines of what happened to it."""
    lines = []
    for entry in view.desk.entries:
        by = f" by {entry.by}" if entry.by else ""
        text = f": {short(entry.text, _EACH_MOST)}" if entry.text else ""
        lines.append([
            {"type": "date", "timestamp": int(entry.at.timestamp()), "format": "{date_short_pretty} {time_secs}",
             "fallback": f"{entry.at:%Y-%m-%d %H:%M:%S} UTC"},
            words(f"  {entry.what.replace('_', ' ')}{by}{text}"),
        ])  # fmt: skip
    if not lines:
        return [context(f"Came up {moment(view.desk.at)}.", block_id="history")]
    return [rich([paragraph([words("What happened since", bold=True)]), bullets(lines)], block_id="history")]
