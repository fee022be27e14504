"""Who commands an incident and whether it is over, when several nodes say so: the same at every node and service.

A node writes only its own topics, so the envelope's jurisdiction is who speaks (ADR 0015). Levels are those of
突发事件应对法 arts 16-18: the origin acts first (属地管理), the levels above it may take the lead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from contracts.plan import Plan
from contracts.plan.jurisdiction import LEVELS


@dataclass(frozen=True)
class Stamp:
    """Which change of a value that several nodes may set this is: the how many-th, and by which node.

    ``by_person``: a grade given by a person. Which of two stamps holds says ``holds_over``.
    """

    revision: int = 0
    node: str = ""
    by_person: bool = False

    def following(self, node: str, by_person: bool = False) -> "Stamp":
        """The stamp of the next change, made at ``node``."""
        return Stamp(self.revision + 1, node, by_person)


UNSTAMPED = Stamp()


def stamp_of(known: Stamp, revision: int, writer: str, by_person: bool = False) -> Stamp:
    """The stamp of what another node says; an older program does not count, its word follows what is known."""
    return Stamp(revision, writer, by_person) if revision else known.following(writer, by_person)


def holds_over(challenger: Stamp, standing: Stamp, plan: Plan) -> bool:
    """Whether the challenger's value replaces the standing one; the same at every node, whatever came first.

    Who knew of more changes holds; of two that did not know of each other a person's grade holds over a table's,
    then the higher level's.
    """
    return _rank(challenger, plan) > _rank(standing, plan)


def _rank(stamp: Stamp, plan: Plan) -> tuple[int, bool, int, str]:
    place = plan.jurisdictions.get(stamp.node)
    level = LEVELS.index(place.level) if place else -1
    return stamp.revision, stamp.by_person, level, stamp.node


def follows_ending(writer: str, origin: str, lead: str, node: str) -> bool:
    """Whether what another node says of the end of its part, or of its undoing, holds for the part of ``node``.

    The origin's does, unless ``node`` has taken command: then only its own end counts here.
    """
    return writer == origin and lead != node


@dataclass(frozen=True)
class Lead:
    """Which node commands an incident, and by which change."""

    node: str
    since: Stamp = UNSTAMPED

    def assumed_by(self, by: str, revision: int, plan: Plan) -> "Lead":
        """``by`` has taken command, unless another change of the lead holds over it."""
        return self._changed_lead(by, by, revision, plan)

    def handed_back(self, by: str, revision: int | None, origin: str, plan: Plan) -> "Lead":
        """``by`` has closed its part: if it commanded, command goes back to the origin."""
        if revision is None and by != self.node:
            return self
        return self._changed_lead(origin, by, revision or 0, plan)

    def _changed_lead(self, node: str, by: str, revision: int, plan: Plan) -> "Lead":
        stamp = stamp_of(self.since, revision, by)
        return Lead(node, stamp) if holds_over(stamp, self.since, plan) else self


@dataclass(frozen=True)
class Part:
    """What one node said of the end of its part of an incident; of several times the latest counts."""

    ended_at: datetime | None = None
    reopened_at: datetime | None = None

    def with_word(self, ended_at: datetime | None = None, reopened_at: datetime | None = None) -> "Part":
        """The part after one more word, in whatever order they come."""
        return replace(
            self,
            ended_at=_later_moment(self.ended_at, ended_at),
            reopened_at=_later_moment(self.reopened_at, reopened_at),
        )


def is_over(parts: Mapping[str, Part], origin: str, lead: str, node: str) -> bool:
    """Whether an incident is over for ``node``: by its own word, or by one that it follows.

    A function of all that was said, so it does not matter what was heard first.
    """
    own = parts.get(node, Part())
    followed = [part for writer, part in parts.items() if follows_ending(writer, origin, lead, node)]
    return any(_is_ended(part.ended_at, part.reopened_at, own.reopened_at) for part in [own, *followed])


def _is_ended(ended_at: datetime | None, *undone: datetime | None) -> bool:
    return ended_at is not None and all(at is None or at < ended_at for at in undone)


def _later_moment(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other
