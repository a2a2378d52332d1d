"""How number words and digits join into one number: "two hundred and fifty thousand", "3 1/2", "un million et demi".

A reader walks over tokens once. Where a joining turns out wrong ("one hundred and two hundred" is two numbers) it
goes back to the last mark, so the work stays linear.
"""

from fractions import Fraction
from typing import NamedTuple

from dialogs.language.number_tokens import Token, TokenRow
from dialogs.language.number_words import SHORT_SCALES, Kind
from dialogs.language.vocabulary import word_set
from dialogs.language.written_numbers import MAX_DIGITS, Exact

_MULTIPLIERS = (Kind.HUNDRED, Kind.SCALE, Kind.COLLECTIVE, Kind.VAGUE)
_NEEDS_A_COUNT = word_set("grand thou bil pair pairs par pares paire paires")
_BARE_HALVES = word_set(
    "half quarter medio media mitad demi demie moitie halb halbe halber halbes halfte viertel dreiviertel"
)
_FRENCH_HUNDREDS = (*range(1, 10), *range(11, 17))


class Sum(NamedTuple):
    """A number that was read from some tokens."""

    value: Exact
    end: int
    """The index of the first token behind it."""
    other: Exact | None = None
    factor: int = 1
    """The magnitude it ends with, as in 10 *thousand*."""
    rough: bool = False
    article: bool = False
    """Whether it is nothing but an article: ``ein``, ``une``."""
    part: bool = False
    """Whether it is nothing but a part: ``half``."""


def read_sum(row: TokenRow, at: int, barriers: frozenset[int] = frozenset()) -> Sum | None:
    """The number that begins at token ``at``, as long as it gets; it ends before ``barriers``."""
    return _Reading(row, at, barriers).run()


