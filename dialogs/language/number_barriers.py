"""Where "and" parts two numbers and does not join them: "between one hundred and two hundred"."""

from dialogs.language.number_grammar import read_sum
from dialogs.language.number_tokens import TokenRow
from dialogs.language.number_words import Kind
from dialogs.language.vocabulary import word_set

_BETWEEN = word_set("between zwischen entre")


def find_barriers(row: TokenRow) -> frozenset[int]:
    """The "and" of "between one hundred and two hundred": it parts two numbers, it does not join them."""
    found: set[int] = set()
    for at, token in enumerate(row.tokens):
        if token.text in _BETWEEN:
            end = at + 1
            while end < len(row.tokens) and row.tokens[end].counts:
                end += 1
            found.update(_splitting(row, at + 1, min(end, at + 40)))
    return frozenset(found)


def _splitting(row: TokenRow, begin: int, end: int) -> set[int]:
    joints = [at for at in range(begin + 1, end - 1) if row.tokens[at].kind is Kind.AND]
    if len(joints) <= 1:
        return set(joints)
    for joint in joints:
        low, high = (
            read_sum(TokenRow(row.text, row.tokens[first:last], row.language), 0)
            for first, last in ((begin, joint), (joint + 1, end))
        )
        if low and high and low.end == joint - begin and high.end == end - joint - 1 and low.value < high.value:
            return {joint}
    return set()
