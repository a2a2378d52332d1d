"""The page of one lead, as HTML: what everybody is told about it, and buttons for whoever may act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot.desk.contract import Colleague, DeskView, Person
from bot.handoff.announcement import announcement
from bot.visible import visible
from dialogs.desk.acts import Verdict
from dialogs.desk.standing import Desk, Phase

_LINE_MOST = 2000
_PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex, nofollow">
  <title>{title}</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/desk.css">
</head>
<body>
<main>
<h1>{title}</h1>
{told}{standing}{forms}{facts}</main>
</body>
</html>
"""
_FORM = '<form method="post"><input type="hidden" name="once" value="{once}">\n{fields}{buttons}</form>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who looks, and what they are to be told."""

    colleagues: Sequence[Colleague] = ()
    me: Person | None = None
    """None where several may have come by this link, and have not said who they are."""
    once: str = ""
    """Goes back with the next button that is pressed."""
    told: tuple[str, ...] = ()


def page(view: DeskView, standing: Standing) -> str:
    """The page. Whatever a visitor typed is text in it."""
    said = announcement(view)
    mine = _is_mine(view.desk, standing)
    return _PAGE.format(
        title=_text(said.title),
        told="".join(f'<p class="told" role="alert">{_text(one)}</p>\n' for one in standing.told),
        standing=f'<p class="standing" role="status">{_text(_stands(view.desk, mine=mine))}</p>\n',
        forms=_forms(view.desk, standing, mine=mine),
        facts="".join(_paragraph((line.label, line.text) for line in lines) for lines in said.paragraphs),
    )


def _is_mine(desk: Desk, standing: Standing) -> bool:
    me = standing.me
    if me is None or desk.rep is None:
        return False
    known = {one.rep.key for one in standing.colleagues if one.ids.get(me.target) == me.id}
    return desk.rep.key in (known or {f"{me.target}:{me.id}"})


def _stands(desk: Desk, *, mine: bool) -> str:
    """Whose it is, in a sentence."""
    if desk.phase is Phase.CLOSED:
        return "This one is closed."
    if mine:
        if desk.until is None or desk.verdict is Verdict.ACCEPTED:
            return "You have it."
        return f"You have it. If you do not get in touch by {desk.until:%H:%M %Z}, others are asked."
    if desk.rep is not None:
        return f"{desk.rep.name} has it."
    if desk.phase is Phase.OFFERED and desk.offered_to is not None:
        return f"{desk.offered_to.name} is asked first. Nobody has it yet."
    return "Nobody has it yet."


def _forms(desk: Desk, standing: Standing, *, mine: bool) -> str:
    if desk.phase is Phase.CLOSED:
        return ""
    if mine:
        buttons = "" if desk.until is None else _button("accept", "I am on it")
        return _form(standing, _whoever(standing), buttons + _button("release", "Give it back", "plain"))
    if desk.rep is not None:
        return ""
    asking = _whoever(standing) if standing.me is not None else _who_are_you(standing.colleagues)
    return _form(standing, asking, _button("claim", "Take this lead"))


def _form(standing: Standing, fields: str, buttons: str) -> str:
    return _FORM.format(once=escape(standing.once), fields=fields, buttons=buttons)


def _button(do: str, label: str, kind: str = "main") -> str:
    return f'<button name="do" value="{do}" class="{kind}">{label}</button>\n'


def _whoever(standing: Standing) -> str:
    """Who has said who they are need not say it again."""
    me = standing.me
    if me is None:
        return ""
    key = next((one.rep.key for one in standing.colleagues if one.ids.get(me.target) == me.id), "")
    return (
        f'<input type="hidden" name="who" value="{escape(key)}">'
        f'<input type="hidden" name="name" value="{escape(me.name)}">\n'
    )


def _who_are_you(colleagues: Sequence[Colleague]) -> str:
    named = [(one.rep.key, one.rep.name) for one in colleagues if "email" in one.ids]
    options = "".join(f'<option value="{escape(key)}">{_text(name)}</option>' for key, name in named)
    choice = (
        f'<label>Who are you? <select name="who"><option value="">Somebody else</option>{options}</select></label>\n'
        if named
        else ""
    )
    return (
        f'{choice}<label>Your name, as the visitor sees it <input name="name" maxlength="80" '
        f'autocomplete="name"></label>\n'
    )


def _paragraph(lines: Iterator[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{_text(label)}</dt><dd>{_text(text)}</dd></div>\n" for label, text in lines)
    return f"<dl>\n{rows}</dl>\n"


def _text(text: str) -> str:
    """A text that stands in its place in the page."""
    return escape(visible(" ".join(text[:_LINE_MOST].split())))
