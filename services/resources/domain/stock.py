"""What a depot has of an item: it changes by movements only, each written down with the balance after it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from services.resources.domain.refusals import MoreThanFree, TooMany


class MovementKind(StrEnum):
    """Why the quantity changed."""

    OPENING = "opening"
    RECEIPT = "receipt"
    ISSUE = "issue"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    RETURN = "return"
    LOSS = "loss"
    COUNT = "count"
    EXPIRY = "expiry"


_SIGN = {
    MovementKind.OPENING: 1,
    MovementKind.RECEIPT: 1,
    MovementKind.ISSUE: -1,
    MovementKind.TRANSFER_OUT: -1,
    MovementKind.TRANSFER_IN: 1,
    MovementKind.RETURN: 1,
    MovementKind.LOSS: -1,
    MovementKind.EXPIRY: -1,
}
"""Whether it adds or takes; a count does what the difference to the books says."""
MOST = 1_000_000_000
"""Pieces of an item in one depot; a column holds twice as many."""


@dataclass(frozen=True)
class Balance:
    """What a depot has of an item, and how much of it is promised: 0 <= reserved <= quantity."""

    quantity: int = 0
    reserved: int = 0

    @property
    def free(self) -> int:
        """What nobody was promised."""
        return self.quantity - self.reserved


def balance_after(balance: Balance, kind: MovementKind, quantity: int) -> Balance:
    """The balance after a movement of ``quantity`` pieces, or a count that found so many.

    What is issued was promised before. Raises MoreThanFree for what would take promised pieces, TooMany above MOST.
    """
    if kind is MovementKind.ISSUE:
        return Balance(balance.quantity - quantity, balance.reserved - quantity)
    delta = quantity - balance.quantity if kind is MovementKind.COUNT else _SIGN[kind] * quantity
    if balance.free + delta < 0:
        raise MoreThanFree(-delta, balance.free)
    if balance.quantity + delta > MOST:
        raise TooMany(MOST)
    return replace(balance, quantity=balance.quantity + delta)
