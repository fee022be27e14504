"""What a node offers unasked (物资支援): never more than the plan's share, never what its own area keeps."""

from dataclasses import dataclass
from math import ceil, floor

from contracts.plan.mutual_aid import MaterialLending


@dataclass(frozen=True)
class Stand:
    """One item at a node: what is in its depots, free of it, and lent, offered or on its way to others.

    ``lent`` counts what is promised or offered and still in the depots (``lent_here``) and what has left them.
    """

    here: int
    free: int
    lent_here: int
    lent_away: int


def lendable(quantity: int, stand: Stand, rule: MaterialLending) -> int:
    """How many of ``quantity`` pieces the plan offers without a person; 0 where it says nothing, so a person decides."""
    if rule.share is None or rule.keep_share is None:
        return 0
    total = stand.here + stand.lent_away
    by_share = floor(total * rule.share) - stand.lent_here - stand.lent_away
    return max(0, min(quantity, by_share, stand.free - ceil(total * rule.keep_share)))
