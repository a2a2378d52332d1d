"""A small shop for ladders, in which visitors meet a person."""

from pathlib import Path

SCRIPT = """
dialog: ladders
title: Ladders, and how to choose one
description: Finds the right ladder.
language: en
languages: [en, de]
persona: {name: Mia Winter}
fields:
  email: {type: email, label: E-mail}
  height: {type: choice, label: Height, options: {low: Up to 3 m, high: Higher}}
steps:
  - say: Hi, I'm Mia. Let us find the right ladder for you.
  - ask: email
    text: Where shall I send our catalogue?
  - ask: height
    text: How high does it have to reach?
  - end: Thank you! It is on its way.
handoff:
  - {when: height == "high", to: sales, because: Wants a high one}
"""

FACE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="#f3c9a5"/>
<rect width="80" height="80" fill="#7fb6c9"/><path d="M12 80c0-20 12-28 28-28s28 8 28 28Z" fill="#334b68"/>
<path d="M22 36c0-18 8-26 18-26s18 8 18 26l-2 16H24Z" fill="#5b3a29"/>
<ellipse cx="40" cy="34" rx="13" ry="16" fill="#f1c7a3"/>
<path d="M26 30c4-10 20-10 28 0-1-14-8-18-14-18s-13 4-14 18Z" fill="#5b3a29"/></svg>"""


def dialogs_folder(base: Path) -> Path:
    """A scripts' folder with the script, and a face."""
    folder = base / "dialogs"
    (folder / "pictures").mkdir(parents=True)
    (folder / "ladders.yaml").write_text(SCRIPT, "utf-8")
    (folder / "pictures" / "anna.svg").write_text(FACE, "utf-8")
    return folder
