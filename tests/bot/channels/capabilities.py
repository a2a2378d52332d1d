"""Channels as they may be: the roomy, the narrow, the bare."""

from bot.channels.contract import Capabilities

ROOMY = Capabilities(
    name="roomy", title="Roomy", buttons=100, label_characters=64, text_characters=4096, counts_utf16=True,
    edits=True, typing=True, shares_contact=True, shares_location=True, formatting=True,
)  # fmt: skip
NARROW = Capabilities(
    name="narrow", title="Narrow", buttons=3, label_characters=20, text_characters=300, caption_characters=60,
    link_buttons=False, window_hours=24,
)  # fmt: skip
BARE = Capabilities(
    name="bare", title="Bare", buttons=0, label_characters=0, text_characters=160, counts_utf16=True, files=False,
    pictures=False, link_buttons=False,
)  # fmt: skip
NAMING = Capabilities(name="naming", title="Naming", buttons=5, label_characters=75, text_characters=3000, names=True)
ALL = (ROOMY, NARROW, BARE, NAMING)
