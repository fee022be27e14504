"""Reporting duties: who must tell whom of what, within how long from when, by which article."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from contracts.plan.jurisdiction import Level
from contracts.plan.sector import EventClass
from contracts.plan.sourced import Sourced
from contracts.plan.template import filled_with
from contracts.values import Grade, Line, OwedBy, Slug, Value

Fraction = Annotated[float, Field(gt=0, lt=1)]
RecipientKind = Literal[
    "next_level",
    "own_government",
    "emergency_department",
    "competent_department",
    "regulator",
    "state_council",
    "notified",
]
"""上一级, 本级人民政府, 应急管理部门, 主管部门, 监管机构, 国务院总值班室; who is only notified (通知、通报)."""


RecipientName = Annotated[Line, AfterValidator(filled_with({"departments"}))]
"""A name; ``{departments}`` stands for the names of the sector's competent departments."""


class Scope(Value):
    """Which incidents a duty is about; what is left open does not narrow it.

    ``production``: only accidents of production (生产安全事故报告和调查处理条例 art. 2), or only the others.
    """

    production: bool | None = None
    sectors: tuple[Slug, ...] = ()
    except_sectors: tuple[Slug, ...] = ()
    classes: tuple[EventClass, ...] = ()

    def includes(self, slug: str, event_class: EventClass | None, production: bool) -> bool:
        """Whether an incident of this sector and class, of production or not, is one of them."""
        return (
            self.production in {None, production}
            and slug not in self.except_sectors
            and (not self.sectors or slug in self.sectors)
            and (not self.classes or event_class in self.classes)
        )


class Limit(Sourced):
    """Within how long. ``at_once``: the law says 立即 or 同时 and no minutes.

    The minutes are then the city's own figure of when the watch calls it late.
    """

    minutes: int = Field(ge=1, le=60 * 24 * 30)
    at_once: bool = False


class Recipient(Value):
    """One of those who get the report: the name of the nearest grade not above, else of the lowest."""

    kind: RecipientKind
    by_grade: dict[Grade, RecipientName] = Field(min_length=1)

    def name(self, grade: Grade, departments: str) -> str:
        """Who it is for an incident of this grade."""
        fitting = [level for level in self.by_grade if level.rank <= grade.rank] or list(self.by_grade)
        nearest = max if fitting[0].rank <= grade.rank else min
        return self.by_grade[nearest(fitting, key=lambda level: level.rank)].format(departments=departments)


class Duty(Sourced):
    """A reporting duty with its time limit.

    ``starts_at``: "received", when the watching node learns of it; "occurred", when it happened, so that
    every level has the same deadline. ``owed_by``: the unit's own duty is only watched by the node; a report that
    the unit makes itself is what it owes. ``again_on_rise``: once reported it is owed again when the grade rises.
    """

    name: Line
    level: Level = Field(description="the level whose node watches the time")
    owner: Line = Field(description="who owes the report")
    applies_to: Scope = Scope()
    from_grade: Grade = Field(default=Grade.GENERAL, description="owed from this grade upward")
    limit: Limit
    starts_at: Literal["received", "occurred"]
    owed_by: OwedBy = "government"
    again_on_rise: bool = Field(default=True, description="补报: owed again when the grade rises after it")
    article: Line
    recipients: tuple[Recipient, ...] = Field(min_length=1, description="all of them get it")
    warn_at: tuple[Fraction, ...] = Field(default=(0.5, 0.8), description="fractions of the limit")
