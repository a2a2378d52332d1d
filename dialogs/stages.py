"""How far a lead has come, and who may say so."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a lead stands. The bot promotes as far as MQL; what comes after is said by a person.

    ``SALES_QUALIFIED`` is spelled out: its usual abbreviation means a query language here.
    """

    COLD = "cold"
    WARM = "warm"
    MQL = "mql"
    SALES_ACCEPTED = "sales_accepted"
    SALES_QUALIFIED = "sales_qualified"
    CUSTOMER = "customer"
    DISQUALIFIED = "disqualified"

    @property
    def rank(self) -> int:
        """Its place on the way, 0 for cold; disqualified stands before everything (-1)."""
        return _RANKS[self]

    @property
    def is_said_by_people(self) -> bool:
        """Whether only a person's word moves a lead here or away from here."""
        return self.rank > Stage.MQL.rank


_RANKS = {
    Stage.DISQUALIFIED: -1,
    Stage.COLD: 0,
    Stage.WARM: 1,
    Stage.MQL: 2,
    Stage.SALES_ACCEPTED: 3,
    Stage.SALES_QUALIFIED: 4,
    Stage.CUSTOMER: 5,
}
