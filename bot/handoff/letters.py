"""Mails about leads: the same facts that every target shows, as text and as HTML.

What a visitor typed stays in its line: it cannot add a header, a row or a tag, and is bounded.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from bot.desk.contract import DeskView
from bot.handoff.announcement import Announcement, Line, announcement
from bot.settings.outside import Mailbox
from bot.visible import visible

CARD = "card"
"""Key of the first alert."""
_SUBJECT_MOST = 120
_LINE_MOST = 1000
_LINES_MOST = 80
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{subject}</title></head>
<body style="margin:0;padding:16px;font:15px/1.5 system-ui,sans-serif;color:#1c1c1e;background:#ffffff">
<h1 style="font-size:18px;margin:0 0 8px">{title}</h1>
{opening}{button}{facts}<p style="color:#6b6b70;font-size:13px">{closing}</p>
</body></html>
"""
_BUTTON = (
    '<p><a href="{link}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#1f5fd0;'
    'color:#ffffff;text-decoration:none">{label}</a></p>\n'
)
_ROW = (
    '<tr><th style="text-align:left;vertical-align:top;padding:2px 14px 2px 0;font-weight:600">{label}</th>'
    '<td style="padding:2px 0">{text}</td></tr>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail that is to be written."""

    key: str
    """The post it becomes."""
    to: Mailbox
    opening: tuple[str, ...] = ()
    """Sentences before the facts."""
    link: str | None = None
    """Where the lead can be taken."""
    full: bool = True
    """With everything that is known about the lead; otherwise its name alone."""
    prefix: str = ""
    """What the subject begins with."""
    digest: str = ""
    """What the post is to remember of it."""
    answers_alert: bool = False
    """Whether the same person has the alert, to which this belongs."""

    @property
    def name(self) -> str:
        """Tells it from other mails to the same person about the same handoff."""
        return CARD if self.key.startswith(f"{CARD}:") else self.key


def write(letter: Letter, view: DeskView, sender: Mailbox, redact: Callable[[str], str]) -> EmailMessage:
    """The mail. Answering it writes to the visitor, where their address is known and all is told about them."""
    said = announcement(view).each(lambda text: one_line(redact(text[:_LINE_MOST])))
    # Only words of ours and what has been made to stay in its line go on from here.
    who = " ".join(filter(None, (said.title, one_line(f"({view.lead.company})") if view.lead.company else "")))
    subject = subject_of(f"{letter.prefix}{who}")
    opening = tuple(map(one_line, letter.opening))
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender)
    message["To"] = _address(letter.to)
    message["Subject"] = subject
    message["Date"] = format_datetime(view.at)
    message["Message-ID"] = message_id(view, letter.name, letter.to, sender)
    if letter.answers_alert:
        message["In-Reply-To"] = message["References"] = message_id(view, CARD, letter.to, sender)
    if letter.full and (reply_to := _visitor(view)):
        message["Reply-To"] = Address(addr_spec=reply_to)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(letter, said, who, opening))
    message.add_alternative(_html(letter, said, who, subject, opening), subtype="html")
    return message


def message_id(view: DeskView, name: str, to: Mailbox, sender: Mailbox) -> str:
    """Names a mail: the same whenever it is sent again."""
    name = hashlib.sha256("\n".join((view.lead.id, view.id, name, to.address)).encode()).hexdigest()[:40]
    return f"<{name}@{sender.address.rpartition('@')[2]}>"


def subject_of(text: str) -> str:
    """A subject: one line, bounded, in which nothing reads as an encoded word (RFC 2047) that hides another line."""
    line = one_line(text).replace("=?", "= ?")
    return line if len(line) <= _SUBJECT_MOST else line[: _SUBJECT_MOST - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """A text in one line, with what cannot be seen written out."""
    return visible(" ".join(text.split()))


def _text(letter: Letter, said: Announcement, who: str, opening: tuple[str, ...]) -> str:
    lines = [who, *opening]
    if letter.link is not None:
        lines += ["", "Take it:", letter.link]
    if letter.full:
        for paragraph in said.paragraphs:
            lines.append("")
            lines += [f"{line.label + ': ' if line.label else '  '}{line.text}" for line in paragraph[:_LINES_MOST]]
    return "\n".join((*lines, "", _closing(letter, said), ""))


def _html(letter: Letter, said: Announcement, who: str, subject: str, opening: tuple[str, ...]) -> str:
    tables = []
    for paragraph in said.paragraphs if letter.full else ():
        rows = "".join(_ROW.format(label=escape(line.label), text=_linked(line)) for line in paragraph[:_LINES_MOST])
        tables.append(f'<table style="border-collapse:collapse;margin:0 0 12px">\n{rows}</table>\n')
    return _PAGE.format(
        subject=escape(subject),
        title=escape(who),
        opening="".join(f"<p>{escape(one)}</p>\n" for one in opening),
        button=_BUTTON.format(link=escape(letter.link), label="Take this lead") if letter.link else "",
        facts="".join(tables),
        closing=escape(_closing(letter, said)),
    )


def _linked(line: Line) -> str:
    return f'<a href="{escape(line.url)}">{escape(line.text)}</a>' if line.url else escape(line.text)


def _closing(letter: Letter, said: Announcement) -> str:
    more = f"More: {said.command}"
    return f"The link is meant for {letter.to.address} and works for 30 days. {more}" if letter.link else more


def _visitor(view: DeskView) -> str | None:
    """The visitor's address, if it is one that can stand in a header."""
    from email_validator import EmailNotValidError, validate_email

    for kind, value in view.lead.contacts:
        if kind == "email":
            try:
                return validate_email(value, check_deliverability=False, globally_deliverable=False).ascii_email
            except EmailNotValidError:
                continue
    return None


def _address(mailbox: Mailbox) -> Address:
    return Address(display_name=one_line(mailbox.name), addr_spec=mailbox.address)
