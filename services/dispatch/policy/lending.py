"""What a node lends unasked (增援): never more than the plan's share, never what its own area needs."""

from dataclasses import dataclass
from math import floor

from contracts.plan.mutual_aid import Lending


@dataclass(frozen=True)
class Stand:
    """The teams of a node with one capability: all in service, those idle, those lent already."""

    able: int
    idle: int
    lent: int


def lendable(count: int, stand: Stand, rule: Lending) -> int:
    """How many of ``count`` teams the plan lends without a person; 0 where it says nothing, so a person decides."""
    if rule.share is None or rule.keep_teams is None:
        return 0
    by_share = floor(stand.able * rule.share) - stand.lent
    return max(0, min(count, by_share, stand.idle - rule.keep_teams))
