"""How rooms of this folder write their word lists: one readable line, parted by spaces."""


def words(line: str) -> tuple[str, ...]:
    """The words of ``line``."""
    return tuple(line.split())


def word_set(line: str) -> frozenset[str]:
    """The words of ``line``, to look up in."""
    return frozenset(line.split())
