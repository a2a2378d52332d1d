"""Rich text: what Slack's composer makes of what a person types, and what apps may send as well.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from tests.slack.objects import url
from tests.slack.schema import Check, flag, kinds, many, one_of, text, thing, whole

style = thing({}, {"bold": flag, "italic": flag, "strike": flag, "code": flag, "underline": flag})
_styled = {"style": style}
_part: Check = kinds(
    {
        "text": thing({"text": text(40_000)}, _styled),
        "link": thing({"url": url}, {**_styled, "text": text(3000), "unsafe": flag}),
        "emoji": thing({"name": text(100)}, {"unicode": text(100), "skin_tone": whole(1, 6), **_styled}),
        "user": thing({"user_id": text(255)}, _styled),
        "usergroup": thing({"usergroup_id": text(255)}, _styled),
        "channel": thing({"channel_id": text(255)}, _styled),
        "broadcast": thing({"range": one_of("here", "channel", "everyone")}, _styled),
        "color": thing({"value": text(20)}, _styled),
        "date": thing({"timestamp": whole(0, 9_999_999_999), "format": text(200)}, {"fallback": text(200), "url": url}),
    }
)
_parts = many(_part, 1000, 0)
_section = thing({"elements": _parts})

rich_text_element: Check = kinds(
    {
        "rich_text_section": _section,
        "rich_text_preformatted": thing({"elements": _parts}, {"border": whole(0, 1), "language": text(50)}),
        "rich_text_quote": thing({"elements": _parts}, {"border": whole(0, 1)}),
        "rich_text_list": thing(
            {"elements": many(kinds({"rich_text_section": _section}), 1000), "style": one_of("bullet", "ordered")},
            {"indent": whole(0, 8), "border": whole(0, 1), "offset": whole(0, 1000)},
        ),
    }
)
"""One element of a ``rich_text`` block."""
