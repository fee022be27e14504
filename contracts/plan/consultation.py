"""会商: which departments are convened for what, and who takes the chair (突发事件应对法 art. 62)."""

from pydantic import Field

from contracts.plan.role import Role
from contracts.plan.sourced import Figure, Sourced
from contracts.values import Grade, Line, Slug, Value


class Invitees(Sourced):
    """The departments of a sector by the grade from which each joins; they add up."""

    departments: dict[Grade, tuple[Slug, ...]] = Field(min_length=1)


class Chair(Sourced):
    """主持人: the office that takes the chair from a grade on, and the role of whoever convenes."""

    office: Line
    role: Role


class Consultations(Value):
    """The matrix of sector × grade, the chair by grade, how long departments have for their opinion."""

    opinion_minutes: Figure
    chairs: dict[Grade, Chair]
    matrix: dict[Slug, Invitees]
