"""What a channel cannot show: too many buttons under one message, too long a label, too long a text, a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dialogs.checking.contents import texts_of
from dialogs.checking.usage import acts_used, all_conditions
from dialogs.loading.cursor import shortened
from dialogs.loading.problems import Report
from dialogs.script import AskStep, Magnet, Place, SayStep, Script
from dialogs.texts import Text


class Limits(Protocol):
    """What a channel can show."""

    @property
    def buttons(self) -> int:
        """Most quick replies under one message; 0 where there are no buttons."""
        ...

    @property
    def label_characters(self) -> int:
        """Longest label of a button that is not cut."""
        ...

    @property
    def list_above(self) -> int | None:
        """Choices above which they are rows of a list that opens; None where there are no lists."""
        ...

    @property
    def list_label_characters(self) -> int:
        """Longest label of a row that is not cut."""
        ...

    @property
    def text_characters(self) -> int:
        """Longest text of one message; what is longer is shown in several."""
        ...

    @property
    def files(self) -> bool:
        """Whether a file itself can be sent; else its link is."""
        ...

    @property
    def sees_opening(self) -> bool:
        """Whether it is seen that somebody opened a file."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLimits:
    """What a channel can show."""

    buttons: int
    label_characters: int
    text_characters: int = 10_000
    files: bool = True
    list_above: int | None = None
    list_label_characters: int = 0
    sees_opening: bool = True


class _Buttons(NamedTuple):
    """What stands under one message."""

    place: Place
    labels: tuple[tuple[Place, str], ...]
    """The longest wording of each, with its place."""


def check_buttons(script: Script, channels: Mapping[str, Limits], report: Report) -> None:
    """Warn of buttons that some channel cuts or leaves out."""
    for step in script.steps.values():
        if isinstance(step, SayStep) and step.choices and all(choice.when is not None for choice in step.choices):
            message = "every choice has a condition; a visitor for whom none of them holds sees no button"
            report.warn(step.place, f"{message}; leave one without")
    for buttons in _buttons_of(script):
        for name, limits in channels.items():
            if not limits.buttons:
                continue  # There the choices are written out.
            if len(buttons.labels) > limits.buttons:
                message = f"{len(buttons.labels)} buttons, but {name} shows {limits.buttons} at most; offer fewer"
                report.warn(buttons.place, message)
        for place, label in buttons.labels:
            tight = {name: _label_most(one, len(buttons.labels)) for name, one in channels.items() if one.buttons}
            cut = [f"{name} shows {most}" for name, most in tight.items() if len(label) > most]
            if cut:
                message = f'the label "{shortened(label)}" has {len(label)} characters, but {" and ".join(cut)}'
                report.warn(place, f"{message}; shorten it")


def check_sizes(script: Script, channels: Mapping[str, Limits], report: Report) -> None:
    """Warn of texts that some channel shows in several messages, and of magnets that it cannot send."""
    for placed in texts_of(script):
        characters = len(longest(placed.text))
        split = {name: one.text_characters for name, one in channels.items() if characters > one.text_characters}
        for name, most in split.items():
            message = f"this text has {characters:,} characters, but {name} shows {most:,} in one message"
            report.warn(placed.place, f"{message}; what is longer is split")
    for magnet in script.magnets.values():
        without = [name for name, one in channels.items() if not one.files]
        if magnet.kind == "file" and without:
            report.warn(magnet.place, f"{' and '.join(without)} cannot send files; visitors there get a link")


def check_openings(script: Script, channels: Mapping[str, Limits], report: Report) -> None:
    """Warn of what depends on a file's being opened where that is not seen."""
    blind = " and ".join(name for name, one in channels.items() if one.files and not one.sees_opening)
    sent = {f"{key}.opened": key for key, one in script.magnets.items() if _is_sent_as_file(one)} if blind else {}
    for place, act in acts_used(script, all_conditions(script)):
        if key := sent.get(act):
            cure = f'have a link sent there by "in_messengers: link" at the magnet, or count "{key}.given"'
            report.warn(place, f'{blind} cannot see that the file "{key}" is opened; {cure}')


def _is_sent_as_file(magnet: Magnet) -> bool:
    return magnet.kind == "file" and magnet.options.get("in_messengers", "file") == "file"


def _label_most(limits: Limits, choices: int) -> int:
    """Longest label of one of so many choices."""
    is_list = limits.list_above is not None and choices > limits.list_above
    return limits.list_label_characters if is_list else limits.label_characters


def _buttons_of(script: Script) -> Iterator[_Buttons]:
    for step in script.steps.values():
        if isinstance(step, SayStep) and step.choices:
            yield _Buttons(step.place, tuple((choice.place, longest(choice.label)) for choice in step.choices))
    asked = {step.field for step in script.steps.values() if isinstance(step, AskStep)}
    for name, field in script.fields.items():
        if name not in asked:
            continue
        wordings = [field.type.input(field.options, language).options for language in script.languages]
        labels = [max((option.label for option in same), key=len) for same in zip(*wordings, strict=True)]
        if labels:
            yield _Buttons(field.place, tuple((field.place, label) for label in labels))


def longest(text: Text) -> str:
    """The longest wording of a text in any language, not counting what is filled in."""
    return max(("".join(template.pieces) for template in text.by_language.values()), key=len)
