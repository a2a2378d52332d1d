"""A text as a row of digit runs and words, each with what it does to a number."""

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from dialogs.language.number_words import Kind, Word, look_up
from dialogs.language.written_numbers import MAX_DIGITS, Exact, read_written

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?(?!\d)|\d+(?:[.,'_]\d+)*|(?<![\w.,])[.,]\d+)"
    r"(?:e(?P<exponent>[+-]?\d{1,2})(?!\w)|\^(?P<power>[+-]?\d{1,2})(?!\w))?"
    r"|[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+"
)
_MOST_TOKENS = 400


class Token(NamedTuple):
    """A run of digits or a word of the text, and what it does to a number."""

    text: str
    start: int
    end: int
    written: Exact | None = None
    """Its value, where it is digits."""
    other: Exact | None = None
    word: Word | None = None

    @property
    def kind(self) -> Kind | None:
        """What it does, where it is a number word."""
        return self.word.kind if self.word is not None else None

    @property
    def counts(self) -> bool:
        """Whether it may be part of a number."""
        return self.written is not None or self.word is not None


def tokens_of(text: str, language: str, region: str | None = None, without: Collection[str] = ()) -> list[Token]:
    """The words and digit runs of ``text`` (see ``plain_digits``); those in ``without`` count as no number words."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        if len(tokens) > _MOST_TOKENS:
            break
        digits = match["digits"]
        if digits is not None:
            tokens.append(_written_token(match, digits, language, region))
            continue
        deeds = () if match.group() in without else look_up(match.group(), language)
        for deed in deeds or (None,):
            tokens.append(Token(match.group(), match.start(), match.end(), word=deed))  # noqa: PERF401
    return tokens


def _written_token(match: re.Match[str], digits: str, language: str, region: str | None) -> Token:
    written = read_written(digits, language, region)
    place = (match.group(), match.start(), match.end())
    if written is None:
        return Token(*place)
    value, other = written
    if match["exponent"] is not None:
        value, other = value * Fraction(10) ** int(match["exponent"]), None
    elif match["power"] is not None:
        if len(digits) > MAX_DIGITS // 3 or value == 0:
            return Token(*place)
        value, other = Fraction(value) ** int(match["power"]), None
    return Token(*place, written=value, other=other)


class TokenRow:
    """The tokens of one text, and how they stand to each other."""

    def __init__(self, text: str, tokens: Sequence[Token], language: str) -> None:
        """A row of ``tokens`` of ``text``."""
        self.text = text
        self.tokens = tokens
        self.language = language

    def gap(self, at: int) -> str:
        """What stands between token ``at`` and the one before it."""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start]

    def joined(self, at: int) -> bool:
        """Whether token ``at`` stands close enough behind the last one to belong to the same number."""
        if at >= len(self.tokens):
            return False
        if self.tokens[at].start == self.tokens[at - 1].start:
            return True
        gap = self.gap(at)
        return gap in ("", " ") or (gap == "-" and self.tokens[at].written is None)

    def part(self, at: int) -> tuple[Exact, int] | None:
        """A part that stands at ``at`` with its count: "a half", "three quarters", "1/2"; and how many tokens."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if token.word is not None and token.word.kind is Kind.PART:
            return token.word.value, 1
        if token.written is not None and (divided := self.divided(at)) is not None:
            return divided, 2
        follower = self.tokens[at + 1] if self.joined(at + 1) else None
        if follower is None or follower.word is None or follower.word.kind is not Kind.PART:
            return None
        if token.kind is Kind.ARTICLE:
            return follower.word.value, 2
        count = token.written
        if token.word is not None and token.word.kind is Kind.SMALL:
            count = token.word.value
        return (count * follower.word.value, 2) if count is not None and count < 100 else None

    def divided(self, at: int) -> Fraction | None:
        """The value of digits, a slash and digits at ``at``."""
        if at + 1 >= len(self.tokens):
            return None
        above, below = self.tokens[at].written, self.tokens[at + 1].written
        if (
            above is None
            or not below
            or self.gap(at + 1).strip() != "/"
            or self.text[self.tokens[at + 1].end :][:1] == "/"
        ):
            return None
        return Fraction(above) / below
