"""What a word or phrase does to a yes or a no."""

from enum import IntEnum, auto


class Mark(IntEnum):
    """What a word or phrase does to the yes or no of the clause it stands in. The numbers mean nothing."""

    YES = auto()
    """Says yes by itself."""
    SURE = auto()
    """Says yes by itself, and turns to a firm no before a "not"."""
    NO = auto()
    """Says no by itself."""
    WANTED = auto()
    """A yes to doing something; contradicts a "no"."""
    TRUE = auto()
    """A yes to something being so; contradicts a "no"."""
    OKAY = auto()
    """A yes only where nothing else is said: "Okay, no thanks" is a no."""
    PLEASED = auto()
    """A yes that may also follow a no: "No, that's perfect"."""
    MILD = auto()
    """A yes, but not one to build a consent on."""
    SHORT = auto()
    """A yes where it is the whole clause: "I do"."""
    GOOD = auto()
    """A word of approval; counts only where every word of the clause is known."""
    RIGHT = auto()
    """The same for truth: "correct"."""
    BAD = auto()
    """A word of disapproval; counts like GOOD."""
    FALSE = auto()
    """The same for truth: "wrong"."""
    REFUSED = auto()
    """A no: "not really"."""
    DONE = auto()
    """A no to anything more, nothing else: "I'm good", "that's all"."""
    NOT = auto()
    """Turns round what stands with it."""
    UNSURE = auto()
    """Takes back whatever yes or no stands near it."""
    LATER = auto()
    """Takes back a yes, but not a no."""
    PLEASE = auto()
    """A yes only where it is all that is said."""
    OPENING = auto()
    """Stands before or after an answer without changing it."""
    YOU = auto()
    """Speaks of the one who asked: only what is said about truth counts beside it, not praise."""
    FUNCTION = auto()
    """A small word that an answer may be built with."""
    ASKING = auto()
    """Begins a question."""
    IDIOM = auto()
    """Holds a word that would mislead; says nothing."""
    OTHER = auto()
    """Any other word."""