class _Reading:
    """One walk over the tokens of one number."""

    def __init__(self, row: TokenRow, at: int, barriers: frozenset[int]) -> None:
        self.row, self.begin, self.at, self.barriers = row, at, at, barriers
        self.total: Exact = 0
        self.block: Exact | None = None
        self.other: Exact | None = None
        self.floor = 0
        self.hundreds = self.spoken = self.closed = self.rough = self.article = self.part = False
        self.mark: tuple[int, Exact, Exact | None] | None = None

    @property
    def empty(self) -> bool:
        return self.block is None and self.floor == 0

    def run(self) -> Sum | None:
        row = self.row
        while self.at < len(row.tokens) and not self.closed:
            if self.at > self.begin and not row.joined(self.at):
                break
            taken = self._take(row.tokens[self.at])
            if not taken:
                break
            self.at += taken
        if self.empty or self._inside_a_word():
            return None
        value = self.total + (self.block or 0)
        factor = self.floor if self.block is None else 100 if self.hundreds else 1
        return Sum(value, self.at, self.other, factor, self.rough, self.article, self.part)

    def _inside_a_word(self) -> bool:
        tokens = self.row.tokens
        return self.at < len(tokens) and tokens[self.at].start == tokens[self.at - 1].start

    def _take(self, token: Token) -> int:
        """How many tokens were joined to the number at the present place; 0 where it ends."""
        if token.written is not None:
            return self._take_written(token, token.written)
        match token.kind:
            case Kind.SMALL:
                return self._take_small(token)
            case Kind.ARTICLE:
                return self._take_article(token)
            case Kind.HUNDRED:
                return self._take_hundred()
            case Kind.SCALE | Kind.LETTER:
                return self._take_scale(token)
            case Kind.COLLECTIVE:
                return self._take_collective(token)
            case Kind.VAGUE if self.block is not None:
                value = token.word.value if token.word else 0
                if value == 100:
                    return self._take_hundred()
                return self._take_scale(token) if value > 100 else self._take_collective(token)
            case Kind.PART:
                return self._take_part(token)
            case Kind.AND:
                return self._take_and()
            case Kind.POINT:
                return self._take_point()
            case Kind.OF:
                return self._take_of()
            case _:
                return 0

    def _take_written(self, token: Token, value: Exact) -> int:
        divided = self.row.divided(self.at)
        if divided is not None:
            if self.empty:
                self.block = divided
            elif isinstance(self.block, int) and not self.spoken and divided < 1:
                self.block += divided
            else:
                return 0
            return 2
        if self.block is not None or not (self.empty or value < self.floor):
            return 0
        self.mark = self.mark and (self.at, self.total, None)
        self.block, self.other, self.spoken = value, token.other, False
        return 1

    def _take_small(self, token: Token) -> int:
        value = token.word.value if token.word else 0
        if self.block is None:
            self.block, self.spoken = value, True
        elif self.spoken and _fits(self.block, value, self.row.language):
            self.block += value
            self.hundreds = False
        elif self.spoken and self.row.language == "fr" and self.block % 100 == 4 and value == 20:
            self.block += 76
        elif self._is_short_for_hundreds(value):
            self.block = self.block * 100 + value
        else:
            return 0
        self.rough |= bool(token.word and token.word.rough)
        return 1

    def _is_short_for_hundreds(self, value: Exact) -> bool:
        """Whether "two fifty" or "nineteen ninety" is being said."""
        return (
            self.spoken
            and self.row.language == "en"
            and self.floor == 0
            and self.block in (1, 2, 3, 4, 5, 6, 7, 8, 9, 19, 20)
            and 10 < value < 100
            and self.row.gap(self.at) == " "
        )

    def _take_article(self, token: Token) -> int:
        tokens, after = self.row.tokens, self.at + 1
        if self.block is not None:
            return self._take_small(token) if self.row.language != "en" else 0
        if not self.empty:
            return 0
        follower = tokens[after] if self.row.joined(after) else None
        kind = follower.kind if follower is not None else None
        if follower is not None and follower.word is not None:
            if kind in (*_MULTIPLIERS, Kind.PART) and kind is not Kind.VAGUE:
                self.block, self.spoken, self.article = 1, True, True
                step = self._take_next(follower)
                self.article = False
                return 1 + step if step else self._stop()
            if follower.word.rough or follower.text == "single":
                self.block, self.spoken, self.rough = follower.word.value, True, follower.word.rough
                return 2
        if self.row.language == "en":
            return 0
        self.block, self.spoken, self.article = 1, True, not (kind is Kind.POINT or kind is Kind.AND)
        self.closed = self.article
        return 1

    def _take_next(self, follower: Token) -> int:
        self.at += 1
        step = self._take(follower)
        self.at -= 1
        return step

    def _stop(self) -> int:
        self.block = None
        return 0

    def _take_hundred(self) -> int:
        if self.block is None:
            self.block = 100
        elif self.row.language == "fr" and self.spoken and self.block not in _FRENCH_HUNDREDS:
            return self._back()
        elif 0 < self.block < (100 if self.spoken else 1000):
            self.block *= 100
            self.hundreds = self.total == 0
            self.other = self.other and self.other * 100
        else:
            return self._back()
        self.spoken = True
        return 1

    def _take_scale(self, token: Token) -> int:
        scale = int(token.word.value) if token.word else 1
        short = token.text in SHORT_SCALES and not (token.text == "mil" and self.row.language in ("es", "fr"))
        gap = self.row.gap(self.at) if self.at > self.begin else ""
        if token.kind is Kind.LETTER and (gap or self.spoken or self.row.language != "en"):
            return 0
        if token.text == "t" and self.row.text[token.end : token.end + 1] == "€":
            return 0  # As on German balance sheets: T€ are thousands.
        if self.empty and (short or token.text in _NEEDS_A_COUNT):
            return 0
        if short and (gap == "-" or self.row.text[token.end : token.end + 1].isdigit()):
            return self._back()
        if not self._multiply(scale, short):
            return self._back()
        self.mark = (self.at + 1, self.total, None)
        self.closed = short
        return 1

    def _multiply(self, scale: int, short: bool) -> bool:
        """Close what was said so far with ``scale``, if that can be meant."""
        language = self.row.language
        if self.empty:
            self.total = scale
        elif self.floor == 0 and self.block is not None:
            self.block, self.other = _settled(self.block, self.other)
            self.total, self.other = self.block * scale, self.other and self.other * scale
        elif self.block is None and scale > self.floor and not short:
            self.total *= scale
        elif self.block is not None and scale < self.floor:
            self.total += self.block * scale
        elif self.block is not None and self.floor == 1000 < scale and language in ("es", "fr"):
            self.total = (self.total + self.block) * scale
        else:
            return False
        self.block, self.floor, self.spoken = None, scale, True
        return True

    def _take_collective(self, token: Token) -> int:
        size = token.word.value if token.word else 1
        if self.empty and (token.text in _NEEDS_A_COUNT or token.text.endswith("s")):
            return 0
        count = 1 if self.empty else self.total + (self.block or 0)
        self.total, self.block, self.floor = count * size, None, int(size)
        ahead = self.at + 1
        of = self.row.joined(ahead) and self.row.tokens[ahead].kind is Kind.OF
        if self.row.joined(ahead) and self._is_multiplier(ahead + of):
            self.total, self.block, self.floor, self.spoken = 0, self.total, 0, True
            return 1 + of
        self.closed = not (self.row.joined(ahead) and self.row.part(self.at + 2))
        return 1

    def _take_of(self) -> int:
        """ "A couple *of* hundred"."""
        return int(self.rough and self.floor == 0 and self._is_multiplier(self.at + 1))

    def _is_multiplier(self, at: int) -> bool:
        """Whether a magnitude stands at ``at``: hundred, thousands, milliers."""
        if not self.row.joined(at):
            return False
        word = self.row.tokens[at].word
        large = word is not None and word.value >= (100 if self.rough else 1000)
        return large and self.row.tokens[at].kind in _MULTIPLIERS

    def _take_part(self, token: Token) -> int:
        """A half, two thirds, zweieinhalb."""
        value = token.word.value if token.word else 1
        if self.empty:
            if token.text not in _BARE_HALVES:
                return 0
            self.block, self.part = value, True
        elif self.block is None or not isinstance(self.block, int):
            return 0
        elif value == Fraction(1, 2) and not self.article and "einhalb" in token.text:
            self.block += value
        elif self.block == 1 or token.text.endswith(("s", "tel")) or token.text == "quarter":
            self.block, self.part = self.block * value, True
        else:
            return 0
        return self._take_what_it_is_part_of()

    def _take_what_it_is_part_of(self) -> int:
        """Go on behind a part to the magnitude it is a part of: half *a million*."""
        tokens, ahead = self.row.tokens, self.at + 1
        while ahead < self.at + 4 and ahead < len(tokens) and self.row.joined(ahead):
            token = tokens[ahead]
            if token.kind in (Kind.HUNDRED, Kind.SCALE, Kind.COLLECTIVE) and len(token.text) > 2:
                self.part, self.spoken = False, True
                return ahead - self.at
            if token.kind not in (Kind.ARTICLE, Kind.OF) and token.text != "of":
                break
            ahead += 1
        self.closed = True
        return 1

    def _take_and(self) -> int:
        if self.empty or self.at in self.barriers or not self.row.joined(self.at + 1):
            return 0
        part = self.row.part(self.at + 1)
        if part is not None and part[0] < 1:
            if self.block is None:
                self.total += part[0] * self.floor
            else:
                self.block += part[0]
            return 1 + part[1]
        follower = self.row.tokens[self.at + 1]
        if follower.written is not None:
            return 1 if self.block is None and follower.written < self.floor else 0
        value = follower.word.value if follower.word and follower.kind in (Kind.SMALL, Kind.ARTICLE) else 0
        if not value or (self.block is not None and not self.spoken):
            return 0
        if self.row.language == "de" and self.block in range(1, 10) and value in range(20, 100, 10):
            self.block = self.block + value if self.block is not None else value
            return 2
        beyond = self.row.tokens[self.at + 2] if self.row.joined(self.at + 2) else None
        if self.block is not None and beyond is not None and beyond.kind is Kind.HUNDRED:
            return 0
        if not self._may_add(value):
            return 0
        self.mark = (self.at, self.total, self.block)
        return 1

    def _may_add(self, value: Exact) -> bool:
        """Whether "and" joins ``value`` in this language: "hundred and five", "treinta y uno", "vingt et un"."""
        language = self.row.language
        if self.block is None:
            return value < self.floor
        tens = self.block % 100 != 0
        if language == "fr":
            return tens and value in (1, 11) and _fits(self.block, value, "fr")
        return _fits(self.block, value, language) and (tens or language != "es")

    def _take_point(self) -> int:
        """The decimals behind "point"."""
        decimals, ahead = "", self.at + 1
        tokens = self.row.tokens
        while ahead < len(tokens) and self.row.joined(ahead) and len(decimals) < MAX_DIGITS:
            token = tokens[ahead]
            if token.written is not None and token.text.isdigit():
                decimals += token.text
            elif token.word is not None and token.word.kind is Kind.SMALL and token.word.value < 100:
                joins = decimals.endswith("0") and len(decimals) > 1 and 0 < token.word.value < 10
                decimals = decimals[: -1 if joins else None] + str(token.word.value)
            else:
                break
            ahead += 1
        if not decimals or not isinstance(self.block or 0, int) or (self.block is None and self.floor):
            return 0
        self.block = (self.block or 0) + Fraction(int(decimals), 10 ** len(decimals))
        self.spoken = True
        return ahead - self.at

    def _back(self) -> int:
        """Give back what was joined since the last mark; the number ends there."""
        if self.mark is not None:
            self.at, self.total, self.block = self.mark
        self.closed = True
        return 0


def _settled(block: Exact, other: Exact | None) -> tuple[Exact, Exact | None]:
    """Before a magnitude a doubtful separator begins decimals: 1.234 million. Only 5.000 million stays doubtful."""
    if other is None:
        return block, None
    low, high = min(block, other), max(block, other)
    return low, high if isinstance(low, int) else None


def _fits(block: Exact, value: Exact, language: str) -> bool:
    """Whether ``value`` may be said behind ``block``: five behind twenty, not twelve."""
    if not isinstance(block, int) or value <= 0:
        return False
    if language == "fr" and 10 <= value < 20 and block % 100 in (60, 80):
        return True
    if value < 10:
        if block % 100 == 10:
            return value > 5 if language == "es" else value > 6 and language == "fr"
        return block % 10 == 0
    return value < 100 and block % 100 == 0
